//! The section of an operation's page in which a request is put together, looked at and run. A script fills it.

use maud::{Markup, html};

use crate::catalog::Entry;

/// The tabs below the form, by the ID of their panels.
const TABS: [(&str, &str); 3] = [
    ("request", "Request"),
    ("code", "Sample code"),
    ("run", "Run"),
];

/// The languages samples come in.
const LANGUAGES: [(&str, &str); 4] = [
    ("rust", "Rust"),
    ("python", "Python"),
    ("cli", "CLI"),
    ("curl", "curl"),
];

/// The section.
pub(crate) fn section(entry: &Entry<'_>) -> Markup {
    html! {
        section.workbench id="workbench" data-operation=(entry.address()) aria-labelledby="try" {
            h2 id="try" { "Try it" }
            noscript { p { "The form needs its script." } }
            form id="form" autocomplete="off" novalidate {}
            details { summary { "Input as JSON" }
                label.hidden for="input" { "Input as JSON" }
                textarea id="input" rows="8" spellcheck="false" {}
                p.problem id="input-problem" role="status" {}
            }
            (settings())
            div id="violations" role="status" aria-live="polite" {}
            (tabs("Views", &TABS))
            div.panel id="panel-request" role="tabpanel" aria-labelledby="tab-request" tabindex="0" { (request()) }
            div.panel id="panel-code" role="tabpanel" aria-labelledby="tab-code" tabindex="0" hidden { (code()) }
            div.panel id="panel-run" role="tabpanel" aria-labelledby="tab-run" tabindex="0" hidden { (run()) }
        }
    }
}

fn tabs(label: &str, tabs: &[(&str, &str)]) -> Markup {
    html! {
        div.tabs role="tablist" aria-label=(label) {
            @for (at, (id, name)) in tabs.iter().enumerate() {
                button type="button" role="tab" id={ "tab-" (id) } aria-controls={ "panel-" (id) }
                    aria-selected=(if at == 0 { "true" } else { "false" }) tabindex=(if at == 0 { "0" } else { "-1" }) { (name) }
            }
        }
    }
}

fn settings() -> Markup {
    html! {
        details { summary { "Time, nonce, endpoint, format" }
            div.settings id="settings" {
                label { "Time stamp" input name="timestamp" placeholder="now, such as 2024-07-11T03:11:53Z"; }
                label { "Nonce" input name="nonce" placeholder="a new one each time"; }
                label { "Endpoint shown" input name="endpoint" placeholder="where Run sends it"; }
                label { "V1 parameters travel" select name="placement" {
                    option value="Body" { "in the body" } option value="Query" { "in the query" }
                    option value="Split" { "as the metadata has it" } } }
                label { "Answer format" select name="format" {
                    option value="JSON" { "JSON" } option value="XML" { "XML (V1 only)" } } }
            }
        }
    }
}

fn request() -> Markup {
    html! {
        fieldset.choice { legend { "Signature" }
            label { input type="radio" name="signature" value="v3" checked; " V3, ACS3-HMAC-SHA256" }
            label { input type="radio" name="signature" value="v1"; " V1, HMAC-SHA1" }
        }
        div id="request" {}
    }
}

fn code() -> Markup {
    html! {
        (tabs("Languages", &LANGUAGES))
        @for (at, (id, name)) in LANGUAGES.iter().enumerate() {
            div.sample id={ "panel-" (id) } role="tabpanel" aria-labelledby={ "tab-" (id) } tabindex="0" hidden[at > 0] {
                button.copy type="button" data-copy={ "sample-" (id) } aria-label={ "Copy the " (name) " sample" } { "Copy" }
                pre tabindex="0" { code id={ "sample-" (id) } {} }
            }
        }
    }
}

fn run() -> Markup {
    html! {
        p id="target" {}
        label.check id="confirm" hidden { input type="checkbox" id="confirmed"; " It changes something there, and I mean it." }
        label.check { input type="checkbox" id="checks" checked; " Check before sending" }
        p { button.primary type="button" id="send" { "Run" } " " span id="progress" role="status" {} }
        div id="answer" aria-live="polite" {}
    }
}
