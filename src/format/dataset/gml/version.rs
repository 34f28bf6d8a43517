//! Versions of GML.

use crate::geo::crs::Crs;

/// Which GML it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 2.1.2.
    Two,
    /// 3.1.1, whose geometry stands in other documents.
    ThreeOne,
    /// 3.2.1.
    Three,
}

impl Version {
    /// Its namespace.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Two | Self::ThreeOne => "http://www.opengis.net/gml",
            Self::Three => "http://www.opengis.net/gml/3.2",
        }
    }

    /// Where its schema is: for features, which bring geometry along.
    pub fn schema(self) -> &'static str {
        match self {
            Self::Two => "http://schemas.opengis.net/gml/2.1.2/feature.xsd",
            Self::ThreeOne => "http://schemas.opengis.net/gml/3.1.1/base/gml.xsd",
            Self::Three => "http://schemas.opengis.net/gml/3.2.1/gml.xsd",
        }
    }

    /// The name of a coordinate system: of GML 2, one whose coordinates begin in the east whatever EPSG says.
    pub fn srs(self, crs: &Crs) -> String {
        match self {
            Self::Two => format!("http://www.opengis.net/gml/srs/epsg.xml#{}", crs.epsg),
            Self::ThreeOne | Self::Three => format!("urn:ogc:def:crs:EPSG::{}", crs.epsg),
        }
    }
}
