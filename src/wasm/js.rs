//! Results, errors and progress as JavaScript values.

use crate::error::{Error, Result};
use crate::watch::Progress;
use js_sys::{Function, Reflect};
use serde::Serialize;
use serde_json::json;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A result whose error is thrown.
pub type Thrown<T> = std::result::Result<T, JsValue>;

/// Does `work` and leaves its time in the performance timeline, where developer tools show it.
pub fn timed<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let clock = Reflect::get(&js_sys::global(), &"performance".into());
    let Ok(clock) = clock.map(JsCast::unchecked_into::<web_sys::Performance>) else { return work() };
    let _ = clock.mark(name);
    let result = work();
    let _ = clock.measure_with_start_mark(name, name);
    clock.clear_marks_with_mark_name(name);
    result
}

/// A file as a plain object, with what holds its bytes.
pub fn row(file: &crate::File, parts: JsValue) -> Thrown<JsValue> {
    let row = object(&json!({
        "name": file.name, "mime": file.mime, "format": file.format, "size": file.size, "notes": file.notes,
    }))?;
    Reflect::set(&row, &"parts".into(), &parts)?;
    Ok(row)
}

/// What is thrown: `{code, message, field?, megabytes?}`.
pub fn thrown(error: Error) -> JsValue {
    let megabytes = if let Error::Overpass { megabytes, .. } = error { megabytes } else { None };
    let (code, message, field) = (error.code(), error.to_string(), error.field());
    object(&json!({ "code": code, "message": message, "field": field, "megabytes": megabytes })).unwrap_or_default()
}

/// A plain object; what is absent is undefined.
pub fn object<T: Serialize + ?Sized>(row: &T) -> Thrown<JsValue> {
    let plain = Serializer::json_compatible().serialize_missing_as_null(false);
    Ok(row.serialize(&plain)?)
}

/// Tells a JavaScript function, which answers false to stop. If it throws, the console hears what, and the work stops.
pub fn listener(progress: &Function) -> impl FnMut(Progress) -> bool + '_ {
    move |Progress { fraction, stage, done, total }| {
        let (done, total) = (done as f64, total as f64);
        let stage = serde_wasm_bindgen::to_value(&stage).unwrap_or_default();
        let answer = progress.call4(&JsValue::NULL, &fraction.into(), &stage, &done.into(), &total.into());
        let heard = answer.inspect_err(|fault| gloo::console::warn!("mapwright: the progress function threw", fault));
        heard.is_ok_and(|answer| answer != JsValue::FALSE)
    }
}
