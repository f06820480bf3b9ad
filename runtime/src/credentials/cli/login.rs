//! A login that several providers, and several programs, use at once: who changes its tokens, and what all know of them.
//!
//! A refresh token may serve only once, and the file holds the only copy of the next one. So one provider at a time changes
//! the tokens: in this process all others wait for what it brings, and other programs wait for a file beside the CLI's.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use crate::credentials::background::on_thread;
use crate::credentials::flight::Flight;
use crate::credentials::{Context, Credentials, CredentialsError, lock};

use super::oauth::Tokens;
use crate::secret::Secret;

pub(super) type Outcome = Result<Credentials, CredentialsError>;

/// What all providers of one login know of it.
#[derive(Default)]
pub(super) struct Login {
    /// The change under way.
    pub(super) flight: Mutex<Weak<Flight<Outcome>>>,
    /// The newest tokens, which the file lacks when it cannot be written.
    pub(super) tokens: Mutex<Option<Tokens>>,
    /// The refresh token that the file had when it was read or written last. Another one is that of a new login.
    pub(super) seen: Mutex<Option<Secret<String>>>,
    /// The key that was refused: the same one in the file is no good either.
    pub(super) refused: Mutex<Option<Credentials>>,
}

/// By file and profile. There are few.
static LOGINS: Mutex<Vec<(PathBuf, String, Weak<Login>)>> = Mutex::new(Vec::new());

impl Login {
    /// The login of a profile in a file, the same one for everybody who asks.
    pub(super) fn of(file: &Path, profile: &str) -> Arc<Self> {
        let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let mut logins = lock(&LOGINS);
        logins.retain(|(.., login)| login.strong_count() > 0);
        let same = |known: &&(PathBuf, String, Weak<Self>)| known.0 == file && known.1 == profile;
        if let Some(login) = logins
            .iter()
            .find(same)
            .and_then(|(.., login)| login.upgrade())
        {
            return login;
        }
        let login = Arc::new(Self::default());
        logins.push((file, profile.to_owned(), Arc::downgrade(&login)));
        login
    }
}

/// A lock that is older than this was left behind: no change of a login takes that long.
const STALE: Duration = Duration::from_secs(120);

/// How often to look whether it has gone.
const PACE: Duration = Duration::from_millis(50);

/// The right to change the file, held against other programs of this kind. It ends when it is dropped.
pub(super) struct Turn(Option<Held>);

struct Held {
    file: PathBuf,
    /// What the file holds while the lock is this one's.
    mark: String,
}

impl Turn {
    /// Waits for the right. Where no lock can be made, such as in a folder that cannot be written, nothing is waited for:
    /// the file cannot be changed there either.
    pub(super) async fn wait(file: &Path, context: &Context) -> Self {
        let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let beside = file.with_extension("json.lock");
        let Ok(mark) = context.nonces.nonce() else {
            return Self(None);
        };
        let mut waited = Duration::ZERO;
        loop {
            let made = std::fs::File::options()
                .write(true)
                .create_new(true)
                .open(&beside);
            match made.and_then(|mut made| made.write_all(mark.as_bytes())) {
                Ok(()) => return Self(Some(Held { file: beside, mark })),
                Err(why) if why.kind() != std::io::ErrorKind::AlreadyExists => return Self(None),
                Err(_) if waited >= STALE || is_stale(&beside, context) => {
                    // Of several that find it stale one moves it away.
                    let aside = beside.with_extension(format!("lock.{mark}.tmp"));
                    if std::fs::rename(&beside, &aside).is_ok() {
                        let _ = std::fs::remove_file(aside);
                    }
                    waited = Duration::ZERO;
                }
                Err(_) => {
                    pause(context).await;
                    waited += PACE;
                }
            }
        }
    }
}

/// Whether a lock is so old that whoever made it is gone.
fn is_stale(lock: &Path, context: &Context) -> bool {
    let made = std::fs::metadata(lock).and_then(|made| made.modified());
    let age = made
        .ok()
        .and_then(|made| context.clock.now().duration_since(made).ok());
    age.is_some_and(|age| age >= STALE)
}

/// Waits for a moment, without keeping anybody else from working.
async fn pause(context: &Context) {
    match &context.sleep {
        Some(sleep) => sleep.sleep(PACE).await,
        None => {
            if let Ok(over) = on_thread("alicloud-turn", || std::thread::sleep(PACE)) {
                over.await;
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(held) = self.0.take() else {
            return;
        };
        // One that was taken for stale is somebody else's by now.
        if std::fs::read_to_string(&held.file).is_ok_and(|mark| mark == held.mark) {
            let _ = std::fs::remove_file(&held.file);
        }
    }
}
