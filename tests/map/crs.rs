//! Projections against PROJ: `crs.csv` holds code, longitude, latitude, x and y as pyproj 3.7 (PROJ 9.5) computes them, and
//! how many metres may lie between: a millimetre, but more where PROJ shifts an old datum another way.

use crate::common;
use mapwright::geo::crs::Crs;

/// Metres in a degree.
const DEGREE: f64 = 111_000.0;

#[test]
fn agrees_with_proj() {
    let text = String::from_utf8(common::data("crs.csv")).unwrap();
    let mut wrong = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<f64> = line.split(',').take(6).map(|cell| cell.parse().unwrap()).collect();
        let crs = match Crs::from_epsg(cells[0] as u32) {
            Ok(crs) => crs,
            Err(fault) => {
                wrong.push(format!("{line}: {fault}"));
                continue;
            }
        };
        // Half a quantum more: results are rounded, degrees to a centimetre.
        let near = if crs.geographic { cells[5] / DEGREE + 0.6e-7 } else { cells[5] + 0.000_6 };
        match crs.project([cells[1], cells[2]]) {
            Ok([x, y]) if (x - cells[3]).abs() <= near && (y - cells[4]).abs() <= near => {}
            other => wrong.push(format!("{line}: {other:?}")),
        }
        if let Err(fault) = crs.reaches([cells[1], cells[2]]) {
            wrong.push(format!("{line}: {fault}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn refuses_by_name_what_it_cannot_compute() {
    for (code, why) in [
        (999_999, "not a code"),
        (2263, "neither in degrees nor in metres"),
        (4978, "both ways"),
        (26717, "grid"),
        (5513, "as EPSG defines it"),
    ] {
        let fault = Crs::from_epsg(code).unwrap_err().to_string();
        assert!(fault.contains(&code.to_string()) && fault.contains(why), "{fault}");
    }
    for (crs, place) in [(Crs::utm(7.4, 43.7), [99.0, 0.0]), (Crs::web_mercator(), [7.0, 90.0])] {
        let fault = crs.reaches(place).unwrap_err().to_string();
        assert!(
            fault.contains(&format!("EPSG:{} cannot show the place {}, {}", crs.epsg, place[0], place[1])),
            "{fault}"
        );
    }
}

#[test]
fn every_zone_exists() {
    for zone in 0..60 {
        let longitude = -177.0 + 6.0 * f64::from(zone);
        assert_eq!(Crs::utm(longitude, 50.0).epsg, 32601 + zone);
        assert_eq!(Crs::utm(longitude, -50.0).epsg, 32701 + zone);
    }
    assert_eq!(Crs::utm(180.0, 1.0).epsg, 32601);
    assert_eq!(Crs::web_mercator().epsg, 3857);
}
