//! What can go wrong: kinds of failure, never one variant per format.

use serde::{Deserialize, Serialize};

/// A failure with a sentence for a person, a stable `code` for programs, an HTTP status and an exit code.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    /// The request is wrong. `field` is the path of the field as request.md spells it, `message` says what would be right.
    #[error("{field}: {message}")]
    Request {
        /// Path of the field, e.g. `options.geojson.digits`.
        field: String,
        /// What is wrong and what would be right.
        message: String,
    },
    /// The bytes are none of the kinds that are read (Overpass JSON, OSM XML, PBF).
    #[error("{0}")]
    Foreign(String),
    /// The input is of a known kind, but breaks its rules.
    #[error("{0}")]
    Corrupt(String),
    /// The input ends before it should.
    #[error("{0}")]
    CutOff(String),
    /// A limit was reached; the message names it.
    #[error("{0}")]
    TooLarge(String),
    /// The request is more than a limit allows. `field` is the path of the field, `message` names number and limit.
    #[error("{field}: {message}")]
    Excess {
        /// Path of the field, e.g. `overlays[0]`.
        field: String,
        /// How much it is, and how much is allowed.
        message: String,
    },
    /// There is nothing to export.
    #[error("{0}")]
    Empty(String),
    /// The Overpass server answered with something that is not whole data.
    #[error("{message}")]
    Overpass {
        /// What kind of answer it was.
        fault: Fault,
        /// The server's words or ours; plain text, never HTML.
        message: String,
        /// Megabytes of memory the query would need, where the server named them.
        megabytes: Option<u32>,
    },
    /// A coordinate reference system that is unknown, not computable or does not reach the area.
    #[error("{0}")]
    Crs(String),
    /// The caller asked to stop.
    #[error("stopped")]
    Cancelled,
    /// Reading or writing outside the engine failed (command line and server only).
    #[error("{0}")]
    Io(String),
    /// A fault of mapwright itself.
    #[error("internal error: {0}")]
    Internal(String),
}

/// How an Overpass server failed; see `osm::overpass` for how each is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Status 400: the query was refused.
    Refused,
    /// Status 429: this address must wait.
    RateLimited,
    /// Status 504 with "too busy".
    Busy,
    /// Status 504: the database is switched off.
    Off,
    /// Another status, or a page where data should be.
    Message,
    /// A `remark`: the query ran out of time.
    Timeout,
    /// A `remark`: the query ran out of memory.
    Memory,
    /// Another `remark` that is an error.
    Remark,
}

impl Fault {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Refused,
        Self::RateLimited,
        Self::Busy,
        Self::Off,
        Self::Message,
        Self::Timeout,
        Self::Memory,
        Self::Remark,
    ];

    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "overpass_refused",
            Self::RateLimited => "overpass_rate_limited",
            Self::Busy => "overpass_busy",
            Self::Off => "overpass_off",
            Self::Message => "overpass_message",
            Self::Timeout => "overpass_timeout",
            Self::Memory => "overpass_memory",
            Self::Remark => "overpass_remark",
        }
    }

    /// The HTTP status a server answers with.
    pub fn status(self) -> u16 {
        match self {
            Self::RateLimited | Self::Busy | Self::Off => 503,
            Self::Timeout => 504,
            Self::Refused | Self::Message | Self::Memory | Self::Remark => 502,
        }
    }
}

impl Error {
    /// A request error for one field.
    pub fn request(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Request { field: short(field.into(), FIELD), message: short(message.into(), MESSAGE) }
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Request { .. } => "bad_request",
            Self::Foreign(_) => "foreign",
            Self::Corrupt(_) => "corrupt",
            Self::CutOff(_) => "cut_off",
            Self::TooLarge(_) | Self::Excess { .. } => "too_large",
            Self::Empty(_) => "empty",
            Self::Overpass { fault, .. } => fault.code(),
            Self::Crs(_) => "crs",
            Self::Cancelled => "cancelled",
            Self::Io(_) => "io",
            Self::Internal(_) => "internal",
        }
    }

    /// The HTTP status a server answers with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Request { .. } | Self::Crs(_) => 400,
            Self::TooLarge(_) | Self::Excess { .. } => 413,
            Self::Foreign(_) | Self::Corrupt(_) | Self::CutOff(_) | Self::Empty(_) => 422,
            Self::Overpass { fault, .. } => fault.status(),
            Self::Cancelled => 409,
            Self::Io(_) | Self::Internal(_) => 500,
        }
    }

    /// The exit code of the command line (after BSD `sysexits.h`; 130 as shells report an interrupt).
    pub fn exit(&self) -> u8 {
        match self {
            Self::Request { .. } | Self::Crs(_) => 64,
            Self::Foreign(_) | Self::Corrupt(_) | Self::CutOff(_) | Self::Empty(_) => 65,
            Self::TooLarge(_) | Self::Excess { .. } => 65,
            Self::Overpass { .. } => 69,
            Self::Internal(_) => 70,
            Self::Io(_) => 74,
            Self::Cancelled => 130,
        }
    }

    /// The request field at fault, if one is.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Request { field, .. } | Self::Excess { field, .. } => Some(field),
            Self::Crs(_) => Some("crs"),
            _ => None,
        }
    }
}

/// Longest path of a field, characters.
const FIELD: usize = 120;
/// Longest sentence, characters: long enough for lists of what there is.
const MESSAGE: usize = 1600;

/// A text without its middle where it is too long: what a client sent is at its beginning, what would be right at its end.
fn short(text: String, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text;
    }
    let head: String = text.chars().take(most / 4).collect();
    let tail: String = text.chars().skip(count - most * 3 / 4).collect();
    format!("{head} … {tail}")
}

/// `Result` with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;
