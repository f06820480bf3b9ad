//! `cargo xtask policy`.

use alicloud_codegen::examine::examine;
use alicloud_codegen::load::Selection;
use alicloud_codegen::policy::{MAX_LENGTH, policy};

use crate::specs::Folder;
use crate::{say, say_error};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    specs: Folder,
    /// What to allow: operations such as `dts:StartDtsJob`, or products with all they have. A product goes by its folder
    /// or by its RAM code.
    #[arg(value_name = "PRODUCT[:OPERATION]")]
    wanted: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let specs = &arguments.specs;
    let found = examine(&specs.path(), &specs.display(), &Selection::default())
        .map_err(|error| format!("cannot read the specs: {error}"))?;
    found.require_no_errors()?;
    let policy =
        policy(&found.loaded.services, &arguments.wanted).map_err(|error| error.to_string())?;
    say(&format!("{policy:#}"));
    let length = policy.to_string().chars().count();
    if length > MAX_LENGTH {
        say_error(&format!(
            "note: this has {length} characters without white space, and a custom policy may have {MAX_LENGTH}; name the operations you call, or write several policies"
        ));
    }
    Ok(())
}
