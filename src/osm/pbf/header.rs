//! The header block: box, date and required features.

use super::super::{Bounds, Builder, history, number};
use crate::error::{Error, Result};
use crate::wire::protobuf::{Value, fields, signed};

/// Features of a file that this reader knows what to do with.
const KNOWN: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Box, date and required features; whether there is a box.
pub fn header(data: &[u8], builder: &mut Builder) -> Result<bool> {
    let mut boxed = false;
    fields(data, |field, value| {
        match (field, value) {
            (1, Value::Bytes(bytes)) => {
                if let Some(bounds) = bounds(bytes)? {
                    builder.bound(bounds);
                    boxed = true;
                }
            }
            (4, Value::Bytes(bytes)) => {
                let feature = String::from_utf8_lossy(bytes);
                if feature == "HistoricalInformation" {
                    return Err(history::found());
                }
                if !KNOWN.contains(&feature.as_ref()) {
                    return Err(Error::Foreign(format!("this PBF needs the feature {feature}, which is not read")));
                }
            }
            (32, Value::Varint(seconds)) => {
                if let Some(date) = rfc3339(seconds) {
                    *builder.header().1 = date;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(boxed)
}

/// A header box: left, right, top, bottom in units of 1e-9 degrees.
fn bounds(bytes: &[u8]) -> Result<Option<Bounds>> {
    let mut sides = [None; 4];
    fields(bytes, |field, value| {
        let side = (field as usize).checked_sub(1).and_then(|row| sides.get_mut(row));
        if let (Some(side), Some(number)) = (side, value.number()) {
            *side = Some(signed(number) / 100);
        }
        Ok(())
    })?;
    let [Some(west), Some(east), Some(north), Some(south)] = sides else { return Ok(None) };
    let corners = number::within(west, south).zip(number::within(east, north));
    Ok(corners.map(|([west, south], [east, north])| Bounds { west, south, east, north }))
}

/// Seconds since 1970 as a date (Howard Hinnant's civil-from-days algorithm).
fn rfc3339(seconds: u64) -> Option<String> {
    let seconds = i64::try_from(seconds).ok().filter(|seconds| *seconds < 253_402_300_800)?;
    let (days, time) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60))
}
