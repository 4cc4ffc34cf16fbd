//! XML as an event stream: three ways to write an element, with all text and attributes escaped.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// XML written as it goes.
pub(super) struct Xml<W: Write>(pub(super) Writer<W>);

impl<W: Write> Xml<W> {
    /// An element with what `inner` writes in it.
    pub(super) fn tag(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Xml<W>) -> io::Result<()>,
    ) -> io::Result<()> {
        self.start(name, attributes)?;
        inner(self)?;
        self.end(name)
    }

    /// Opens an element that [`Xml::end`] closes.
    pub(super) fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Start(start))
    }

    /// Closes an element.
    pub(super) fn end(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with text in it.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.tag(name, attributes, |xml| xml.0.write_event(Event::Text(BytesText::new(text))))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Empty(start))
    }
}

/// A document as text, after a first line of its own.
pub(super) fn document(
    first_line: &str,
    inner: impl FnOnce(&mut Xml<&mut Vec<u8>>) -> io::Result<()>,
) -> String {
    let mut text = first_line.as_bytes().to_vec();
    inner(&mut Xml(Writer::new_with_indent(&mut text, b' ', 1))).expect("memory takes all that is written");
    text.push(b'\n');
    String::from_utf8(text).expect("only text was written")
}
