//! Symbols of waypoints, as Garmin calls them: what devices draw that know no others.

use crate::map::Class;

/// Kinds of places that have a symbol of their own.
const KINDS: &[(&str, &str)] = &[
    ("aerodrome", "Airport"),
    ("alpine_hut", "Lodging"),
    ("arts_centre", "Live Theater"),
    ("atm", "Bank"),
    ("attraction", "Scenic Area"),
    ("bank", "Bank"),
    ("bar", "Bar"),
    ("beach", "Beach"),
    ("biergarten", "Bar"),
    ("boat_rental", "Boat Ramp"),
    ("camp_site", "Campground"),
    ("car_rental", "Car Rental"),
    ("car_repair", "Car Repair"),
    ("caravan_site", "RV Park"),
    ("cave_entrance", "Mine"),
    ("cinema", "Movie Theater"),
    ("city", "City (Large)"),
    ("clinic", "Medical Facility"),
    ("convenience", "Convenience Store"),
    ("dentist", "Medical Facility"),
    ("department_store", "Department Store"),
    ("doctors", "Medical Facility"),
    ("drinking_water", "Drinking Water"),
    ("fast_food", "Fast Food"),
    ("fire_hydrant", "Water Hydrant"),
    ("fire_station", "Civil"),
    ("fishing", "Fishing Area"),
    ("fitness_centre", "Fitness Center"),
    ("fuel", "Gas Station"),
    ("gate", "Gate"),
    ("golf_course", "Golf Course"),
    ("grave_yard", "Cemetery"),
    ("hamlet", "City (Small)"),
    ("hospital", "Medical Facility"),
    ("information", "Information"),
    ("library", "Library"),
    ("lighthouse", "Light"),
    ("locality", "Waypoint"),
    ("mall", "Shopping Center"),
    ("marina", "Marina"),
    ("museum", "Museum"),
    ("park", "Park"),
    ("parking", "Parking Area"),
    ("peak", "Summit"),
    ("pharmacy", "Pharmacy"),
    ("picnic_site", "Picnic Area"),
    ("picnic_table", "Picnic Area"),
    ("playground", "Amusement Park"),
    ("police", "Police Station"),
    ("post_box", "Post Office"),
    ("post_office", "Post Office"),
    ("pub", "Bar"),
    ("restaurant", "Restaurant"),
    ("school", "School"),
    ("shelter", "Lodge"),
    ("shower", "Shower"),
    ("slipway", "Boat Ramp"),
    ("spring", "Water Source"),
    ("stadium", "Stadium"),
    ("supermarket", "Shopping Center"),
    ("swimming_area", "Swimming Area"),
    ("telephone", "Telephone"),
    ("theatre", "Live Theater"),
    ("theme_park", "Amusement Park"),
    ("toilets", "Restroom"),
    ("toll_booth", "Toll Booth"),
    ("town", "City (Medium)"),
    ("townhall", "City Hall"),
    ("university", "School"),
    ("viewpoint", "Scenic Area"),
    ("village", "City (Small)"),
    ("volcano", "Summit"),
    ("water_tower", "Tall Tower"),
    ("water_well", "Water Source"),
    ("zoo", "Zoo"),
];

/// The same for classes, where the kind has none.
const CLASSES: &[(&str, &str, &str)] = &[
    ("addresses", "", "Residence"),
    ("aeroways", "helipad", "Heliport"),
    ("aeroways", "", "Airport"),
    ("buildings", "", "Building"),
    ("natural", "tree", "Forest"),
    ("places", "", "City (Small)"),
    ("pois", "car", "Car"),
    ("pois", "culture", "Live Theater"),
    ("pois", "education", "School"),
    ("pois", "finance", "Bank"),
    ("pois", "food", "Restaurant"),
    ("pois", "health", "Medical Facility"),
    ("pois", "historic", "Scenic Area"),
    ("pois", "lodging", "Lodging"),
    ("pois", "public", "Civil"),
    ("pois", "religion", "Church"),
    ("pois", "shop", "Shopping Center"),
    ("pois", "sights", "Scenic Area"),
    ("pois", "tourism", "Information"),
    ("power", "", "Short Tower"),
    ("transport", "parking_space", "Parking Area"),
    ("transport", "station", "Railway"),
    ("transport", "stop", "Ground Transportation"),
    ("transport", "subway_entrance", "Ground Transportation"),
    ("water", "dam", "Dam"),
];

/// What waypoints have that nothing else fits.
const ANY: &str = "Waypoint";

/// The symbol of a class and the kind within it, the value of the tag that gave it.
pub fn symbol(class: &Class, kind: &str) -> &'static str {
    let of_kind = || KINDS.iter().find(|(own, _)| *own == kind).map(|(_, symbol)| *symbol);
    let fits = |(layer, id, _): &&(&str, &str, &str)| *layer == class.layer && (id.is_empty() || *id == class.id);
    // A tower of power lines is no place to see.
    let plain = ["power", "barriers", "addresses"].contains(&class.layer);
    let of_kind = if plain && class.id != "gate" { None } else { of_kind() };
    of_kind.or_else(|| CLASSES.iter().find(fits).map(|(_, _, symbol)| *symbol)).unwrap_or(ANY)
}
