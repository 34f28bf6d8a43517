//! Files as they leave WebAssembly: pieces that JavaScript gathers into Blobs, so that its memory never holds a whole one.

use super::js::Thrown;
use crate::error::{Error, Result};
use crate::sink::{Sink, beyond};
use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

/// Bytes that cross the border at once.
const PIECE: usize = 1 << 20;

/// A file in the making: an object of JavaScript with `put(bytes)` and `patch(at, bytes)`.
pub struct BlobSink {
    parts: JsValue,
    put: Function,
    patch: Function,
    /// What JavaScript has not yet, and where that begins in the file.
    rest: Vec<u8>,
    given: u64,
}

impl BlobSink {
    /// Asks `open(name)` for the object.
    pub fn open(open: &Function, name: &str) -> Result<Self> {
        let method = |parts: &JsValue, name: &str| Reflect::get(parts, &name.into())?.dyn_into::<Function>();
        let made = open.call1(&JsValue::NULL, &name.into()).and_then(|parts| {
            let (put, patch) = (method(&parts, "put")?, method(&parts, "patch")?);
            Ok(Self { parts, put, patch, rest: Vec::new(), given: 0 })
        });
        made.map_err(|fault| failed(&fault))
    }

    /// Hands over what is left; the object holds the whole file.
    pub fn finish(mut self) -> Thrown<JsValue> {
        self.give().map_err(super::js::thrown)?;
        Ok(self.parts)
    }

    fn give(&mut self) -> Result<()> {
        if !self.rest.is_empty() {
            let bytes = Uint8Array::from(self.rest.as_slice());
            self.put.call1(&self.parts, &bytes).map_err(|fault| failed(&fault))?;
            self.given += self.rest.len() as u64;
            self.rest.clear();
        }
        Ok(())
    }
}

impl Sink for BlobSink {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.rest.extend_from_slice(bytes);
        if self.rest.len() >= PIECE { self.give() } else { Ok(()) }
    }

    fn position(&self) -> u64 {
        self.given + self.rest.len() as u64
    }

    fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        if at.checked_add(bytes.len() as u64).is_none_or(|end| end > self.position()) {
            return Err(beyond());
        }
        let before = self.given.saturating_sub(at).min(bytes.len() as u64) as usize;
        let (old, new) = bytes.split_at(before);
        if !old.is_empty() {
            let call = self.patch.call2(&self.parts, &(at as f64).into(), &Uint8Array::from(old));
            call.map_err(|fault| failed(&fault))?;
        }
        let start = at.saturating_sub(self.given) as usize;
        match self.rest.get_mut(start..start + new.len()) {
            Some(place) => place.copy_from_slice(new),
            None => return Err(beyond()),
        }
        Ok(())
    }
}

/// JavaScript had no room.
fn failed(fault: &JsValue) -> Error {
    let message = Reflect::get(fault, &"message".into()).ok().and_then(|text| text.as_string());
    Error::Io(message.unwrap_or_else(|| "the file cannot be kept".into()))
}
