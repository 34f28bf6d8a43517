//! OSM XML (API 0.6), also as Overpass writes it (`out geom`, `out center`).

mod element;

use super::feed::{Feed, Piece, cut_off};
use super::{Osm, overpass};
use crate::error::{Error, Result};
use crate::watch::Watch;
use element::{DIFF, State, attribute};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What is said of files that hold edits.
const CHANGE: &str =
    "this is an OSM change file (osmChange): edits, no map; apply it to an extract first (osmium apply-changes)";
/// Events between two looks at progress and memory.
const OFTEN: u64 = 1000;
/// Deepest nesting that is followed; OSM needs four.
const DEPTH: usize = 64;

/// Reads OSM XML text.
#[derive(Default)]
pub struct Xml {
    state: State,
    open: Vec<String>,
    ended: bool,
    remark: String,
}

impl Feed for Xml {
    /// # Errors
    /// [`Error::Foreign`] for other XML, change files and history among it, [`Error::Corrupt`], [`Error::CutOff`],
    /// [`Error::Cancelled`].
    fn feed(&mut self, piece: &Piece, watch: &mut Watch) -> Result<usize> {
        if self.ended {
            return Ok(piece.bytes.len());
        }
        piece.at(watch, 0)?;
        let (all, mut torn) = valid(piece);
        // The parser passes over a byte order mark where a piece begins, and does not count it.
        let text = all.trim_start_matches('\u{feff}');
        let skipped = all.len() - text.len();
        let mut reader = Reader::from_str(text);
        // Elements that opened in an earlier piece close in this one; names are compared here instead.
        reader.config_mut().allow_unmatched_ends = true;
        reader.config_mut().check_end_names = false;
        // What begins in the last two bytes may only need what comes next: "<!" alone is an error to the parser.
        let at_end = |reader: &Reader<&[u8]>| reader.buffer_position() + 2 >= text.len() as u64;
        let mut done = skipped;
        for count in 1_u64.. {
            if count.is_multiple_of(OFTEN) {
                piece.at(watch, done)?;
                self.state.builder.room()?;
            }
            let event = match reader.read_event() {
                Ok(Event::Eof) if torn.is_some() || piece.last => return Err(torn.take().unwrap_or_else(cut_off)),
                Ok(Event::Eof) => break,
                Ok(event) => event,
                Err(_) if torn.is_some() && at_end(&reader) => {
                    return Err(torn.take().unwrap_or_else(cut_off));
                }
                Err(_) if !piece.last && at_end(&reader) => return Ok(done),
                Err(quick_xml::Error::Syntax(_)) if at_end(&reader) => {
                    return Err(cut_off());
                }
                Err(fault) => {
                    let at = piece.offset + skipped as u64 + reader.error_position();
                    return Err(Error::Corrupt(format!("not valid XML at byte {at}: {fault}")));
                }
            };
            if self.open.is_empty() && is_page(&event) {
                return Err(overpass::page(text));
            }
            self.event(event)?;
            if self.ended {
                return Ok(piece.bytes.len());
            }
            done = skipped + reader.buffer_position() as usize;
        }
        Ok(done)
    }

    /// # Errors
    /// [`Error::Overpass`] for a remark that is an error.
    fn finish(mut self: Box<Self>) -> Result<Osm> {
        let remark = self.remark.trim();
        match overpass::remark(remark) {
            Some(fault) => return Err(fault),
            None if remark.is_empty() => {}
            None => self.state.builder.header().2.say("remark", 1, remark),
        }
        Ok(self.state.finish())
    }
}

impl Xml {
    fn event(&mut self, event: Event) -> Result<()> {
        match event {
            Event::Start(start) => {
                if self.open.is_empty() {
                    root(&start)?;
                } else {
                    self.state.start(&start)?;
                }
                if self.open.len() >= DEPTH {
                    return Err(Error::Corrupt("not valid OSM XML: nested too deeply".into()));
                }
                self.open.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) if self.open.is_empty() => {
                root(&start)?;
                self.ended = true;
            }
            Event::Empty(start) => {
                self.state.start(&start)?;
                self.state.end(start.name().as_ref());
            }
            Event::End(end) => {
                let (name, opened) = (end.name(), self.open.pop());
                if opened.as_deref() != Some(name.as_ref()) {
                    return Err(Error::Corrupt(format!(
                        "not valid XML: </{}> closes <{}>",
                        name.as_ref(),
                        opened.unwrap_or_default()
                    )));
                }
                self.state.end(name.as_ref());
                self.ended = self.open.is_empty();
            }
            Event::Text(text) if self.in_remark() => self.remark.push_str(&text),
            Event::GeneralRef(name) if self.in_remark() => {
                self.remark.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or("?"));
            }
            Event::DocType(_) => return Err(Error::Corrupt("the XML has a DOCTYPE; OSM XML has none".into())),
            _ => {}
        }
        Ok(())
    }

    fn in_remark(&self) -> bool {
        matches!(self.open.as_slice(), [_, last] if last == "remark")
    }
}

/// The text of a piece as far as it is UTF-8, and what is wrong behind that, which matters only if the document goes on
/// there. A character that is cut at the end of a piece comes again.
fn valid<'a>(piece: &Piece<'a>) -> (&'a str, Option<Error>) {
    let fault = match std::str::from_utf8(piece.bytes) {
        Ok(text) => return (text, None),
        Err(fault) => fault,
    };
    let whole = piece.bytes.get(..fault.valid_up_to()).unwrap_or(&[]);
    let torn = match fault.error_len() {
        None if !piece.last => None,
        None => Some(cut_off()),
        Some(_) => {
            let at = piece.offset + fault.valid_up_to() as u64;
            Some(Error::Corrupt(format!("the XML is not UTF-8 at byte {at}")))
        }
    };
    (std::str::from_utf8(whole).unwrap_or(""), torn)
}

/// Whether a web page begins here; servers send them where data were asked for.
fn is_page(event: &Event) -> bool {
    match event {
        Event::DocType(of) => of.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("html")),
        Event::Start(root) | Event::Empty(root) => root.name().as_ref().eq_ignore_ascii_case("html"),
        _ => false,
    }
}

/// Checks the root element: `osm` of version 0.6.
fn root(start: &BytesStart) -> Result<()> {
    match start.name().as_ref() {
        "osm" => match attribute(start, "version")?.as_deref() {
            Some("0.6") => Ok(()),
            None => Err(Error::Corrupt("the <osm> element names no version; expected version=\"0.6\"".into())),
            Some(other) => Err(Error::Foreign(format!("this is OSM XML of version {other}; expected 0.6"))),
        },
        "osmChange" => Err(Error::Foreign(CHANGE.into())),
        "osmAugmentedDiff" => Err(Error::Foreign(DIFF.into())),
        "gpx" => Err(Error::Foreign("this is a GPX track, not OSM data; it can be an overlay".into())),
        "kml" => Err(Error::Foreign("this is KML, not OSM data; it can be an overlay".into())),
        other => Err(Error::Foreign(format!("this is XML with <{other}>, not OSM data"))),
    }
}
