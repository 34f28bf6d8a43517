//! Coordinate reference systems as PROJJSON (proj.org, version 0.7), for formats that want the whole definition and not a code
//! alone. Programs know the system by its `id`; names that no string of definitions says are not made up.

use super::crs::Crs;
use super::epsg::definition;
use serde_json::{Value, json};

/// Ellipsoids by their names in definitions: name, semi-major axis in metres, inverse flattening (EPSG).
const ELLIPSOIDS: &[(&str, &str, f64, f64)] = &[
    ("WGS84", "WGS 84", 6_378_137.0, 298.257_223_563),
    ("GRS80", "GRS 1980", 6_378_137.0, 298.257_222_101),
    ("intl", "International 1924", 6_378_388.0, 297.0),
    ("bessel", "Bessel 1841", 6_377_397.155, 299.152_812_8),
    ("krass", "Krassowsky 1940", 6_378_245.0, 298.3),
];

/// A system as PROJJSON; none where it is made of more than is told here: projections other than transverse Mercator and Web
/// Mercator, and ellipsoids that few use.
pub fn projjson(crs: &Crs) -> Option<Value> {
    let text = definition(crs.epsg)?;
    let value = |key: &str| {
        text.split_whitespace().find_map(|word| word.strip_prefix('+')?.strip_prefix(key)?.strip_prefix('='))
    };
    let number = |key: &str, usual: f64| value(key).map_or(Some(usual), |text| text.parse::<f64>().ok());
    if value("pm").is_some() || value("axis").is_some() || value("units").is_some_and(|units| units != "m") {
        return None;
    }
    let name = format!("EPSG:{}", crs.epsg);
    let id = json!({"authority": "EPSG", "code": crs.epsg});
    let web = crs.epsg == 3857;
    let ellipsoid = match value("datum") {
        _ if web => "WGS84",
        Some("WGS84") => "WGS84",
        Some("potsdam") => "bessel",
        Some(_) => return None,
        None => value("ellps")?,
    };
    let (_, title, axis, flattening) = ELLIPSOIDS.iter().find(|(known, ..)| *known == ellipsoid)?;
    let datum = json!({
        "type": "GeodeticReferenceFrame",
        "name": "unknown",
        "ellipsoid": {"name": title, "semi_major_axis": axis, "inverse_flattening": flattening},
    });
    let degrees = json!({"subtype": "ellipsoidal", "axis": [
        side("Geodetic latitude", "Lat", "north", "degree"),
        side("Geodetic longitude", "Lon", "east", "degree"),
    ]});
    if crs.geographic {
        return Some(json!({
            "type": "GeographicCRS", "name": name, "datum": datum, "coordinate_system": degrees, "id": id,
        }));
    }
    let base = json!({"type": "GeographicCRS", "name": "unknown", "datum": datum, "coordinate_system": degrees});
    let (middle, scale, east, north, south) = match value("proj")? {
        "utm" => {
            let below = text.split_whitespace().any(|word| word == "+south");
            (number("zone", 0.0)? * 6.0 - 183.0, 0.9996, 500_000.0, if below { 1e7 } else { 0.0 }, 0.0)
        }
        "tmerc" => {
            let scale = number("k", number("k_0", 1.0)?)?;
            (number("lon_0", 0.0)?, scale, number("x_0", 0.0)?, number("y_0", 0.0)?, number("lat_0", 0.0)?)
        }
        "merc" if web => (0.0, 1.0, 0.0, 0.0, 0.0),
        _ => return None,
    };
    let parameter = |name: &str, code: u16, value: f64, unit: &str| json!({"name": name, "value": value, "unit": unit, "id": {"authority": "EPSG", "code": code}});
    let mut parameters = vec![
        parameter("Latitude of natural origin", 8801, south, "degree"),
        parameter("Longitude of natural origin", 8802, middle, "degree"),
    ];
    if !web {
        parameters.push(parameter("Scale factor at natural origin", 8805, scale, "unity"));
    }
    parameters.push(parameter("False easting", 8806, east, "metre"));
    parameters.push(parameter("False northing", 8807, north, "metre"));
    let method = match web {
        true => json!({"name": "Popular Visualisation Pseudo Mercator", "id": {"authority": "EPSG", "code": 1024}}),
        false => json!({"name": "Transverse Mercator", "id": {"authority": "EPSG", "code": 9807}}),
    };
    Some(json!({
        "type": "ProjectedCRS",
        "name": name,
        "base_crs": base,
        "conversion": {"name": "unknown", "method": method, "parameters": parameters},
        "coordinate_system": {"subtype": "Cartesian", "axis": [
            side("Easting", "E", "east", "metre"),
            side("Northing", "N", "north", "metre"),
        ]},
        "id": id,
    }))
}

fn side(name: &str, short: &str, direction: &str, unit: &str) -> Value {
    json!({"name": name, "abbreviation": short, "direction": direction, "unit": unit})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: u32) -> Option<Value> {
        projjson(&Crs::from_epsg(code).unwrap())
    }

    #[test]
    fn systems_that_most_use_are_told_whole() {
        for (code, middle, north) in [(32632, 9.0, 0.0), (32733, 15.0, 1e7), (25832, 9.0, 0.0), (31467, 9.0, 0.0)] {
            let found = of(code).unwrap();
            assert_eq!(found["id"]["code"], code);
            let value = |row: usize| found["conversion"]["parameters"][row]["value"].as_f64().unwrap();
            assert_eq!((value(1), value(4)), (middle, north), "{code}");
        }
        assert_eq!(of(3857).unwrap()["conversion"]["parameters"].as_array().unwrap().len(), 4);
        assert_eq!(of(4258).unwrap()["type"], "GeographicCRS");
        assert!(of(3035).is_none());
    }
}
