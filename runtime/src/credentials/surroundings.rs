//! Where providers find variables and files: the process's environment, or one made up for a test.

use std::collections::BTreeMap;
use std::env::VarError;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::CredentialsError;
use super::key::trimmed;
use crate::endpoint::Address;

/// The environment variables and the home folder providers look into.
///
/// The default is the process's own, read whenever it is needed. One made of a list of variables stands alone: nothing is
/// read from the process, and there is no home folder but the one it is given.
#[derive(Clone, Default)]
pub struct Environment {
    /// The variables; those of the process, when there are none.
    variables: Option<Arc<BTreeMap<String, String>>>,
    home: Option<PathBuf>,
}

impl Environment {
    /// The process's environment.
    #[must_use]
    pub fn process() -> Self {
        Self::default()
    }

    /// An environment of these variables alone, without a home folder.
    pub fn of<N: Into<String>, V: Into<String>>(
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        Self {
            variables: Some(Arc::new(variables)),
            home: None,
        }
    }

    /// Sets the folder `~` stands for.
    #[must_use]
    pub fn with_home(mut self, home: impl Into<PathBuf>) -> Self {
        self.home = Some(home.into());
        self
    }

    /// A variable. An empty one counts as unset.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<String> {
        self.read(name).ok().flatten()
    }

    /// The value of a variable without white space around it.
    ///
    /// # Errors
    ///
    /// When it is set to something that is not UTF-8.
    pub(crate) fn read(&self, name: &str) -> Result<Option<String>, CredentialsError> {
        let value = match &self.variables {
            Some(variables) => variables.get(name).cloned(),
            None => match std::env::var(name) {
                Ok(value) => Some(value),
                Err(VarError::NotPresent) => None,
                Err(VarError::NotUnicode(_)) => {
                    let why = format!("the variable {name} is not UTF-8");
                    return Err(CredentialsError::unusable(why));
                }
            },
        };
        Ok(value.map(trimmed).filter(|value| !value.is_empty()))
    }

    /// Whether a variable is set, to nothing but white space.
    pub(super) fn is_blank(&self, name: &str) -> bool {
        let blank = |value: &str| !value.is_empty() && value.trim().is_empty();
        match &self.variables {
            Some(variables) => variables.get(name).is_some_and(|value| blank(value)),
            None => std::env::var(name).is_ok_and(|value| blank(&value)),
        }
    }

    /// Whether a variable is `true`, in any case of letters.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.variable(name)
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
    }

    /// The home folder: `HOME`, then `HOMEPATH` on the drive `HOMEDRIVE`, then what the system says.
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        let named = || {
            let path = |name| self.variable(name);
            let on_drive = || Some(path("HOMEDRIVE").unwrap_or_default() + &path("HOMEPATH")?);
            path("HOME").or_else(on_drive).map(PathBuf::from)
        };
        let home = self.home.clone().or_else(named);
        if self.variables.is_some() {
            return home;
        }
        #[allow(deprecated, reason = "no longer deprecated in later releases")]
        home.or_else(std::env::home_dir)
    }
}

impl fmt::Debug for Environment {
    /// Shows the names of variables: their values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Environment");
        match &self.variables {
            None => shown.field("variables", &"of the process"),
            Some(variables) => shown.field("variables", &variables.keys().collect::<Vec<_>>()),
        };
        shown.field("home", &self.home).finish()
    }
}

/// What every provider of a chain is set up with.
#[derive(Clone, Debug, Default)]
pub(super) struct Setup {
    pub(super) environment: Environment,
    /// The base address of the metadata service, when not its own.
    pub(super) metadata: Option<Address>,
    /// What comes before a provider's name, such as `default/`.
    pub(super) prefix: &'static str,
}

impl Setup {
    /// The same with another prefix.
    pub(super) fn under(&self, prefix: &'static str) -> Self {
        Self {
            prefix,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_shown() {
        let environment = Environment::of([("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hunter2")]);
        let shown = format!("{environment:?}");
        assert!(
            shown.contains("ACCESS_KEY_SECRET") && !shown.contains("hunter2"),
            "{shown}"
        );
    }

    #[test]
    fn the_home_folder_is_looked_for_under_several_names() {
        let home = |variables: &[(&str, &str)]| Environment::of(variables.iter().copied()).home();
        assert_eq!(home(&[]), None);
        assert_eq!(
            home(&[("HOME", "/a"), ("HOMEPATH", "/b")]),
            Some("/a".into())
        );
        assert_eq!(home(&[("HOME", ""), ("HOMEPATH", "/b")]), Some("/b".into()));
        assert_eq!(
            home(&[("HOMEDRIVE", "D:"), ("HOMEPATH", "/b")]),
            Some("D:/b".into())
        );
        let set = Environment::of([("HOME", "/a")]).with_home("/c");
        assert_eq!(set.home(), Some("/c".into()));
    }

    #[test]
    fn flags_take_any_case() {
        let environment = Environment::of([("A", "True"), ("B", "1"), ("C", "")]);
        assert!(environment.flag("A"));
        assert!(!environment.flag("B") && !environment.flag("C") && !environment.flag("D"));
    }
}
