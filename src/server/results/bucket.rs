//! Results in a store of objects (S3 and what speaks like it): `results/{task}-{fence}/{place in the list}` below the prefix.
//! Nobody sees them before the row of their task names the folder, so a try that broke off leaves nothing half done.

use super::headers::{CACHE, disposition, mime};
use super::wire::Connector;
use crate::error::{Error, Result};
use crate::server::files::Kept;
use crate::server::random::hex;
use crate::server::work::Made;
use axum::http::Method;
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::path::Path as Place;
use object_store::signer::Signer;
use object_store::{
    Attribute, Attributes, BackoffConfig, GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt, RetryConfig,
};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_stream::StreamExt;

/// Files up to this size go in one piece, larger ones in parts of it, bytes.
const PART: usize = 8 << 20;
/// What is younger may belong to a worker that is about to say so.
const YOUNG: i64 = 600;
/// How long an address that was signed is good.
pub const SIGNED: Duration = Duration::from_secs(300);
/// How often and how long the store is asked again, for one call.
const AGAIN: RetryConfig = RetryConfig {
    backoff: BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(5), base: 2.0 },
    max_retries: 5,
    retry_timeout: Duration::from_secs(30),
};

/// A bucket, or a part of one.
#[derive(Debug)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    signer: Arc<dyn Signer>,
    prefix: Place,
}

/// The scheme of an address, and what its store is made of by the environment.
type Opened = object_store::Result<(Arc<dyn ObjectStore>, Arc<dyn Signer>)>;

fn opened<S: ObjectStore + Signer>(store: object_store::Result<S>) -> Opened {
    let store = Arc::new(store?);
    Ok((store.clone(), store))
}

/// The store of a scheme; none for one that this program was not built with.
fn store(scheme: &str, bucket: &str) -> Option<Opened> {
    Some(match scheme {
        "s3" => {
            let builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(AGAIN);
            opened(builder.with_http_connector(Connector).build())
        }
        #[cfg(feature = "gs")]
        "gs" => {
            let builder = object_store::gcp::GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket);
            opened(builder.with_retry(AGAIN).with_http_connector(Connector).build())
        }
        #[cfg(feature = "az")]
        "az" => {
            let builder = object_store::azure::MicrosoftAzureBuilder::from_env().with_container_name(bucket);
            opened(builder.with_retry(AGAIN).with_http_connector(Connector).build())
        }
        _ => return None,
    })
}

fn fault(fault: impl std::fmt::Display) -> io::Error {
    io::Error::other(fault.to_string())
}

impl Bucket {
    /// The bucket of `s3://bucket/prefix`; credentials, region and endpoint come from the environment, as `AWS_…`. Programs
    /// built with the features `gs` and `az` know `gs://bucket/prefix` (`GOOGLE_…`) and `az://container/prefix` (`AZURE_…`).
    ///
    /// # Errors
    /// [`Error::Request`] for an address that is none.
    pub fn open(address: &str) -> Result<Self> {
        let wrong =
            |words: &dyn std::fmt::Display| Error::request("storage", format!("{words}; expected s3://bucket/prefix"));
        let url = url::Url::parse(address).map_err(|cause| wrong(&cause))?;
        let bucket = url.host_str().ok_or_else(|| wrong(&format!("\"{address}\"")))?;
        let prefix = Place::parse(url.path()).map_err(|cause| wrong(&cause))?;
        let opened = store(url.scheme(), bucket);
        let opened = opened.ok_or_else(|| wrong(&format!("this program has no store of \"{}\"", url.scheme())))?;
        let (store, signer) = opened.map_err(|cause| wrong(&cause))?;
        Ok(Self { store, signer, prefix: prefix.join("results") })
    }

    fn place(&self, folder: &str, row: usize) -> Place {
        self.prefix.clone().join(folder).join(row.to_string())
    }

    /// Puts finished files into a folder.
    ///
    /// # Errors
    /// Of the file system and the store, and for a file that is not as long as its maker said.
    pub async fn keep(&self, aside: &Path, folder: &str, files: &[Made]) -> io::Result<Vec<Kept>> {
        let mut kept = Vec::with_capacity(files.len());
        for (row, made) in files.iter().enumerate() {
            kept.push(self.put(&aside.join(row.to_string()), self.place(folder, row), made).await?);
        }
        Ok(kept)
    }

    /// Uploads one file. What broke off stays in parts that nobody sees; a rule of the bucket removes them.
    async fn put(&self, path: &Path, place: Place, made: &Made) -> io::Result<Kept> {
        let mut file = tokio::fs::File::open(path).await?;
        // Whoever follows a signed address has no other headers.
        let told = [
            (Attribute::ContentType, mime(&made.mime).to_owned()),
            (Attribute::ContentDisposition, disposition(&made.filename)),
            (Attribute::CacheControl, CACHE.to_owned()),
        ];
        let told = Attributes::from_iter(told);
        let mut writer = BufWriter::with_capacity(self.store.clone(), place, PART).with_attributes(told);
        let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; 1 << 18]);
        loop {
            let read = match file.read(&mut piece).await? {
                0 => break,
                read => piece.get(..read).unwrap_or_default(),
            };
            hash.update(read);
            size += read.len() as u64;
            writer.write_all(read).await?;
        }
        let kept = Kept::new(made, size, hex(&hash.finalize()))?;
        writer.shutdown().await?;
        Ok(kept)
    }

    /// A file, or bytes of it (first and last).
    ///
    /// # Errors
    /// Of the store.
    pub async fn get(&self, folder: &str, row: usize, bytes: Option<(u64, u64)>) -> io::Result<GetResult> {
        let range = bytes.map(|(first, last)| GetRange::Bounded(first..last + 1));
        self.store
            .get_opts(&self.place(folder, row), GetOptions { range, ..GetOptions::default() })
            .await
            .map_err(fault)
    }

    /// An address at which anybody gets a file for some minutes.
    ///
    /// # Errors
    /// Of the store.
    pub async fn signed(&self, folder: &str, row: usize) -> io::Result<String> {
        let url = self.signer.signed_url(Method::GET, &self.place(folder, row), SIGNED).await;
        Ok(url.map_err(fault)?.into())
    }

    /// Whether the store answers, also that something is not there.
    ///
    /// # Errors
    /// Of the store.
    pub async fn answers(&self) -> io::Result<()> {
        match self.store.head(&self.prefix.clone().join("probe")).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(fault(cause)),
        }
    }

    /// Removes a folder.
    ///
    /// # Errors
    /// Of the store.
    pub async fn remove(&self, folder: &str) -> io::Result<()> {
        let mut files = self.store.list(Some(&self.prefix.clone().join(folder)));
        while let Some(file) = files.next().await {
            self.store.delete(&file.map_err(fault)?.location).await.map_err(fault)?;
        }
        Ok(())
    }

    /// Removes every folder that no task holds.
    ///
    /// # Errors
    /// Of the store.
    pub async fn sweep(&self, held: &[String], now: i64) -> io::Result<()> {
        let held: HashSet<&str> = held.iter().map(String::as_str).collect();
        let mut files = self.store.list(Some(&self.prefix));
        while let Some(file) = files.next().await {
            let file = file.map_err(fault)?;
            let mut below = file.location.prefix_match(&self.prefix).into_iter().flatten();
            let ours = below.next().is_some_and(|folder| held.contains(folder.as_ref()));
            if !ours && now / 1000 - file.last_modified.timestamp() > YOUNG {
                self.store.delete(&file.location).await.map_err(fault)?;
            }
        }
        Ok(())
    }
}
