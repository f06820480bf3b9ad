//! The first pass against quick-xml: the same elements with the same text, and no broken document taken for a good one.

use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::*;

/// An element: how deep it lies, its name, and its text unless it has children or only layout.
type Outline = Vec<(usize, String, String)>;

fn ours(document: &str) -> Option<Outline> {
    let source = XmlSource::new(document).ok()?;
    let mut outline = Outline::new();
    for (at, element) in source.elements.iter().enumerate() {
        let (mut depth, mut parent) = (0, at);
        while parent > 0 {
            parent = source.elements[parent].parent as usize;
            depth += 1;
        }
        let text = match element.kind {
            Kind::Plain | Kind::Marked => source.text(element).into_owned(),
            Kind::Blank | Kind::Parent => String::new(),
        };
        outline.push((depth, source.name(element).to_owned(), text));
    }
    Some(outline)
}

fn theirs(document: &str) -> Option<Outline> {
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut outline, mut open, mut parents) = (Outline::new(), Vec::new(), Vec::new());
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                if open.is_empty() && !outline.is_empty() {
                    return None;
                }
                parents.extend(open.last().copied());
                let name = std::str::from_utf8(tag.name().as_ref()).ok()?.to_owned();
                outline.push((open.len(), name, String::new()));
                if matches!(event, Event::Start(_)) {
                    open.push(outline.len() - 1);
                }
            }
            Event::End(_) => drop(open.pop()?),
            Event::Text(_) | Event::GeneralRef(_) => {
                let text = unescape(&document[start..end]).ok()?.into_owned();
                add(&mut outline, &open, &text)?;
            }
            Event::CData(data) => add(&mut outline, &open, std::str::from_utf8(&data).ok()?)?,
            Event::DocType(_) => return None,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    parents.iter().for_each(|parent| outline[*parent].2.clear());
    let texts = outline.iter_mut().map(|(_, _, text)| text);
    texts
        .filter(|text| text.trim().is_empty())
        .for_each(String::clear);
    (open.is_empty() && !outline.is_empty()).then_some(outline)
}

fn add(outline: &mut Outline, open: &[usize], text: &str) -> Option<()> {
    match open.last() {
        Some(at) => outline[*at].2.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

const DOCUMENT: &str = "<?xml version=\"1.0\"?>\n<!-- a > b --><R x='a>b' y = \"'\">\n <A>x &lt; y &#x4e2d;&#10;</A >\
    <A><![CDATA[ <b> ]]>]]&gt;</A><B/><B attr=\"1\" /><C> \n<D>1</D>text<D>&amp;</D></C><E> <!-- - -->\t</E><E>&#32;</E>\
    <F>a<!-- & < -->b<?p > ?>c</F><n:G_-.9>\u{3000}é</n:G_-.9></R>\n<!-- end -->";

#[test]
fn documents_have_the_elements_and_texts_another_parser_finds() {
    let outline = ours(DOCUMENT).unwrap();
    assert_eq!(Some(&outline), theirs(DOCUMENT).as_ref());
    let texts: Vec<_> = outline
        .iter()
        .map(|(_, name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(texts[1], ("A", "x < y 中\n"));
    assert_eq!(texts[2], ("A", " <b> ]]>"));
    assert_eq!(texts[9], ("E", ""));
    assert_eq!(texts[10], ("F", "abc"));
}

/// The other one takes a `<` or a `/` among attributes. Nothing is taken that it refuses.
#[test]
fn damaged_documents_are_read_as_another_parser_reads_them() {
    let (mut both, mut neither, mut stricter) = (0, 0, 0);
    for at in (0..DOCUMENT.len()).filter(|at| DOCUMENT.is_char_boundary(*at)) {
        let rest = DOCUMENT[at..].chars().next().map_or(0, char::len_utf8);
        for with in [
            "", "<", ">", "&", ";", "/", "x", " ", "]", "-", "\"", "<A>", "</A>", "</R>", "<b/>",
        ] {
            for until in [at, at + rest] {
                let damaged = format!("{}{with}{}", &DOCUMENT[..at], &DOCUMENT[until..]);
                match (ours(&damaged), theirs(&damaged)) {
                    (None, None) => neither += 1,
                    (Some(ours), Some(theirs)) => {
                        assert_eq!(ours, theirs, "{damaged}");
                        both += 1;
                    }
                    (None, Some(_)) => stricter += 1,
                    // An ampersand that starts nothing known stands for itself.
                    (Some(_), None)
                        if XmlSource::new(&damaged).is_ok_and(|read| read.repaired() > 0) => {}
                    (Some(_), None) => panic!("taken for good: {damaged}"),
                }
            }
        }
    }
    assert!(
        both > 1000 && neither > 1000 && stricter < 300,
        "{both} {neither} {stricter}"
    );
}
