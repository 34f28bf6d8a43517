//! Browser door: the engine as two classes. Requests come in as JSON text, so that unknown fields are errors here as in
//! the other doors; results go out as plain objects.

use crate::error::{Error, Result};
use crate::note::Notes;
use crate::osm::overpass::{self, Limits};
use crate::request::Request;
use crate::scene::frame::frame;
use crate::watch::{Progress, Watch};
use js_sys::{Array, Function, Reflect, Uint8Array};
use serde::Serialize;
use serde_json::json;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

type Thrown<T> = std::result::Result<T, JsValue>;

/// What outlives single maps: fonts.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine(crate::Engine);

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

    /// Loads a font file under its id.
    #[cfg(feature = "drawing")]
    pub fn load_font(&mut self, id: &str, bytes: Vec<u8>) -> Thrown<()> {
        self.0.fonts.load(id, bytes).map_err(thrown)
    }

    /// Reads and assembles an input. `progress(fraction, stage, done, total)` answers false to stop.
    pub fn open(&self, bytes: &[u8], progress: &Function) -> Thrown<OpenMap> {
        let opened = timed("mapwright:read", || crate::Opened::open(bytes, &mut Watch::new(&mut listener(progress))));
        opened.map(OpenMap).map_err(thrown)
    }

    /// Ids of the fonts that `map` may need for a request and that are not loaded.
    #[cfg(feature = "drawing")]
    pub fn missing_fonts(&self, map: &OpenMap, request: &str) -> Thrown<Vec<String>> {
        let request = Request::from_json(request).map_err(thrown)?;
        Ok(map.0.missing_fonts(&self.0, &request).into_iter().map(str::to_owned).collect())
    }

    /// Writes the formats of a request that this pack holds: an array of `{name, mime, format, notes, bytes}`.
    pub fn export(&self, map: &OpenMap, request: &str, progress: &Function) -> Thrown<Array> {
        let request = Request::from_json(request).map_err(thrown)?;
        let files =
            timed("mapwright:write", || map.0.export(&self.0, &request, &mut Watch::new(&mut listener(progress))));
        files.map_err(thrown)?.into_iter().map(row).collect()
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

    /// The Overpass queries for a request: for the data, and for the number of elements.
    pub fn query(&self, request: &str, timeout: Option<u32>, maxsize: Option<f64>) -> Thrown<JsValue> {
        let request = Request::from_json(request).map_err(thrown)?;
        let usual = Limits::default();
        let limits = Limits {
            timeout: timeout.unwrap_or(usual.timeout),
            maxsize: maxsize.map_or(usual.maxsize, |bytes| bytes as u64),
            ..usual
        };
        let query = overpass::query(&request, &limits).map_err(thrown)?;
        let count = overpass::count_query(&request, &limits).map_err(thrown)?;
        object(&json!({ "query": query, "count": count }))
    }

    /// What is wrong with an Overpass answer: what would be thrown, or undefined.
    pub fn fault(&self, status: u16, content_type: &str, body: &[u8]) -> JsValue {
        overpass::fault(status, content_type, body).map_or(JsValue::UNDEFINED, thrown)
    }

    /// Seconds that a text of `/api/status` asks to wait, if it does.
    pub fn wait(&self, status: &str) -> Option<u32> {
        overpass::parse_status(status).wait_seconds
    }
}

#[wasm_bindgen]
impl OpenMap {
    /// What was read.
    pub fn info(&self) -> Thrown<JsValue> {
        object(self.0.info())
    }
}

/// Does `work` and leaves its time in the performance timeline, where developer tools show it.
fn timed<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let clock = Reflect::get(&js_sys::global(), &"performance".into());
    let Ok(clock) = clock.map(JsCast::unchecked_into::<web_sys::Performance>) else { return work() };
    let marked = clock.mark(name);
    let result = work();
    if marked.and_then(|_| clock.measure_with_start_mark(name, name)).is_ok() {
        clock.clear_marks_with_mark_name(name);
    }
    result
}

/// A file as a plain object.
fn row(file: crate::File) -> Thrown<JsValue> {
    let bytes = Uint8Array::from(file.bytes.as_slice());
    let row = object(&json!({ "name": file.name, "mime": file.mime, "format": file.format, "notes": file.notes }))?;
    Reflect::set(&row, &"bytes".into(), &bytes)?;
    Ok(row)
}

/// What is thrown: `{code, message, field?, megabytes?}`.
fn thrown(error: Error) -> JsValue {
    let megabytes = if let Error::Overpass { megabytes, .. } = error { megabytes } else { None };
    let row =
        json!({ "code": error.code(), "message": error.to_string(), "field": error.field(), "megabytes": megabytes });
    object(&row).unwrap_or_else(|_| error.to_string().into())
}

/// A plain object; what is absent is undefined.
fn object<T: Serialize + ?Sized>(row: &T) -> Thrown<JsValue> {
    let plain = Serializer::json_compatible().serialize_missing_as_null(false);
    Ok(row.serialize(&plain)?)
}

/// Tells a JavaScript function, which answers false to stop. If it throws, the console hears what, and the work stops.
fn listener(progress: &Function) -> impl FnMut(Progress) -> bool + '_ {
    move |Progress { fraction, stage, done, total }| {
        let (done, total) = (done as f64, total as f64);
        let stage = serde_wasm_bindgen::to_value(&stage).unwrap_or_default();
        match progress.call4(&JsValue::NULL, &fraction.into(), &stage, &done.into(), &total.into()) {
            Ok(answer) => answer != JsValue::FALSE,
            Err(fault) => {
                gloo::console::warn!("mapwright: stopped, because the progress function threw", fault);
                false
            }
        }
    }
}
