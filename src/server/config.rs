//! How a server is set up: command line over environment over one TOML file.

use super::plan::Plans;
use crate::error::{Error, Result};
use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Settings of a server, as the TOML file spells them.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServeOptions {
    /// Address and port.
    pub listen: SocketAddr,
    /// Where data come from, first that covers an area first: `file:PATH` or `overpass:URL`.
    pub source: Vec<String>,
    /// Folder of the built page.
    pub page: PathBuf,
    /// Folder of tasks, keys and results.
    pub data_dir: PathBuf,
    /// Exports made at the same time.
    pub workers: usize,
    /// Tasks that may wait.
    pub queue: u32,
    /// Hours that results are kept.
    pub retention_hours: u32,
    /// Whether downloads need the key, too.
    pub private_downloads: bool,
    /// Largest body of a request, bytes.
    pub body_limit: usize,
    /// What plans allow.
    pub plans: Plans,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8080).into(),
            source: Vec::new(),
            page: "dist/page".into(),
            data_dir: "mapwright-data".into(),
            workers: std::thread::available_parallelism().map_or(2, |count| count.get().clamp(1, 8)),
            queue: 1000,
            retention_hours: 24,
            private_downloads: false,
            body_limit: 1 << 20,
            plans: Plans::default(),
        }
    }
}

impl ServeOptions {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be read, [`Error::Request`] naming the line and what is wrong there.
    pub fn from_file(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|fault| Error::Io(format!("{}: {fault}", path.display())))?;
        toml::from_str(&text).map_err(|fault| Error::request(path.display().to_string(), fault.to_string().trim()))
    }

    /// Refuses what cannot work.
    ///
    /// # Errors
    /// [`Error::Request`] naming the setting.
    pub fn checked(self) -> Result<Self> {
        let plans = [self.plans.free, self.plans.basic, self.plans.pro, self.plans.enterprise];
        for (setting, fine, right) in [
            ("workers", (1..=256).contains(&self.workers), "a number from 1 to 256"),
            ("queue", self.queue > 0, "at least 1"),
            ("retention_hours", (1..=8760).contains(&self.retention_hours), "a number from 1 to 8760"),
            ("body_limit", (1024..=1 << 28).contains(&self.body_limit), "1024 to 268435456 bytes"),
            ("plans", plans.iter().all(|plan| plan.square_km > 0.0), "areas greater than 0 km²"),
        ] {
            if !fine {
                return Err(Error::request(setting, format!("expected {right}")));
            }
        }
        Ok(self)
    }
}
