//! Where map data come from: extracts on this machine and Overpass servers, in the order they were named. Only these are
//! ever asked; no address of a client is.

mod breaker;
mod copy;
mod cut;
mod extract;
mod index;
mod need;
mod overpass;
mod wire;

pub use need::Extent;
pub use overpass::Patience;
pub use wire::agent;

use crate::error::{Error, Result};
use crate::export::Opened;
use crate::osm::Osm;
use crate::request::{Bbox, Request};
use crate::watch::Watch;
use extract::Extract;
use need::Need;
use overpass::Server;
use std::path::Path;

/// The extracts that are there without any `--source`.
const SAMPLES: [(&str, &[u8]); 2] = [
    ("helsinki", include_bytes!("../../../assets/sample/helsinki.osm.pbf")),
    ("monaco", include_bytes!("../../../assets/sample/monaco.osm.pbf")),
];
/// The part of opening that is getting the data; the rest is assembling them.
const GETTING: f64 = 0.5;

/// All sources of a server.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

/// One source.
#[derive(Debug)]
enum Source {
    Extract(Box<Extract>),
    Overpass(Box<Server>),
}

impl Sources {
    /// Opens every `file:PATH` and prepares every `overpass:URL` (`overpass:URL;own` for a server of one's own). Where none
    /// is named, the extracts that the program carries are the sources.
    ///
    /// # Errors
    /// [`Error::Request`] for a source of another kind, [`Error::Io`] for a file that cannot be read, those of
    /// [`crate::osm::read`].
    pub fn new(specs: &[String]) -> Result<Self> {
        Self::with_patience(specs, Patience::default())
    }

    /// As [`Sources::new`], with other waiting times for Overpass servers.
    ///
    /// # Errors
    /// As [`Sources::new`].
    pub fn with_patience(specs: &[String], patience: Patience) -> Result<Self> {
        if specs.is_empty() {
            return Self::samples();
        }
        let source = |spec: &String| match spec.split_once(':') {
            Some(("file", path)) => Ok(Source::Extract(Box::new(Extract::open(Path::new(path))?))),
            Some(("overpass", address)) => Ok(Source::Overpass(Box::new(Server::new(address, patience)?))),
            _ => Err(Error::request(
                "source",
                format!("\"{spec}\": expected file:PATH or overpass:https://…/api/interpreter"),
            )),
        };
        Ok(Self(specs.iter().map(source).collect::<Result<_>>()?))
    }

    /// The extracts that the program carries.
    ///
    /// # Errors
    /// Those of [`crate::osm::read`].
    pub fn samples() -> Result<Self> {
        let extract = |&(name, bytes): &(&str, &[u8])| Ok(Source::Extract(Box::new(Extract::read(name, bytes)?)));
        Ok(Self(SAMPLES.iter().map(extract).collect::<Result<_>>()?))
    }

    /// True where nothing can be asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The data a request needs, assembled. Blocks while it waits for servers.
    ///
    /// # Errors
    /// As [`Sources::osm`], and [`Error::Cancelled`].
    pub fn open(&self, request: &Request, watch: &mut Watch) -> Result<Opened> {
        let osm = watch.part(0.0..GETTING, |watch| self.osm(request, watch))?;
        watch.part(GETTING..1.0, |watch| Opened::assemble(osm, watch))
    }

    /// The data a request needs. The first source that covers its area answers; a server that fails hands on to the next
    /// source; where none covers all of it, an extract that covers a part answers, with a note.
    ///
    /// # Errors
    /// [`Error::Request`] for an area that no source covers, and for a request that names none; [`Error::Overpass`] where
    /// the servers failed.
    pub fn osm(&self, request: &Request, watch: &mut Watch) -> Result<Osm> {
        let need = self.need(request)?;
        let mut failed = None;
        for source in &self.0 {
            match source {
                Source::Extract(extract) if extract.covers(&need) => return extract.cut(&need, watch),
                Source::Extract(_) => {}
                Source::Overpass(server) => match server.ask(request, &need, watch) {
                    // Another server may do what this one cannot; a stop or a wrong request is final.
                    Err(fault @ Error::Overpass { .. }) => failed = failed.or(Some(fault)),
                    other => return other,
                },
            }
        }
        if let Some(fault) = failed {
            return Err(fault);
        }
        if let Some(extract) = self.extracts().find(|extract| extract.touches(&need)) {
            let mut osm = extract.cut(&need, watch)?;
            let message = format!("{} holds only a part of the area; the rest of the map is empty.", extract.name);
            osm.notes.say("partly_covered", 1, message);
            return Ok(osm);
        }
        Err(self.nowhere())
    }

    /// Refuses at once what [`Sources::osm`] would refuse later: an area that no source can have, a relation that the
    /// extract of the area does not hold. What only another server knows is not asked here.
    ///
    /// # Errors
    /// [`Error::Request`], as [`Sources::osm`].
    pub fn check(&self, request: &Request) -> Result<()> {
        let need = self.need(request)?;
        let mut touching = None;
        for source in &self.0 {
            match source {
                Source::Overpass(_) => return Ok(()),
                Source::Extract(extract) if extract.covers(&need) => return extract.knows(&need),
                Source::Extract(extract) if extract.touches(&need) => touching = touching.or(Some(extract)),
                Source::Extract(_) => {}
            }
        }
        touching.map_or_else(|| Err(self.nowhere()), |extract| extract.knows(&need))
    }

    /// What the API of OpenStreetMap answers for a box, from the first extract that touches it; none where none does.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past `nodes` nodes.
    pub fn map(&self, bbox: Bbox, nodes: usize, watch: &mut Watch) -> Result<Option<Osm>> {
        let need = Need::of(bbox);
        let covering = self.extracts().find(|extract| extract.covers(&need));
        let found = covering.or_else(|| self.extracts().find(|extract| extract.touches(&need)));
        found.map(|extract| extract.map(&need, nodes, watch)).transpose()
    }

    fn extracts(&self) -> impl Iterator<Item = &Extract> {
        self.0.iter().filter_map(|source| match source {
            Source::Extract(extract) => Some(extract.as_ref()),
            Source::Overpass(_) => None,
        })
    }

    /// How large what a request needs is, and whether any source has it, as far as that is known without asking a server.
    ///
    /// # Errors
    /// [`Error::Request`] for an area or a relation that no source covers, and for a request that names none; those of the
    /// frame of its sheet.
    pub fn extent(&self, request: &Request) -> Result<Extent> {
        let need = self.need(request)?;
        let asks = self.0.iter().any(|source| matches!(source, Source::Overpass(_)));
        if !asks && !self.extracts().any(|extract| extract.touches(&need)) {
            return Err(self.nowhere());
        }
        if let Some(relation) = need.relation.filter(|&id| !asks && !self.extracts().any(|it| it.box_of(id).is_some()))
        {
            let message = format!("relation {relation} is in no extract of this server");
            return Err(Error::request("area.relation", message));
        }
        Ok(need.extent)
    }

    /// What has to be fetched; the box of a relation is looked up in the extracts.
    fn need(&self, request: &Request) -> Result<Need> {
        let known = |id| self.extracts().find_map(|extract| extract.box_of(id));
        Need::new(request, known)
    }

    fn nowhere(&self) -> Error {
        let held: Vec<_> = self.extracts().map(|extract| format!("{} ({})", extract.name, extract.extent())).collect();
        let held = if held.is_empty() { "nothing".to_owned() } else { held.join(", ") };
        Error::request("bbox", format!("this server has no data there; it holds {held}"))
    }
}
