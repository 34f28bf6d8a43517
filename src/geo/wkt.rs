//! Coordinate reference systems as well-known text of the first version (OGC 01-009 §7), as most programs still read it.

use super::epsg::definition;
use std::fmt::Write;

/// Whose names of projections and parameters are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Those of OGC and GDAL: GeoPackage, SpatiaLite.
    Ogc,
    /// Those of Esri: the file `.prj` of a shapefile.
    Esri,
}

/// Names of ellipsoids in PROJ; semi-major axis in metres, inverse flattening (0 for a sphere).
const ELLIPSOIDS: &[(&str, f64, f64)] = &[
    ("WGS84", 6_378_137.0, 298.257_223_563),
    ("GRS80", 6_378_137.0, 298.257_222_101),
    ("bessel", 6_377_397.155, 299.152_812_8),
    ("intl", 6_378_388.0, 297.0),
    ("krass", 6_378_245.0, 298.3),
    ("clrk66", 6_378_206.4, 294.978_698_213_898),
    ("clrk80", 6_378_249.145, 293.465),
    ("clrk80ign", 6_378_249.2, 293.466_021_293_627),
    ("airy", 6_377_563.396, 299.324_964_6),
    ("mod_airy", 6_377_340.189, 299.324_964_6),
    ("aust_SA", 6_378_160.0, 298.25),
    ("GRS67", 6_378_160.0, 298.247_167_427),
    ("WGS72", 6_378_135.0, 298.26),
    ("evrst30", 6_377_276.345, 300.801_7),
    ("helmert", 6_378_200.0, 298.3),
    ("bess_nam", 6_377_483.865, 299.152_812_8),
];
/// Names of datums in PROJ, and their ellipsoids.
const DATUMS: &[(&str, &str)] = &[
    ("WGS84", "WGS84"),
    ("NAD83", "GRS80"),
    ("NAD27", "clrk66"),
    ("GGRS87", "GRS80"),
    ("potsdam", "bessel"),
    ("hermannskogel", "bessel"),
    ("OSGB36", "airy"),
    ("ire65", "mod_airy"),
    ("carthage", "clrk80ign"),
    ("nzgd49", "intl"),
];

