//! An external program that prints credentials.

use crate::credentials::answer::{given, moment, shown};
use crate::credentials::background::on_thread;
use crate::credentials::exchange::read;
use crate::credentials::{
    Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
};
use crate::decode::{Object, Read, Reader};
use crate::secret::Secret;

use super::config::Profile;

const WHAT: &str = "external program";

/// Runs the program. Neither its command line nor what it prints shows up in a message.
#[derive(Debug)]
pub(super) struct External {
    command: Secret<String>,
    provider: String,
}

impl External {
    pub(super) fn new(profile: &Profile, prefix: &str) -> Result<Self, &'static str> {
        let command = shown(profile.process_command.clone());
        let command = command.filter(|command| !command.trim().is_empty());
        Ok(Self {
            command: Secret::new(command.ok_or("process_command is missing")?),
            provider: format!("{prefix}external"),
        })
    }

    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
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
        printed.credentials(&self.provider)
    }
}

impl ProvideCredentials for External {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(self.fetch())
    }
}

/// What the program prints.
#[derive(Default)]
struct Printed {
    mode: Option<String>,
    id: Option<String>,
    secret: Option<Secret<String>>,
    token: Option<Secret<String>>,
    expiration: Option<String>,
}

impl Object for Printed {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "mode" => value.read(&mut self.mode),
            "access_key_id" => value.read(&mut self.id),
            "access_key_secret" => value.read(&mut self.secret),
            "sts_token" => value.read(&mut self.token),
            "expiration" => value.read(&mut self.expiration),
            _ => value.skip(),
        }
    }
}

impl Printed {
    fn credentials(self, provider: &str) -> Result<Credentials, CredentialsError> {
        let problem = |what: &str| CredentialsError::new(format!("{WHAT}: {what}"));
        let missing = |name: &str| problem(&format!("it printed no {name}"));
        let id = given(self.id).ok_or_else(|| missing("access_key_id"))?;
        let secret = shown(self.secret).ok_or_else(|| missing("access_key_secret"))?;
        let token = shown(self.token);
        if self.mode.as_deref() == Some("StsToken") && token.is_none() {
            return Err(missing("sts_token"));
        }
        let credentials = Credentials::new(id, secret)
            .with_security_token(token.unwrap_or_default())
            .with_provider(provider.to_owned());
        match given(self.expiration) {
            None => Ok(credentials),
            Some(text) => moment(&text)
                .map(|expiration| credentials.with_expiration(expiration))
                .ok_or_else(|| problem("the expiration it printed is no time")),
        }
    }
}

#[cfg(not(target_family = "wasm"))]
mod process {
    //! Running a program to its end, within a limit.

    use std::io::Read as _;
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc;
    use std::time::Duration;

    /// How long the program may take.
    const LIMIT: Duration = Duration::from_secs(60);

    /// How often to look whether it has ended.
    const PACE: Duration = Duration::from_millis(10);

    /// How much it may print.
    const MOST: u64 = 1 << 20;

    /// What the program prints. What it says on its other output is nobody's business: it may name secrets.
    pub(super) fn output(command: &str) -> Result<Vec<u8>, String> {
        output_within(command, LIMIT)
    }

    pub(super) fn output_within(command: &str, limit: Duration) -> Result<Vec<u8>, String> {
        let mut child = parse(command)?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|why| format!("it cannot be started: {why}"))?;
        let (sender, printed) = mpsc::channel();
        let stdout = child.stdout.take();
        let reader = std::thread::Builder::new().spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.map(|stdout| stdout.take(MOST).read_to_end(&mut bytes));
            // Nobody listens any more when the time has run out.
            let _ = sender.send(matches!(read, Some(Ok(_))).then_some(bytes));
        });
        reader.map_err(|why| format!("no thread to read what it prints: {why}"))?;
        let status = wait(&mut child, limit)?;
        if !status.success() {
            return Err(format!("it failed ({status}): run it by hand to see why"));
        }
        // A process of its own making may hold the output open.
        let printed = printed.recv_timeout(Duration::from_secs(1)).ok().flatten();
        printed.ok_or_else(|| "what it printed cannot be read".to_owned())
    }

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
