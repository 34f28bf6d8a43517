//! GeoPackages (OGC 12-128r18, version 1.3): a table for every layer and kind of geometry with its R-tree, its style, what is
//! known of it, and, where somebody wants that, a project of QGIS.

mod features;
mod iso;
mod metadata;
pub mod tables;

use super::write::{Job, Written};
use crate::error::Result;
use crate::sink::Sink;
use crate::styled::StyledLayers;
use crate::watch::Watch;
use crate::wire::hex::hex;
use crate::wire::sqlite::{Database, Value};
use features::Layers;

/// What GeoPackages are to programs that look at the head of a database: "GPKG", and their version.
pub const APPLICATION: u32 = 0x4750_4b47;
/// See [`APPLICATION`].
pub const VERSION: u32 = 10300;
/// The part of the progress that rows take; indexes take the rest.
const ROWS: f64 = 0.9;

/// A project of QGIS that lies in the file: its name, and the bytes of a `.qgz`.
pub struct Project {
    /// What QGIS lists it as.
    pub name: String,
    /// What it is.
    pub bytes: Vec<u8>,
}

/// Writes a GeoPackage.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the sink.
pub fn write(
    layers: &StyledLayers,
    project: Option<&Project>,
    job: &mut Job,
    watch: &mut Watch,
    sink: &mut dyn Sink,
) -> Written {
    let drawn = layers.drawn();
    let mut database = Database::new(sink)?;
    database.application_id = APPLICATION;
    database.user_version = VERSION;
    // First, so that it stands where the file begins.
    metadata::write(&mut database, layers, job, watch)?;
    if let Some(project) = project {
        put_project(&mut database, project, watch)?;
    }
    let own = layers.tables.first().map(|table| table.features.crs.epsg);
    tables::systems(&mut database, own, watch)?;
    let mut writer = Layers::new(&mut database, job.settings)?;
    watch.part(0.0..ROWS, |watch| {
        let count = drawn.len() as f64;
        for (row, layer) in drawn.iter().enumerate() {
            let share = row as f64 / count..(row + 1) as f64 / count;
            watch.part(share, |watch| writer.layer(&mut database, layer, watch))?;
        }
        Ok(())
    })?;
    watch.part(ROWS..1.0, |watch| database.finish(watch))
}

/// The table in which QGIS keeps projects: hexadecimal text of the file.
fn put_project(database: &mut Database, project: &Project, watch: &mut Watch) -> Result<()> {
    let table = database.table(&tables::PROJECTS)?;
    let metadata = "{\"last_modified_time\":\"\",\"last_modified_user\":\"mapwright\"}";
    let mut figures = Vec::with_capacity(2 * project.bytes.len());
    hex(&mut figures, &project.bytes);
    let text = String::from_utf8_lossy(&figures);
    database.insert(table, &[Value::Text(&project.name), Value::Text(metadata), Value::Text(&text)])?;
    database.close(table, watch)
}