/// A parameter: its name, the word of PROJ, what it is where that is missing.
type Parameter = (&'static str, &'static str, f64);
/// A projection: what it is called below, its name and parameters for OGC, and those for Esri.
type Projection = (&'static str, (&'static str, &'static [Parameter]), (&'static str, &'static [Parameter]));

const EAST: Parameter = ("false_easting", "x_0", 0.0);
const NORTH: Parameter = ("false_northing", "y_0", 0.0);
const SCALE: Parameter = ("scale_factor", "k", 1.0);
const MERIDIAN: Parameter = ("central_meridian", "lon_0", 0.0);
const ORIGIN: Parameter = ("latitude_of_origin", "lat_0", 0.0);
const FIRST: Parameter = ("standard_parallel_1", "lat_1", 0.0);
const SECOND: Parameter = ("standard_parallel_2", "lat_2", 0.0);
const CENTER: [Parameter; 2] = [("latitude_of_center", "lat_0", 0.0), ("longitude_of_center", "lon_0", 0.0)];
/// Where the scale is true: of one parallel, of a pole.
const TRUE: Parameter = ("latitude_of_origin", TRUE_LATITUDE, 0.0);
const TRUE_ESRI: Parameter = ("standard_parallel_1", TRUE_LATITUDE, 0.0);
const TRUE_LATITUDE: &str = "lat_true";

const CENTRAL: &[Parameter] = &[ORIGIN, MERIDIAN, SCALE, EAST, NORTH];
const CONIC: &[Parameter] = &[FIRST, SECOND, ORIGIN, MERIDIAN, EAST, NORTH];
const ALBERS: &[Parameter] = &[FIRST, SECOND, CENTER[0], CENTER[1], EAST, NORTH];
const AZIMUTHAL: &[Parameter] = &[CENTER[0], CENTER[1], EAST, NORTH];
const TANGENT: &[Parameter] = &[TRUE, MERIDIAN, SCALE, EAST, NORTH];
const POLAR: &[Parameter] = &[TRUE_ESRI, MERIDIAN, SCALE, EAST, NORTH];

const PROJECTIONS: &[Projection] = &[
    ("tmerc", ("Transverse_Mercator", CENTRAL), ("Transverse_Mercator", CENTRAL)),
    ("lcc", ("Lambert_Conformal_Conic_2SP", CONIC), ("Lambert_Conformal_Conic", CONIC)),
    (
        "lcc1",
        ("Lambert_Conformal_Conic_1SP", TANGENT),
        ("Lambert_Conformal_Conic", &[TRUE_ESRI, TRUE, MERIDIAN, SCALE, EAST, NORTH]),
    ),
    ("aea", ("Albers_Conic_Equal_Area", ALBERS), ("Albers", ALBERS)),
    ("laea", ("Lambert_Azimuthal_Equal_Area", AZIMUTHAL), ("Lambert_Azimuthal_Equal_Area", AZIMUTHAL)),
    ("merc", ("Mercator_1SP", &[MERIDIAN, SCALE, EAST, NORTH]), ("Mercator", &[MERIDIAN, SCALE, EAST, NORTH])),
    ("sterea", ("Oblique_Stereographic", CENTRAL), ("Double_Stereographic", CENTRAL)),
    ("cass", ("Cassini_Soldner", &[ORIGIN, MERIDIAN, EAST, NORTH]), ("Cassini", &[ORIGIN, MERIDIAN, EAST, NORTH])),
    ("north", ("Polar_Stereographic", TANGENT), ("Stereographic_North_Pole", POLAR)),
    ("south", ("Polar_Stereographic", TANGENT), ("Stereographic_South_Pole", POLAR)),
];

/// What Web Mercator is called where its sphere would confuse readers.
const WEB_MERCATOR: [&str; 2] = [
    "PROJCS[\"WGS 84 / Pseudo-Mercator\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]],PROJECTION[\"Mercator_1SP\"],PARAMETER[\"central_meridian\",0],PARAMETER[\"scale_factor\",1],PARAMETER[\"false_easting\",0],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1],AXIS[\"X\",EAST],AXIS[\"Y\",NORTH],EXTENSION[\"PROJ4\",\"+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs\"],AUTHORITY[\"EPSG\",\"3857\"]]",
    "PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"False_Easting\",0],PARAMETER[\"False_Northing\",0],PARAMETER[\"Central_Meridian\",0],PARAMETER[\"Standard_Parallel_1\",0],PARAMETER[\"Auxiliary_Sphere_Type\",0],UNIT[\"Meter\",1],AUTHORITY[\"EPSG\",\"3857\"]]",
];

/// The words of a definition of PROJ.
struct Words(String);

impl Words {
    fn text(&self, key: &str) -> Option<&str> {
        self.0.split_whitespace().find_map(|word| word.strip_prefix('+')?.strip_prefix(key)?.strip_prefix('='))
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.text(key)?.parse().ok()
    }
}

/// The well-known text of an EPSG code; none for a code that is unknown or whose projection has no name here.
pub fn wkt(epsg: u16, dialect: Dialect) -> Option<String> {
    if epsg == 3857 {
        return WEB_MERCATOR.get(usize::from(dialect == Dialect::Esri)).map(|text| (*text).to_owned());
    }
    if epsg == 4326 {
        return geographic(&Words("+proj=longlat +datum=WGS84".into()), dialect, Some(4326));
    }
    let words = Words(definition(epsg)?);
    if words.text("proj")? == "longlat" {
        return geographic(&words, dialect, Some(epsg));
    }
    let (datum, projection) = (geographic(&words, dialect, None)?, projection(&words, dialect)?);
    let unit = if dialect == Dialect::Esri { "Meter" } else { "metre" };
    // Axes are left out: all of these files have the easting first.
    Some(format!("PROJCS[\"EPSG:{epsg}\",{datum},{projection}UNIT[\"{unit}\",1],AUTHORITY[\"EPSG\",\"{epsg}\"]]"))
}

/// The projection and its parameters; none for one that has no name here.
fn projection(words: &Words, dialect: Dialect) -> Option<String> {
    let pole = words.number("lat_0").unwrap_or(0.0);
    let true_latitude = words.number("lat_ts");
    let (name, latitude) = match words.text("proj")? {
        "utm" => ("tmerc", 0.0),
        "lcc" if words.number("lat_2").is_none() => ("lcc1", words.number("lat_1").unwrap_or(pole)),
        "stere" if pole > 89.9 => ("north", true_latitude.unwrap_or(pole)),
        "stere" if pole < -89.9 => ("south", true_latitude.unwrap_or(pole)),
        "merc" if true_latitude.is_some_and(|latitude| latitude != 0.0) => return None,
        other => (other, 0.0),
    };
    let zone = words.number("zone").filter(|_| words.text("proj") == Some("utm"));
    let value = |key: &str| match (key, zone) {
        (TRUE_LATITUDE, _) => Some(latitude),
        ("lon_0", Some(zone)) => Some(zone * 6.0 - 183.0),
        ("k", Some(_)) => Some(0.9996),
        ("x_0", Some(_)) => Some(500_000.0),
        ("y_0", Some(_)) => Some(if words.0.contains("+south") { 10_000_000.0 } else { 0.0 }),
        ("k", None) => words.number("k").or(words.number("k_0")),
        _ => words.number(key),
    };
    let (_, ogc, esri) = PROJECTIONS.iter().find(|(known, ..)| *known == name)?;
    let (name, parameters) = if dialect == Dialect::Esri { esri } else { ogc };
    let mut out = format!("PROJECTION[\"{name}\"],");
    for (name, key, usual) in *parameters {
        write!(out, "PARAMETER[\"{name}\",{}],", value(key).unwrap_or(*usual)).ok()?;
    }
    Some(out)
}

/// The geographic system of a definition.
fn geographic(words: &Words, dialect: Dialect, epsg: Option<u16>) -> Option<String> {
    let datum = words.text("datum");
    let named =
        datum.and_then(|datum| DATUMS.iter().find(|(known, _)| *known == datum)).map(|(_, ellipsoid)| *ellipsoid);
    let ellipsoid = named.or(words.text("ellps"));
    let (a, flattening) = match ellipsoid {
        Some(name) => {
            ELLIPSOIDS.iter().find(|(known, ..)| *known == name).map(|(_, a, flattening)| (*a, *flattening))?
        }
        None => {
            let a = words.number("a")?;
            let b = words.number("b").filter(|b| (a - b).abs() > 1e-6);
            (a, words.number("rf").or(b.map(|b| a / (a - b))).unwrap_or(0.0))
        }
    };
    let meridian = match words.text("pm") {
        None | Some("0" | "greenwich") => 0.0,
        Some("paris") => 2.337_229_166_667,
        Some(number) => number.parse().ok()?,
    };
    let world = datum == Some("WGS84");
    let esri = dialect == Dialect::Esri;
    let (name, datum, spheroid) = match (world, esri) {
        (true, true) => ("GCS_WGS_1984", "D_WGS_1984", "WGS_1984"),
        (true, false) => ("WGS 84", "WGS_1984", "WGS 84"),
        (false, _) => ("unnamed", if esri { "D_unknown" } else { "unknown" }, ellipsoid.unwrap_or("unnamed")),
    };
    // Esri has no place for the shift, and refuses the text.
    let shift = words.text("towgs84").filter(|_| !esri).map(|shift| {
        let numbers = shift.split(',').count();
        format!(",TOWGS84[{shift}{}]", ",0".repeat(7_usize.saturating_sub(numbers)))
    });
    let unit = if esri { "Degree" } else { "degree" };
    let prime = if meridian == 0.0 { "Greenwich" } else { "unnamed" };
    let code =
        epsg.or(world.then_some(4326)).map(|epsg| format!(",AUTHORITY[\"EPSG\",\"{epsg}\"]")).unwrap_or_default();
    let name = epsg.filter(|_| !world).map_or(name.to_owned(), |epsg| format!("EPSG:{epsg}"));
    Some(format!(
        "GEOGCS[\"{name}\",DATUM[\"{datum}\",SPHEROID[\"{spheroid}\",{a},{flattening}]{}],PRIMEM[\"{prime}\",{meridian}],UNIT[\"{unit}\",0.0174532925199433]{code}]",
        shift.unwrap_or_default()
    ))
}
