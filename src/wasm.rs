//! Browser door: the engine as two classes. Requests come in as JSON text, so that unknown fields are errors here as in
//! the other doors; results go out as plain objects.

mod blob;
mod js;

use self::blob::BlobSink;
use self::js::{Thrown, listener, object, row, thrown, timed};
use crate::error::Error;
use crate::note::Notes;
use crate::osm::overpass::{self, Limits};
use crate::request::Request;
use crate::sheet::frame;
use crate::watch::Watch;
use js_sys::{Array, Function};
use serde_json::json;
use wasm_bindgen::prelude::*;

/// What outlives single maps: fonts.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine(crate::Engine);

/// An input that is being read while it arrives; to let go of it is to forget it.
#[wasm_bindgen]
pub struct Reading(crate::osm::Reader);

/// An input, read and assembled.
#[wasm_bindgen]
pub struct OpenMap(crate::Opened);

#[wasm_bindgen]
impl Engine {
    /// An engine without fonts. A panic, which ends the instance, tells the console its place.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self::default()
    }

    /// Loads a file, a font as a rule, under the id that `missing_assets` gives.
    pub fn load_asset(&mut self, id: &str, bytes: Vec<u8>) -> Thrown<()> {
        self.0.load(id, bytes).map_err(thrown)
    }

    /// Says what is wrong with a request before anything is read.
    pub fn check(&self, request: &str) -> Thrown<()> {
        let checked = |request| crate::export::check(&request, &self.0.limits);
        Request::from_json(request).and_then(checked).map_err(thrown)
    }

    /// Reads and assembles an input. `progress(fraction, stage, done, total)` answers false to stop.
    pub fn open(&self, bytes: &[u8], progress: &Function) -> Thrown<OpenMap> {
        let opened = timed("mapwright:read", || crate::Opened::open(bytes, &mut Watch::new(&mut listener(progress))));
        opened.map(OpenMap).map_err(thrown)
    }

    /// Assembles an input that has arrived whole.
    pub fn finish(&self, reading: Reading, progress: &Function) -> Thrown<OpenMap> {
        let mut listener = listener(progress);
        let mut watch = Watch::new(&mut listener);
        let opened = timed("mapwright:read", || {
            let osm = watch.part(0.0..0.6, |watch| reading.0.finish(watch))?;
            watch.part(0.6..1.0, |watch| crate::Opened::assemble(osm, watch))
        });
        opened.map(OpenMap).map_err(thrown)
    }

    /// Ids of the fonts and tables that `map` may need for a request and that are not loaded.
    pub fn missing_assets(&self, map: &OpenMap, request: &str) -> Thrown<Vec<String>> {
        let request = Request::from_json(request).map_err(thrown)?;
        Ok(map.0.missing_assets(&self.0, &request).into_iter().map(str::to_owned).collect())
    }

    /// Writes the formats of a request that this pack holds, each into what `open(name)` gives, an object with `put(bytes)`
    /// and `patch(at, bytes)`: an array of `{name, mime, format, size, notes, parts}`, `parts` being that object.
    pub fn export(&self, map: &OpenMap, request: &str, progress: &Function, open: &Function) -> Thrown<Array> {
        let request = Request::from_json(request).map_err(thrown)?;
        let files = timed("mapwright:write", || {
            let mut listener = listener(progress);
            map.0.export(&self.0, &request, &mut Watch::new(&mut listener), |name| BlobSink::open(open, name))
        });
        files.map_err(thrown)?.into_iter().map(|(file, parts)| row(&file, parts.finish()?)).collect()
    }

    /// The sheet a request makes; needs its `bbox`, no data.
    pub fn frame(&self, request: &str) -> Thrown<JsValue> {
        let request = Request::from_json(request).map_err(thrown)?;
        let bbox = request.bbox.ok_or_else(|| thrown(Error::request("bbox", "missing; a frame needs it")))?;
        let mut notes = Notes::default();
        let sheet = frame(&request, bbox, &mut notes).map_err(thrown)?;
        let [lower_left, upper_left, upper_right, lower_right] = sheet.corners;
        object(&json!({
            "outline": [lower_left, lower_right, upper_right, upper_left, lower_left],
            "width": sheet.width, "height": sheet.height, "bleed": sheet.bleed, "map": sheet.map,
            "scale": sheet.scale, "dpi": sheet.dpi, "crs": sheet.crs.epsg, "notes": notes.list(),
        }))
    }

    /// What a file says of how it was made; the ends of a large one do.
    #[cfg(feature = "core")]
    pub fn provenance(&self, file: &[u8]) -> Thrown<JsValue> {
        object(&crate::provenance::read(file).map_err(thrown)?)
    }

    /// The Overpass queries for a request, for the data and for their counts; `limits` is JSON too.
    pub fn query(&self, request: &str, limits: &str) -> Thrown<JsValue> {
        let request = Request::from_json(request).map_err(thrown)?;
        let limits: Limits =
            serde_json::from_str(limits).map_err(|fault| thrown(Error::request("limits", fault.to_string())))?;
        let query = overpass::query(&request, &limits).map_err(thrown)?;
        let count = overpass::count_query(&request, &limits).map_err(thrown)?;
        object(&json!({ "query": query, "count": count }))
    }

    /// What is wrong with an Overpass answer by its status and beginning: what would be thrown, or undefined.
    pub fn fault(&self, status: u16, content_type: &str, beginning: &[u8]) -> JsValue {
        overpass::fault(status, content_type, beginning).map_or(JsValue::UNDEFINED, thrown)
    }

    /// What the answer to a count query says.
    pub fn counts(&self, body: &[u8]) -> Thrown<JsValue> {
        object(&overpass::parse_count(body).map_err(thrown)?)
    }

    /// Seconds that a text of `/api/status` asks to wait, if it does.
    pub fn wait(&self, status: &str) -> Option<u32> {
        overpass::parse_status(status).wait_seconds
    }
}

#[wasm_bindgen]
impl Reading {
    /// Expects about `total` bytes; 0 where nobody knows.
    #[wasm_bindgen(constructor)]
    pub fn new(total: f64) -> Self {
        Self(crate::osm::Reader::new(total as u64))
    }

    /// Reads the next bytes as they come; after an error the reading is of no more use.
    pub fn push(&mut self, bytes: &[u8]) -> Thrown<()> {
        self.0.push(bytes, &mut Watch::silent()).map_err(thrown)
    }
}

#[wasm_bindgen]
impl OpenMap {
    /// What was read.
    pub fn info(&self) -> Thrown<JsValue> {
        object(self.0.info())
    }
}
