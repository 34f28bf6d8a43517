//! Reader: xml.
