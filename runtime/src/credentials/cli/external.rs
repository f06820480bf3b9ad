//! An external program that prints credentials.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::credentials::answer::{given, moment, shown};
use crate::credentials::background::on_thread;
use crate::credentials::exchange::read;
use crate::credentials::surroundings::Setup;
use crate::credentials::{
    Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
};
use crate::decode::{Object, Read, Reader};
use crate::secret::Secret;

use super::config::{CliConfig, Profile};
use super::modes::Modes;

const WHAT: &str = "external program";

/// Runs the program. Neither its command line nor what it prints shows up in a message.
pub(super) struct External {
    command: Secret<String>,
    provider: String,
    /// What profiles are made of, for a program that prints one.
    config: CliConfig,
    setup: Setup,
    file: PathBuf,
    /// The profiles that led here: one of them for a source would lead here again.
    trail: Vec<String>,
}

impl External {
    pub(super) fn new(
        profile: &Profile,
        modes: &Modes<'_>,
        trail: &[String],
        prefix: &str,
    ) -> Result<Self, &'static str> {
        let command = shown(profile.process_command.clone());
        let command = command.filter(|command| !command.trim().is_empty());
        Ok(Self {
            command: Secret::new(command.ok_or("process_command is missing")?),
            provider: format!("{prefix}external"),
            config: modes.config.clone(),
            setup: modes.setup.clone(),
            file: modes.file.to_owned(),
            trail: trail.to_vec(),
        })
    }

    async fn fetch(&self, context: &Context) -> Result<Credentials, CredentialsError> {
        let failed = |why: String| CredentialsError::new(format!("{WHAT}: {why}"));
        let command = self.command.clone();
        let outcome = on_thread("alicloud-credentials", move || {
            process::output(command.expose())
        });
        let outcome = outcome.map_err(|why| failed(format!("no thread to run it: {why}")))?;
        let output = outcome
            .await
            .unwrap_or_else(|| Err("running it failed".to_owned()))
            .map_err(failed)?;
        let printed: Printed = read(WHAT, &output.into())?;
        if printed.is_key() {
            return printed.credentials(&self.provider);
        }
        // A profile of another mode, such as a role to assume with the key that was printed.
        let provider = self.by_profile(printed.profile)?;
        let key = provider.credentials(context).await;
        let key = key.map_err(|why| why.described(|why| format!("{WHAT}: {why}")))?;
        Ok(key.with_provider(self.provider.clone()))
    }

    fn by_profile(
        &self,
        mut printed: Profile,
    ) -> Result<Arc<dyn ProvideCredentials>, CredentialsError> {
        let mode = printed.mode.clone().unwrap_or_default();
        let refused = |why: &str| {
            CredentialsError::unusable(format!(
                "{WHAT}: it printed a profile of mode {mode:?}: {why}"
            ))
        };
        // A login is written back into the file, where there is none of this name; and a program may print itself.
        if matches!(mode.as_str(), "External" | "OAuth") {
            return Err(refused("a program cannot print one of these"));
        }
        printed.name = None;
        let modes = Modes {
            config: &self.config,
            setup: &self.setup,
            file: &self.file,
        };
        modes
            .of(&printed, self.trail.clone())
            .map_err(|why| refused(&why))
    }
}

impl fmt::Debug for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("External")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

impl ProvideCredentials for External {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(self.fetch(context))
    }
}

/// What the program prints: a profile like those of the file, and when the key in it expires.
#[derive(Default)]
struct Printed {
    profile: Profile,
    expiration: Option<String>,
}

impl Object for Printed {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "expiration" => value.read(&mut self.expiration),
            _ => self.profile.field(name, value),
        }
    }
}

impl Printed {
    /// Whether it is a key and nothing else.
    fn is_key(&self) -> bool {
        let mode = self.profile.mode.as_deref().unwrap_or_default();
        matches!(mode, "" | "AK" | "StsToken")
    }

    fn credentials(self, provider: &str) -> Result<Credentials, CredentialsError> {
        let problem = |what: &str| CredentialsError::new(format!("{WHAT}: {what}"));
        let missing = |name: &str| problem(&format!("it printed no {name}"));
        let id = given(self.profile.access_key_id).ok_or_else(|| missing("access_key_id"))?;
        let secret =
            shown(self.profile.access_key_secret).ok_or_else(|| missing("access_key_secret"))?;
        let token = shown(self.profile.sts_token);
        if self.profile.mode.as_deref() == Some("StsToken") && token.is_none() {
            return Err(missing("sts_token"));
        }
        let credentials = Credentials::new(id, secret)
            .with_security_token(token.unwrap_or_default())
            .with_provider(provider.to_owned());
        // An end that cannot be read is one that is not known: the program is run again for the next call.
        let end = given(self.expiration).and_then(|text| moment(&text));
        Ok(match end {
            None => credentials,
            Some(end) => credentials.with_expiration(end),
        })
    }
}

