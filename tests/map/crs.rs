//! Projections against PROJ: `crs.csv`, written by `crs.py` beside it, holds code, longitude, latitude, x and y as pyproj
//! computes them, and how many metres may lie between: a millimetre, but more where PROJ shifts an old datum another way.

use crate::common;
use mapwright::geo::crs::Crs;
use std::collections::BTreeSet;

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
    let column = |at: usize| text.lines().skip(1).filter_map(move |line| line.split(',').nth(at));
    let exact: BTreeSet<&str> =
        column(0).zip(column(5)).filter(|(_, metres)| *metres == "0.001").map(|row| row.0).collect();
    let methods: BTreeSet<&str> = column(6).collect();
    println!("{} codes to the millimetre, {} methods", exact.len(), methods.len());
    assert!(exact.len() >= 100 && methods.len() >= 25);
}

#[test]
fn refuses_by_name_what_it_cannot_compute() {
    for (code, why) in [
        (999_999, "not a code"),
        (2263, "neither in degrees nor in metres"),
        (4978, "both ways"),
        (26717, "grid"),
        (5513, "as EPSG defines it"),
        (2097, "whose shift to WGS 84 is not at hand"),
        (2008, "whose shift"),
        (31277, "as EPSG defines it"),
    ] {
        let fault = Crs::from_epsg(code).unwrap_err().to_string();
        assert!(fault.contains(&code.to_string()) && fault.contains(why) && fault.contains("EPSG:3857"), "{fault}");
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

#[test]
fn zones_of_norway_svalbard_and_the_poles() {
    for (place, code) in [
        ([5.3, 60.4], 32632),
        ([2.9, 60.4], 32631),
        ([5.3, 55.9], 32631),
        ([5.3, 64.0], 32631),
        ([8.9, 78.0], 32631),
        ([9.0, 78.0], 32633),
        ([15.6, 78.2], 32633),
        ([21.0, 78.0], 32635),
        ([34.0, 78.0], 32637),
        ([42.0, 78.0], 32638),
        ([15.6, 71.9], 32633),
        ([15.6, 84.0], 5041),
        ([15.6, 90.0], 5041),
        ([15.6, -80.0], 32733),
        ([15.6, -80.1], 5042),
    ] {
        assert_eq!(Crs::fitting(place[0], place[1]).epsg, code, "{place:?}");
    }
}
