//! Reader: json.
