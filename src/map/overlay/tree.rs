//! XML as a tree of elements by local name: overlays are small, and their kinds nest freely.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How deep elements may nest.
const DEEPEST: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub struct Node {
    /// Its name without prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// All text directly in it.
    pub text: String,
}

impl Node {
    /// Its children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The trimmed text of the first child of a name; none if it is empty.
    pub fn said(&self, name: &str) -> Option<&str> {
        let child = self.children.iter().find(|child| child.name == name)?;
        Some(child.text.trim()).filter(|text| !text.is_empty())
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Reads XML text.
pub fn parse(text: &str) -> Result<Node, String> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|fault| format!("not valid XML: {fault}"))?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(format!("elements nest deeper than {DEEPEST}"));
                }
                open.push(node(&start)?);
            }
            Event::Empty(start) => {
                let node = node(&start)?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => return Ok(node),
                }
            }
            Event::End(_) => {
                let Some(node) = open.pop() else { return Err("not valid XML: an end without a start".into()) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => return Ok(node),
                }
            }
            Event::Text(part) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&part);
                }
            }
            Event::CData(part) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&part);
                }
            }
            Event::GeneralRef(part) => {
                let name: &str = &part;
                let text = match quick_xml::escape::unescape(&format!("&{name};")) {
                    Ok(text) => text.into_owned(),
                    Err(fault) => return Err(format!("not valid XML: {fault}")),
                };
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&text);
                }
            }
            Event::DocType(_) => return Err("it has a DOCTYPE; GPX and KML have none".into()),
            Event::Eof => return Err("the XML ends before its last element does".into()),
            _ => {}
        }
    }
}

fn node(start: &BytesStart) -> Result<Node, String> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
    let mut node = Node { name: local(start.name().as_ref()), ..Node::default() };
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|fault| format!("not valid XML: {fault}"))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|fault| format!("not valid XML: {fault}"))?;
        node.attributes.push((local(attribute.key.as_ref()), value.into_owned()));
    }
    Ok(node)
}
