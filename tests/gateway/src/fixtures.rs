//! Specs for unit tests: what the specs of this workspace have no example of.

use std::fs;

use crate::catalog::Catalog;

const SERVICE: &str = "version: \"2024-02-30\"\nerrors: {}\n";

/// A ROA product: paths that overlap, a parameter in each place, an answer without examples.
const ROA: [(&str, &str); 4] = [
    (
        "service",
        "product: Cs\nstyle: roa\nendpoints: {fallback: 'cs.{region}.aliyuncs.com'}\n\
         success:\n  - {field: Success, failed: ['false'], code: Code, message: Message}\n\
         schemas:\n  Node:\n    type: object\n    description: d\n    fields:\n\
        \x20     Name: {type: string, description: d, example: n}\n\
        \x20     Children: {type: list, items: {ref: Node}, description: d}\n\
        \x20     Secret: {type: string, sensitive: true, description: d}\n",
    ),
    (
        "DescribeCluster",
        "operation: DescribeCluster\neffect: read\nmethod: get\npath: /clusters/{ClusterId}\nparameters:\n\
        \x20 ClusterId: {type: string, in: path, required: true, description: d}\n\
        \x20 X-Trace: {type: int32, in: header, description: d}\n\
         response:\n  fields:\n    RequestId: {type: string, description: d}\n\
        \x20   Success: {type: boolean, description: d, example: 'false'}\n\
        \x20   Code: {type: string, description: d, example: Broken}\n\
        \x20   Message: {type: string, description: d}\n\
        \x20   Size: {type: int64, description: d, example: '9007199254740993'}\n\
        \x20   Ratio: {type: double, description: d}\n\
        \x20   Root: {ref: Node}\n\
        \x20   Labels: {type: map, values: {type: string}, description: d}\n",
    ),
    (
        "DescribeDefault",
        "operation: DescribeDefault\neffect: read\nmethod: get\npath: /clusters/default\nresponse: none\n",
    ),
    (
        "CreateCluster",
        "operation: CreateCluster\neffect: create\npath: /clusters\nparameters:\n\
        \x20 Cluster: {ref: Node, in: body, required: true}\nresponse: none\n",
    ),
];

/// An RPC product that shares an action with the other one, with parameters of every shape.
const RPC: [(&str, &str); 2] = [
    (
        "service",
        "product: Twin\nstyle: rpc\nendpoints: {fallback: 'twin.{region}.aliyuncs.com'}\n\
         schemas:\n  Node:\n    type: object\n    description: d\n    fields:\n\
        \x20     Children: {type: list, items: {ref: Node}, description: d}\n",
    ),
    (
        "Shape",
        "operation: Shape\neffect: other\nparameters:\n\
        \x20 Tag:\n    type: list\n    required: true\n    description: d\n    items:\n      type: object\n      name: Tag\n      description: d\n\
        \x20     fields:\n        Key: {type: string, description: d}\n        Weight: {type: int32, description: d}\n\
        \x20 Ids: {type: list, items: {type: int64}, style: comma, description: d}\n\
        \x20 Flags: {type: list, items: {type: boolean}, description: d}\n\
        \x20 Limits: {type: map, values: {type: double}, description: d}\n\
        \x20 Free: {type: any, description: d}\n\
        \x20 Tree: {ref: Node}\n\
        \x20 Login:\n    type: object\n    style: json\n    description: d\n    fields:\n      User: {type: string, description: d}\n\
        \x20     Key: {type: string, sensitive: true, description: d}\n\
         response: none\n",
    ),
];

/// The two products, the RPC one a second time under another name.
pub(crate) fn catalog() -> Catalog {
    let folder = tempfile::tempdir().unwrap();
    let rpc: Vec<_> = RPC.to_vec();
    let other: Vec<_> = rpc
        .iter()
        .map(|(name, text)| {
            (
                *name,
                text.replace("Twin", "Other").replace("twin", "other"),
            )
        })
        .collect();
    let own = |files: &[(&'static str, &str)]| -> Vec<_> {
        files
            .iter()
            .map(|(name, text)| (*name, (*text).to_owned()))
            .collect()
    };
    for (product, files) in [("cs", own(&ROA)), ("twin", own(&rpc)), ("other", other)] {
        let version = folder.path().join(product).join("2024-02-30");
        fs::create_dir_all(&version).unwrap();
        for (name, text) in files {
            let head = if name == "service" { SERVICE } else { "" };
            fs::write(
                version.join(format!("{name}.yaml")),
                format!("{head}{text}"),
            )
            .unwrap();
        }
    }
    Catalog::load(folder.path()).unwrap()
}
