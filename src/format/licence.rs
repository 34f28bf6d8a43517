//! What may be done with the data, as packages of several files say it.

use crate::osm::ATTRIBUTION;

/// `LICENSE.txt`.
pub fn terms() -> String {
    format!(
        "{ATTRIBUTION}\n\nThe data are available under the Open Database License (ODbL) 1.0:\n\
         https://opendatacommons.org/licenses/odbl/1-0/\n\nMaps of them show this credit: \
         https://www.openstreetmap.org/copyright\n"
    )
}
