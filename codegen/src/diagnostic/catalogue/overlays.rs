//! Overlays and descriptions by name: knowledge that has come loose.

super::codes! {
    OVERLAY_BY_HAND = "S070" Error "overlay of a file written by hand" {
        explanation: "Overlays add to imported files, which the next import overwrites. A file written by hand can say \
            everything itself.",
        remedy: "Write it there, and remove the overlay.",
        example: &[
            ("Start.yaml", b"operation: Start\neffect: start\n"),
            ("Start.overlay.yaml", b"summary: Starts it.\n"),
        ],
    }
    OVERLAY_OF_NOTHING = "S071" Error "overlay of no file" {
        explanation: "There is no file of that name beside the overlay: it is misspelt, or the metadata has lost the \
            operation.",
        remedy: "Rename the overlay, or remove it.",
        example: &[("Begin.overlay.yaml", b"summary: Starts it.\n")],
    }
    OVERLAY_ENTRY = "S072" Error "overlay entry that no longer applies" {
        explanation: "The overlay describes a parameter or field that the imported file does not have, so what it says is \
            lost.",
        remedy: "Take the spelling proposed, or remove the entry.",
        example: &[
            (
                "Start.yaml",
                b"# Imported from official metadata by `cargo xtask import`.\noperation: Start\neffect: start\nparameters: {JobId: {type: string}}\n",
            ),
            ("Start.overlay.yaml", b"parameters: {JobID: {description: The ID of the job.}}\n"),
        ],
    }
    DESCRIPTION_OF_NOTHING = "S073" Error "description that nothing bears the name of" {
        explanation: "`parameter_descriptions` of `service.yaml` describes a name that no parameter and no field has any \
            more, or that all of them describe themselves.",
        remedy: "Correct the name, or remove the entry.",
        example: &[("service.yaml", b"product: Demo\nversion: '2024-01-01'\nstyle: rpc\nparameter_descriptions: {RegionId: The region.}\n")],
    }
}