#[cfg(not(target_family = "wasm"))]
mod process {
    //! Running a program to its end, within a limit.

    use std::process::{Child, Command, Stdio};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use crate::credentials::lock;

    /// How long the program may take.
    const LIMIT: Duration = Duration::from_secs(60);

    /// How often to look whether it has ended.
    const PACE: Duration = Duration::from_millis(10);

    /// How much it may print.
    const MOST: usize = 1 << 20;

    /// What the program prints. What it says on its other output is nobody's business: it may name secrets.
    pub(super) fn output(command: &str) -> Result<Vec<u8>, String> {
        output_within(command, LIMIT)
    }

    pub(super) fn output_within(command: &str, limit: Duration) -> Result<Vec<u8>, String> {
        let mut command = parse(command)?;
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command
            .spawn()
            .map_err(|why| format!("it cannot be started: {why}"))?;
        let printed = Arc::new(Mutex::new(Output::default()));
        let (stdout, into) = (child.stdout.take(), Arc::clone(&printed));
        let reader = std::thread::Builder::new().spawn(move || {
            if let Some(stdout) = stdout {
                read(stdout, &into);
            }
            lock(&into).is_over = true;
        });
        reader.map_err(|why| format!("no thread to read what it prints: {why}"))?;
        let status = wait(&mut child, limit);
        // Processes of its own making may live on, and hold the output open.
        end_group(child.id());
        let bytes = rest(&printed);
        let status = status?;
        if !status.success() {
            return Err(format!("it failed ({status}): run it by hand to see why"));
        }
        Ok(bytes)
    }

    /// What has been printed.
    #[derive(Default)]
    struct Output {
        bytes: Vec<u8>,
        /// Whether nothing more can come.
        is_over: bool,
    }

    /// Takes what comes, as far as it is kept; the rest is read, so that the program is not held up.
    fn read(mut stdout: impl std::io::Read, into: &Mutex<Output>) {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = stdout.read(&mut buffer) {
            let bytes = &mut lock(into).bytes;
            let room = MOST.saturating_sub(bytes.len());
            bytes.extend_from_slice(&buffer[..count.min(room)]);
        }
    }

    /// What was printed. The output ends with the group; a process that has left the group is not waited for.
    fn rest(printed: &Mutex<Output>) -> Vec<u8> {
        let mut waited = Duration::ZERO;
        while waited < Duration::from_secs(1) && !lock(printed).is_over {
            std::thread::sleep(PACE);
            waited += PACE;
        }
        std::mem::take(&mut lock(printed).bytes)
    }

    /// Ends the program and what it started. There is no other way to reach a group without code that is not safe.
    #[cfg(unix)]
    fn end_group(leader: u32) {
        let group = format!("-{leader}");
        let _ = Command::new("kill")
            .args(["-s", "KILL", "--", &group])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }

    #[cfg(not(unix))]
    fn end_group(_: u32) {}

    /// Waits for the end, or puts one to it. Time is counted in pauses: no clock is needed for that.
    fn wait(child: &mut Child, limit: Duration) -> Result<std::process::ExitStatus, String> {
        let mut waited = Duration::ZERO;
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status),
                Ok(None) if waited < limit => {
                    std::thread::sleep(PACE);
                    waited += PACE;
                }
                Ok(None) => {
                    end_group(child.id());
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(format!("it did not end within {} seconds", limit.as_secs()));
                }
                Err(why) => return Err(format!("it cannot be waited for: {why}")),
            }
        }
    }

    /// The command, split as a shell would, and run without one.
    #[cfg(not(windows))]
    fn parse(command: &str) -> Result<Command, String> {
        let words = super::super::words::split(command);
        let words = words.ok_or("a quote in process_command is left open")?;
        let (program, arguments) = words.split_first().ok_or("process_command is empty")?;
        let mut command = Command::new(program);
        command.args(arguments);
        Ok(command)
    }

    /// The command, as the command interpreter takes it.
    #[cfg(windows)]
    fn parse(command: &str) -> Result<Command, String> {
        use std::os::windows::process::CommandExt as _;

        let mut interpreter = Command::new("cmd");
        interpreter.arg("/C").raw_arg(command);
        Ok(interpreter)
    }
}

#[cfg(target_family = "wasm")]
mod process {
    //! Programs cannot be run here.

    pub(super) fn output(_: &str) -> Result<Vec<u8>, String> {
        Err("programs cannot be run on this platform".to_owned())
    }
}

#[cfg(test)]
mod tests;
