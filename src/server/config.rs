//! How a server is set up: command line over environment over one TOML file.

use super::account::{Accounts, Secret};
use super::hook::Hooks;
use super::listen::Connections;
use super::osm_org;
use super::rate::Rates;
use super::source::Patience;
use super::store::Place;
use super::tier::Tiers;
use super::work::Work;
use crate::error::{Error, Result};
use crate::request::Limits;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Settings of a server, as the TOML file spells them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// The PostgreSQL database that several processes share, `postgres://user:password@host:port/name`; without it, all is kept
    /// in the data folder.
    pub database: Option<Secret>,
    /// The store of objects that several processes share, `s3://bucket/prefix`; without it, results are in the data folder.
    pub storage: Option<String>,
    /// Whether a download is sent on to an address of that store, signed for five minutes, instead of passing through.
    pub redirect_downloads: bool,
    /// Seconds that a task is its worker's without a sign of life.
    pub lease: f64,
    /// Exports made at the same time; none where others work for this server.
    pub workers: usize,
    /// Tasks that may wait.
    pub queue: u32,
    /// Hours that results are kept.
    pub retention_hours: u32,
    /// Whether downloads need the key, too.
    pub private_downloads: bool,
    /// Largest body of a request, bytes.
    pub body_limit: usize,
    /// Bytes of free disk below which the server says that it is not ready.
    pub disk_reserve: u64,
    /// How many connections there may be, and how long they are waited for.
    pub connections: Connections,
    /// What tiers allow.
    pub tiers: Tiers,
    /// How often a key may ask.
    pub rates: Rates,
    /// How long Overpass servers are waited for.
    pub overpass: Patience,
    /// What a request may bring along.
    pub limits: Limits,
    /// Limits of the export form of openstreetmap.org.
    pub form: osm_org::Limits,
    /// What one export may take of the machine.
    pub work: Work,
    /// People who sign up, and how.
    pub accounts: Accounts,
    /// Where the end of an export may be told.
    pub hooks: Hooks,
}

/// What environment variables of settings begin with; `MAPWRIGHT_OVERPASS_TRIES` is `tries` in `[overpass]`.
const ENVIRONMENT: &str = "MAPWRIGHT";

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8080).into(),
            source: Vec::new(),
            page: "dist/page".into(),
            data_dir: "mapwright-data".into(),
            database: None,
            storage: None,
            redirect_downloads: false,
            lease: 30.0,
            workers: std::thread::available_parallelism().map_or(2, |count| count.get().clamp(1, 8)),
            queue: 1000,
            retention_hours: 24,
            private_downloads: false,
            body_limit: 1 << 20,
            disk_reserve: 256 << 20,
            connections: Connections::default(),
            tiers: Tiers::default(),
            rates: Rates::default(),
            overpass: Patience::default(),
            limits: Limits::default(),
            form: osm_org::Limits::default(),
            work: Work::default(),
            accounts: Accounts::default(),
            hooks: Hooks::default(),
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

    /// Settings of tables and those without an option of the command line, as the environment has them.
    ///
    /// # Errors
    /// [`Error::Request`] naming the variable.
    pub fn with_environment(self, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut options = self;
        for name in names() {
            let Some(text) = variable(&variable_name(&name)) else { continue };
            let mut value = serde_json::to_value(&options).map_err(|fault| Error::Internal(fault.to_string()))?;
            if let Some(place) = value.pointer_mut(&name) {
                // What is no number, word or list of JSON is the text itself.
                *place = serde_json::from_str(&text).unwrap_or(Value::String(text));
            }
            options = serde_json::from_value(value)
                .map_err(|fault| Error::request(variable_name(&name), fault.to_string()))?;
        }
        Ok(options)
    }

    /// Refuses what cannot work.
    ///
    /// # Errors
    /// [`Error::Request`] naming the setting.
    pub fn checked(self) -> Result<Self> {
        let tiers = [self.tiers.free, self.tiers.basic, self.tiers.pro, self.tiers.enterprise];
        // Without a database that others share, nobody else would work.
        let (workers, words) = match self.database {
            None => (1..=256, "a number from 1 to 256"),
            Some(_) => (0..=256, "a number from 0 to 256"),
        };
        for (setting, fine, right) in [
            ("workers", workers.contains(&self.workers), words),
            ("lease", (2.0..=3600.0).contains(&self.lease), "2 to 3600 s"),
            ("queue", self.queue > 0, "at least 1"),
            ("retention_hours", (1..=8760).contains(&self.retention_hours), "a number from 1 to 8760"),
            ("body_limit", (1024..=1 << 28).contains(&self.body_limit), "1024 to 268435456 bytes"),
            ("connections", self.connections.are_fine(), "at least 1 connection and times greater than 0 s"),
            ("rates", self.rates.are_fine(), "a burst of at least 1 and more than 0 a second"),
            ("form.pixels", (1..=1 << 28).contains(&self.form.pixels), "1 to 268435456"),
            ("form.square_km", self.form.square_km > 0.0, "a number greater than 0 km²"),
            ("form.degrees", self.form.degrees > 0.0, "a number greater than 0"),
            ("overpass.tries", (1..=100).contains(&self.overpass.tries), "a number from 1 to 100"),
            ("work", self.work.is_fine(), "at least 1 MiB, 1 second and 1 task everywhere"),
            ("tiers", tiers.iter().all(|tier| tier.square_km > 0.0), "areas greater than 0 km²"),
        ] {
            if !fine {
                return Err(Error::request(setting, format!("expected {right}")));
            }
        }
        self.accounts.checked()?;
        self.place()?;
        Ok(self)
    }

    /// Where keys and tasks are kept.
    ///
    /// # Errors
    /// [`Error::Request`] for a database that is none of PostgreSQL's.
    pub fn place(&self) -> Result<Place> {
        Place::new(&self.data_dir, self.database.as_ref().map(|address| address.0.as_str()))
    }
}

