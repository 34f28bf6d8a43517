//! What is said of the graph, of nodes and of edges; names and units are those of OSMnx where it has them.

/// One attribute.
pub struct Key {
    /// `graph`, `node` or `edge`.
    pub owner: &'static str,
    /// Its name.
    pub name: &'static str,
    /// GraphML type.
    pub kind: &'static str,
    /// One sentence.
    pub about: &'static str,
}

const fn key(owner: &'static str, name: &'static str, kind: &'static str, about: &'static str) -> Key {
    Key { owner, name, kind, about }
}

/// All attributes; the row is the number of the key.
pub const KEYS: &[Key] = &[
    key("graph", "crs", "string", "Coordinate reference system of x and y"),
    key("graph", "attribution", "string", "Where the data are from"),
    key("graph", "created_with", "string", "Program"),
    key("graph", "timestamp", "string", "Date of the data"),
    key("node", "x", "double", "Longitude, degrees"),
    key("node", "y", "double", "Latitude, degrees"),
    key("node", "osm_id", "long", "Id of the OSM node, of copies that forbidden turns make, too"),
    key("node", "street_count", "int", "Streets that end here, each once whatever directions it has; loops end twice"),
    key("node", "highway", "string", "Tag: crossing, traffic_signals, stop"),
    key("node", "barrier", "string", "Tag: gate, bollard"),
    key("node", "car", "boolean", "Cars may pass the barrier"),
    key("node", "bicycle", "boolean", "Bicycles may pass the barrier"),
    key("node", "foot", "boolean", "People on foot may pass the barrier"),
    key("edge", "osmid", "long", "Id of the OSM way"),
    key("edge", "name", "string", "Name"),
    key("edge", "ref", "string", "Number of the road"),
    key("edge", "highway", "string", "Tag: primary, residential, footway"),
    key("edge", "lanes", "string", "Tag"),
    key("edge", "maxspeed", "string", "Tag"),
    key("edge", "bridge", "string", "Tag"),
    key("edge", "tunnel", "string", "Tag"),
    key("edge", "junction", "string", "Tag: roundabout"),
    key("edge", "service", "string", "Tag: driveway, parking_aisle"),
    key("edge", "surface", "string", "Tag"),
    key("edge", "access", "string", "Tag"),
    key("edge", "width", "string", "Tag"),
    key("edge", "class", "string", "Class of the layer roads"),
    key("edge", "oneway", "boolean", "Vehicles may use the way in one direction only"),
    key("edge", "reversed", "boolean", "The edge runs against the direction of the way"),
    key("edge", "length", "double", "Metres on the WGS 84 ellipsoid"),
    key(
        "edge",
        "speed_kph",
        "double",
        "Speed of the fastest who may pass: cars as tagged or usual, bicycles 15, on foot 5 km/h",
    ),
    key("edge", "travel_time", "double", "Seconds at that speed"),
    key("edge", "car", "boolean", "Cars may pass"),
    key("edge", "bicycle", "boolean", "Bicycles may pass"),
    key("edge", "foot", "boolean", "People on foot may pass"),
    key(
        "edge",
        "forbidden",
        "string",
        "Turns that are not allowed after this edge: edges that must not follow, then for whom; several by semicolons",
    ),
    key("edge", "geometry", "string", "Course as WKT, degrees"),
    key("graph", "provenance", "string", "Version, request and date that the file was made by and from, JSON"),
    key("edge", "edge", "int", "Number of the edge, as `forbidden` names it"),
];
