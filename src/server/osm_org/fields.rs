//! Fields of a request: query string, form or multipart; what stands in the body wins.

use super::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use std::collections::BTreeMap;

/// Names and values.
#[derive(Debug, Default, PartialEq)]
pub struct Fields(BTreeMap<String, String>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let mut fields = Self::default();
        fields.read(request.uri().query().unwrap_or_default());
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let unread = |_| Refusal::wrong("The form cannot be read");
            let mut parts =
                Multipart::from_request(request, state).await.map_err(|_| Refusal::wrong("The form cannot be read"))?;
            while let Some(part) = parts.next_field().await.map_err(unread)? {
                let name = part.name().unwrap_or_default().to_owned();
                fields.put(name, part.text().await.map_err(unread)?);
            }
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            let body =
                Bytes::from_request(request, state).await.map_err(|_| Refusal::wrong("The form cannot be read"))?;
            fields.read(&String::from_utf8_lossy(&body));
        }
        Ok(fields)
    }
}

impl Fields {
    /// Reads `name=value&…`.
    fn read(&mut self, text: &str) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.put(decoded(name), decoded(value));
        }
    }

    fn put(&mut self, name: String, value: String) {
        self.0.insert(name, value.trim().to_owned());
    }

    /// A value that says something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The box in the four fields of the form.
    ///
    /// # Errors
    /// The original's texts.
    pub fn corners(&self) -> Result<[f64; 4], Refusal> {
        match ["minlon", "minlat", "maxlon", "maxlat"].map(|name| self.get(name)) {
            [Some(west), Some(south), Some(east), Some(north)] => numbers([west, south, east, north].into_iter()),
            // Scripts for the drawing script use its list here, too.
            _ => self.list(),
        }
    }

    /// The box in the one field `bbox`.
    ///
    /// # Errors
    /// The original's texts.
    pub fn list(&self) -> Result<[f64; 4], Refusal> {
        let list = self.get("bbox").ok_or_else(|| Refusal::wrong("No bounding box specified"))?;
        numbers(list.split(','))
    }
}

/// West, south, east, north: four numbers in order.
fn numbers<'t>(words: impl Iterator<Item = &'t str>) -> Result<[f64; 4], Refusal> {
    let invalid = || Refusal::wrong("Invalid bounding box");
    let numbers: Vec<f64> = words.map(|word| word.trim().parse()).collect::<Result<_, _>>().map_err(|_| invalid())?;
    let [west, south, east, north] = <[f64; 4]>::try_from(numbers).map_err(|_| invalid())?;
    let fits = west < east && south < north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
    if fits { Ok([west, south, east, north]) } else { Err(invalid()) }
}

/// `+` and `%41` as forms write them.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match (byte, hex.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'+', _) => out.push(b' '),
            (b'%', Some(code)) => {
                out.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
