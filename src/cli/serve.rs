//! `mapwright serve` and `mapwright work`.

use clap::Args;
use mapwright::Result;
use mapwright::server::{self, ServeOptions};
use std::path::PathBuf;

/// What servers and those who work for them have in common. What is not given here comes from the environment, then from the
/// file, then is as usual.
#[derive(Debug, Args)]
pub struct WorkArgs {
    /// A TOML file with these settings, and with tiers
    #[arg(long, value_name = "FILE", env = "MAPWRIGHT_CONFIG")]
    config: Option<PathBuf>,
    /// Where data come from, the first that covers an area first: file:PATH or overpass:URL; may be repeated
    #[arg(long, value_name = "file:PATH|overpass:URL", env = "MAPWRIGHT_SOURCE", value_delimiter = ' ')]
    source: Vec<String>,
    /// A PostgreSQL database that several servers and workers share: postgres://user:password@host:port/name
    #[arg(long, value_name = "ADDRESS", env = "MAPWRIGHT_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// A store of objects that they share for results, s3://bucket/prefix; the rest is in AWS_ENDPOINT, AWS_REGION,
    /// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
    #[arg(long, value_name = "ADDRESS", env = "MAPWRIGHT_STORAGE")]
    storage: Option<String>,
    /// Keys, tasks and results [mapwright-data]
    #[arg(long, value_name = "DIR", env = "MAPWRIGHT_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Exports made at the same time [one for each processor]
    #[arg(long, value_name = "N", env = "MAPWRIGHT_WORKERS")]
    workers: Option<usize>,
}

/// What is served, and where.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    work: WorkArgs,
    /// Address and port [127.0.0.1:8080]
    #[arg(long, env = "MAPWRIGHT_LISTEN")]
    listen: Option<std::net::SocketAddr>,
    /// The built page [dist/page]
    #[arg(long, value_name = "DIR", env = "MAPWRIGHT_PAGE")]
    page: Option<PathBuf>,
    /// Hours that results are kept [24]
    #[arg(long, value_name = "HOURS", env = "MAPWRIGHT_RETENTION_HOURS")]
    retention_hours: Option<u32>,
    /// Downloads need the key, too
    #[arg(long, env = "MAPWRIGHT_PRIVATE_DOWNLOADS")]
    private_downloads: bool,
}

impl WorkArgs {
    fn options(self) -> Result<ServeOptions> {
        let options = match &self.config {
            Some(path) => ServeOptions::from_file(path)?,
            None => ServeOptions::default(),
        };
        let mut options = options.with_environment(|name| std::env::var(name).ok())?;
        options.data_dir = self.data_dir.unwrap_or(options.data_dir);
        options.database = self.database.map(server::Secret).or(options.database);
        options.storage = self.storage.or(options.storage);
        options.workers = self.workers.unwrap_or(options.workers);
        if !self.source.is_empty() {
            options.source = self.source;
        }
        Ok(options)
    }
}

/// Runs `serve`.
pub fn run(args: ServeArgs) -> Result<()> {
    let mut options = args.work.options()?;
    options.listen = args.listen.unwrap_or(options.listen);
    options.page = args.page.unwrap_or(options.page);
    options.retention_hours = args.retention_hours.unwrap_or(options.retention_hours);
    options.private_downloads |= args.private_downloads;
    server::serve(options.checked()?)
}

/// Runs `work`.
pub fn work(args: WorkArgs) -> Result<()> {
    server::work(args.options()?.checked()?)
}
