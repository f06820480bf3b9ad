//! Which file and which profile, and what happens when they change.

use super::*;
use crate::credentials::testing::{NOW, Script, block_on, sts_answer};

struct Home(tempfile::TempDir);

impl Home {
    fn new(files: &[(&str, &str)]) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            home.write(name, text);
        }
        home
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.0.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    fn environment(&self, variables: &[(&str, &str)]) -> Environment {
        Environment::of(variables.iter().copied()).with_home(self.0.path())
    }
}

fn serve(profile: &ProfileCredentials) -> Result<Credentials, CredentialsError> {
    let (context, _) = Script::default().context();
    block_on(profile.credentials(&context))
}

fn id(profile: &ProfileCredentials) -> String {
    serve(profile).unwrap().access_key_id().to_owned()
}

fn section(id: &str) -> String {
    format!("[default]\ntype=access_key\naccess_key_id={id}\naccess_key_secret=s\n")
}

#[test]
fn the_ini_file_may_have_an_extension_a_name_or_neither() {
    let home = Home::new(&[(".alibabacloud/credentials", &section("plain"))]);
    let profile = || ProfileCredentials::ini().environment(home.environment(&[]));
    assert_eq!(id(&profile()), "plain");
    home.write(".alibabacloud/credentials.ini", &section("extended"));
    assert_eq!(id(&profile()), "extended");
    home.write("other", &section("other"));
    let other = home.0.path().join("other");
    let variables = [("ALIBABA_CLOUD_CREDENTIALS_FILE", other.to_str().unwrap())];
    assert_eq!(
        id(&profile().environment(home.environment(&variables))),
        "other"
    );
    assert_eq!(id(&profile().file(&other)), "other");
    let served = serve(&profile()).unwrap();
    assert_eq!(served.provider(), "profile/static_ak");
}

#[test]
fn files_that_are_missing_or_broken_are_named() {
    let home = Home::new(&[("bom", "\u{feff}{}"), ("broken", "[default]\nhunter2")]);
    let path = |name: &str| home.0.path().join(name).display().to_string();
    let error = |profile: ProfileCredentials| {
        let profile = profile.environment(home.environment(&[]));
        serve(&profile).unwrap_err().to_string()
    };
    let (cli, ini) = (ProfileCredentials::cli, ProfileCredentials::ini);
    assert_eq!(
        error(cli()),
        format!("{} does not exist", path(".aliyun/config.json"))
    );
    let (with, without) = (
        path(".alibabacloud/credentials.ini"),
        path(".alibabacloud/credentials"),
    );
    assert_eq!(error(ini()), format!("{with} and {without} do not exist"));
    let bom = "starts with a byte order mark: save it as UTF-8 without one";
    assert_eq!(
        error(cli().file(path("bom"))),
        format!("{}: {bom}", path("bom"))
    );
    assert_eq!(
        error(ini().file(path("bom"))),
        format!("{}: {bom}", path("bom"))
    );
    let broken = path("broken");
    assert_eq!(
        error(ini().file(&broken)),
        format!("{broken}: line 2 is neither [section] nor name = value")
    );
    let nowhere = cli().environment(Environment::of([("", "")]));
    assert_eq!(
        serve(&nowhere).unwrap_err().to_string(),
        "there is no home folder"
    );
}

#[test]
fn a_profile_is_chosen_by_name_variable_and_file() {
    let profile = |name: &str| {
        format!(
            r#"{{"name": "{name}", "mode": "AK", "access_key_id": "{name}", "access_key_secret": "s"}}"#
        )
    };
    let profiles = ["a", "b", "c"].map(profile).join(",");
    let text = format!(r#"{{"current": "a", "profiles": [{profiles}]}}"#);
    let home = Home::new(&[(".aliyun/config.json", &text)]);
    let by_variable = home.environment(&[("ALIBABA_CLOUD_PROFILE", "b")]);
    let cli = ProfileCredentials::cli;
    assert_eq!(id(&cli().environment(home.environment(&[]))), "a");
    assert_eq!(id(&cli().environment(by_variable.clone())), "b");
    assert_eq!(id(&cli().environment(by_variable).profile("c")), "c");
}

#[test]
fn a_key_that_was_replaced_in_the_file_is_read_again() {
    let home = Home::new(&[("f", &section("old"))]);
    let profile = ProfileCredentials::ini().file(home.0.path().join("f"));
    let old = serve(&profile).unwrap();
    assert!(!profile.refused(&old), "nothing has changed");
    home.write("f", &section("new"));
    assert_eq!(id(&profile), "old", "nobody has complained yet");
    assert!(profile.refused(&old));
    assert_eq!(id(&profile), "new");
}

#[test]
fn a_role_of_the_ini_file_is_kept_until_it_is_refused() {
    let text = "[x]\ntype=ram_role_arn\naccess_key_id=i\naccess_key_secret=hunter2\nrole_arn=r\nrole_session_name=n\npolicy={}";
    let home = Home::new(&[("f", text)]);
    let profile = ProfileCredentials::ini()
        .file(home.0.path().join("f"))
        .environment(home.environment(&[]))
        .profile("x");
    let script = Script::of([sts_answer("a", NOW + 3600), sts_answer("b", NOW + 3600)]);
    let (context, _) = script.context();
    let first = block_on(profile.credentials(&context)).unwrap();
    assert_eq!(first.provider(), "profile/ram_role_arn/static_ak");
    assert_eq!(block_on(profile.credentials(&context)), Ok(first.clone()));
    let url = script.requests()[0].url.clone();
    assert!(
        url.contains("&RoleSessionName=n&") && url.contains("&Policy=%7B%7D&"),
        "{url}"
    );
    assert!(profile.refused(&first));
    let second = block_on(profile.credentials(&context)).unwrap();
    assert_eq!(second.access_key_id(), "STS.b");
    assert!(!format!("{profile:?}").contains("hunter2"));
}
