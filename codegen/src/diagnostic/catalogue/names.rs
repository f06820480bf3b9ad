//! Names: of folders and files, and what becomes of names in Rust.

super::codes! {
    FOLDER_NAME = "S020" Error "folder of another name" {
        explanation: "The folders say which product and version they hold: the product's code in lower case, and the \
            version as it is. Modules and features of the generated crate are named after them.",
        remedy: "Rename the folder, or correct `product` or `version`.",
        example: &[("service.yaml", b"product: Demo\nversion: '2024-01-02'\nstyle: rpc\n")],
    }
    FILE_NAME = "S021" Error "file of another name" {
        explanation: "An operation is in the file of its name, so that it can be found.",
        remedy: "Rename the file, or correct `operation`.",
        example: &[("Begin.yaml", b"operation: Start\neffect: start\n")],
    }
    LETTER_CASE = "S022" Error "files that differ only in case" {
        explanation: "Some file systems take two names that differ only in letter case for one, so a clone there would \
            lack one of the files.",
        remedy: "Keep one of the files.",
        example: &[
            ("GetIp.yaml", b"operation: GetIp\nname: GetOneIp\neffect: read\n"),
            ("GetIP.yaml", b"operation: GetIP\neffect: read\n"),
        ],
    }
    UNUSABLE_NAME = "S023" Error "name that Rust cannot use" {
        explanation: "`name` is taken as it stands, so it must be what Rust expects in that place: types in CamelCase, \
            setters in snake_case, no keywords. Where there is no `name`, one is made of the name on the wire, which needs a \
            letter to start from. Products and versions become Cargo features, which are plain ASCII.",
        remedy: "Give a `name` that can be used.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  JobId: {type: string, name: job-id}\n")],
    }
    COLLIDING_NAMES = "S024" Error "two names that become one" {
        explanation: "Two names that differ on the wire become the same in Rust. None of them is changed in silence, \
            because what the other is called would then depend on the order.",
        remedy: "Give one of them a `name`.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  JobId: {type: string}\n  Job_Id: {type: string}\n")],
    }
    WAITER_NAME = "S025" Error "waiter whose name is not in snake_case" {
        explanation: "The name of a waiter becomes part of a method, `wait_until_...`, as it is.",
        remedy: "Write what has come true in lower case, with underscores: `precheck_passed`.",
        example: &[("Show.yaml", b"operation: Show\neffect: read\nresponse: {fields: {Status: {type: string}}}\nwaiters:\n  IsDone: {field: Status, wanted: [Done]}\n")],
    }
}