/// JSON pointers of the settings that only the file and the environment know.
fn names() -> Vec<String> {
    let Ok(Value::Object(options)) = serde_json::to_value(ServeOptions::default()) else { return Vec::new() };
    let below = |(name, value): (&String, &Value)| match value {
        Value::Object(table) => table.keys().map(|inner| format!("/{name}/{inner}")).collect(),
        _ => vec![format!("/{name}")],
    };
    let plain = [
        "listen",
        "source",
        "page",
        "data_dir",
        "database",
        "storage",
        "workers",
        "retention_hours",
        "private_downloads",
    ];
    options.iter().filter(|(name, _)| !plain.contains(&name.as_str())).flat_map(below).collect()
}

fn variable_name(pointer: &str) -> String {
    format!("{ENVIRONMENT}{}", pointer.replace('/', "_").to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_sets_what_the_file_sets() {
        let variable = |name: &str| match name {
            "MAPWRIGHT_OVERPASS_WAIT" => Some("1.5".to_owned()),
            "MAPWRIGHT_TIERS_FREE" => Some(r#"{"exports_a_day": null, "square_km": 3}"#.to_owned()),
            "MAPWRIGHT_QUEUE" => Some("7".to_owned()),
            _ => None,
        };
        let options = ServeOptions::default().with_environment(variable).unwrap();
        let file = "queue = 7\n[overpass]\nwait = 1.5\n";
        let mut same: ServeOptions = toml::from_str(file).unwrap();
        same.tiers.free = super::super::tier::Limits { exports_a_day: None, square_km: 3.0 };
        assert_eq!(options, same);
        let wrong = ServeOptions::default()
            .with_environment(|name| (name == "MAPWRIGHT_FORM_PIXELS").then(|| "many".to_owned()))
            .unwrap_err();
        assert_eq!(wrong.field(), Some("MAPWRIGHT_FORM_PIXELS"));
        assert_eq!(ServeOptions::default().with_environment(|_| None).unwrap(), ServeOptions::default());
    }
}
