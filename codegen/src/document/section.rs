//! The parts of a page, by the headings between them.

/// A line and its number, from 1.
pub(super) type Line<'t> = (usize, &'t str);

/// The lines of each part of a page.
#[derive(Debug, Default)]
pub(super) struct Sections<'t> {
    pub(super) parameters: Vec<Line<'t>>,
    pub(super) response: Vec<Line<'t>>,
    pub(super) request: Vec<Line<'t>>,
    pub(super) answers: Vec<Line<'t>>,
    pub(super) errors: Vec<Line<'t>>,
}

#[derive(Clone, Copy)]
enum Part {
    None,
    Parameters,
    Response,
    Request,
    Answers,
    Errors,
}

impl<'t> Sections<'t> {
    /// Sorts the lines of a page into its parts.
    pub(super) fn split(text: &'t str) -> Self {
        let mut sections = Self::default();
        let mut part = Part::None;
        for (at, line) in text.lines().enumerate() {
            if let Some(next) = heading(line) {
                part = next;
                continue;
            }
            let lines = match part {
                Part::None => continue,
                Part::Parameters => &mut sections.parameters,
                Part::Response => &mut sections.response,
                Part::Request => &mut sections.request,
                Part::Answers => &mut sections.answers,
                Part::Errors => &mut sections.errors,
            };
            lines.push((at + 1, line.trim_end()));
        }
        sections
    }
}

fn heading(line: &str) -> Option<Part> {
    Some(match line.trim() {
        "Request parameters" | "Request Parameters" => Part::Parameters,
        "Response parameters" | "Response Parameters" | "Response elements" => Part::Response,
        "Sample requests" | "Sample request" => Part::Request,
        "Sample success responses" | "Sample responses" | "Sample success response" => {
            Part::Answers
        }
        "Error codes" | "Error Codes" => Part::Errors,
        "Examples" | "Debugging" | "Authorization information" => Part::None,
        _ => return None,
    })
}

/// The operation that a title such as `DataWorks:StartDISyncInstance` names.
pub(super) fn title(text: &str) -> Option<String> {
    let before = text.lines().take_while(|line| heading(line).is_none());
    before
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(_, name)| name)
        .find(|name| {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.len() > 3
                && name.bytes().all(|c| c.is_ascii_alphanumeric())
        })
        .map(str::to_owned)
}
