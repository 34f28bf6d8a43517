//! Settings of connections.

use crate::server::seconds;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long connections are waited for, in files as seconds, and how many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connections {
    /// Most at once; none is what the limit of open files bears.
    pub most: Option<usize>,
    /// From the first byte of a request to the end of its headers.
    #[serde(with = "seconds")]
    pub head: Duration,
    /// For all of its body.
    #[serde(with = "seconds")]
    pub body: Duration,
    /// Without any request.
    #[serde(with = "seconds")]
    pub idle: Duration,
    /// Without anything of an answer being taken (Linux).
    #[serde(with = "seconds")]
    pub stall: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        let [head, body, idle, stall] = [20, 60, 75, 60].map(Duration::from_secs);
        Self { most: None, head, body, idle, stall }
    }
}

impl Connections {
    /// Whether every time leaves room for a request.
    pub fn are_fine(&self) -> bool {
        self.most != Some(0) && [self.head, self.body, self.idle, self.stall].iter().all(|time| !time.is_zero())
    }
}
