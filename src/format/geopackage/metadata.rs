//! What a GeoPackage says of its data: a summary (ISO 19115), the words of QGIS for each layer, and how the file was made.

use super::iso;
use super::tables::{METADATA, REFERENCES};
use crate::error::Result;
use crate::format::database::dated;
use crate::format::qgis;
use crate::format::write::Job;
use crate::styled::StyledLayers;
use crate::watch::Watch;
use crate::wire::sqlite::{Database, Value};

/// Whose words they are.
const ISO: &str = "http://www.isotc211.org/2005/gmd";
const QGIS: &str = "http://mrcc.com/qgis.dtd";
const OWN: &str = "urn:mapwright:provenance";

/// Writes both tables, which then stand where the file begins.
pub fn write(database: &mut Database, layers: &StyledLayers, job: &Job, watch: &mut Watch) -> Result<()> {
    let metadata = database.table(&METADATA)?;
    let own = job.provenance.text();
    let features = layers.tables.first().map(|table| table.features);
    let mut rows = vec![("application/json", OWN, own, None)];
    rows.extend(features.map(|features| ("text/xml", ISO, iso::summary(features, &layers.sheet, job), None)));
    for table in &layers.tables {
        let words = qgis::metadata(&table.name, table.features);
        rows.push(("text/xml", QGIS, String::from_utf8_lossy(&words).into_owned(), Some(&table.name)));
    }
    for (mime, standard, text, _) in &rows {
        let words = [Value::Text("dataset"), Value::Text(standard), Value::Text(mime), Value::Text(text)];
        database.insert(metadata, &[[Value::Null].as_slice(), &words].concat())?;
    }
    database.close(metadata, watch)?;
    let references = database.table(&REFERENCES)?;
    let date = dated(features.map_or("", |features| &features.map.osm.timestamp));
    for (row, (.., table)) in rows.iter().enumerate() {
        let scope = if table.is_some() { "table" } else { "geopackage" };
        let name = table.map_or(Value::Null, |name| Value::Text(name));
        let words = [Value::Text(scope), name, Value::Null, Value::Null, Value::Text(&date)];
        database.insert(references, &[words.as_slice(), &[Value::Int(row as i64 + 1), Value::Null]].concat())?;
    }
    database.close(references, watch)
}
