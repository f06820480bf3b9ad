//! A login that several providers, and several programs, use at once: who changes its tokens, and what all know of them.
//!
//! A refresh token may serve only once, and the file holds the only copy of the next one. So one provider at a time changes
//! the tokens: in this process all others wait for what it brings, and other programs wait for a file beside the CLI's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use crate::credentials::flight::Flight;
use crate::credentials::{Context, Credentials, CredentialsError, lock};

use super::oauth::Tokens;

pub(super) type Outcome = Result<Credentials, CredentialsError>;

/// What all providers of one login know of it.
#[derive(Default)]
pub(super) struct Login {
    /// The change under way.
    pub(super) flight: Mutex<Weak<Flight<Outcome>>>,
    /// The newest tokens, which the file lacks when it cannot be written.
    pub(super) tokens: Mutex<Option<Tokens>>,
    /// The key that was refused: the same one in the file is no good either.
    pub(super) refused: Mutex<Option<Credentials>>,
}

/// By file and profile.
static LOGINS: Mutex<BTreeMap<(PathBuf, String), Weak<Login>>> = Mutex::new(BTreeMap::new());

impl Login {
    /// The login of a profile in a file, the same one for everybody who asks.
    pub(super) fn of(file: &Path, profile: &str) -> Arc<Self> {
        let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let mut logins = lock(&LOGINS);
        logins.retain(|_, login| login.strong_count() > 0);
        let known = logins.entry((file, profile.to_owned())).or_default();
        known.upgrade().unwrap_or_else(|| {
            let login = Arc::new(Self::default());
            *known = Arc::downgrade(&login);
            login
        })
    }
}

/// How long to wait for another program before its lock is taken for one that was left behind.
const STALE: Duration = Duration::from_secs(30);

/// How often to look whether it has gone.
const PACE: Duration = Duration::from_millis(50);

/// The right to change the file, held against other programs of this kind. It ends when it is dropped.
pub(super) struct Turn(Option<PathBuf>);

impl Turn {
    /// Waits for the right. Where no lock can be made, such as in a folder that cannot be written, nothing is waited for:
    /// the file cannot be changed there either.
    pub(super) async fn wait(file: &Path, context: &Context) -> Self {
        let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let beside = file.with_extension("json.lock");
        let mut waited = Duration::ZERO;
        loop {
            let made = std::fs::File::options()
                .write(true)
                .create_new(true)
                .open(&beside);
            match made {
                Ok(_) => return Self(Some(beside)),
                Err(why) if why.kind() != std::io::ErrorKind::AlreadyExists => return Self(None),
                // Whoever left it behind is gone: nobody needs that long.
                Err(_) if waited >= STALE => {
                    let _ = std::fs::remove_file(&beside);
                    waited = Duration::ZERO;
                }
                Err(_) => {
                    match &context.sleep {
                        Some(sleep) => sleep.sleep(PACE).await,
                        None => std::thread::sleep(PACE),
                    }
                    waited += PACE;
                }
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(file) = self.0.take() {
            let _ = std::fs::remove_file(file);
        }
    }
}
