//! Results of tasks: in folders of one machine, or in a store of objects that several share.

mod bucket;
pub mod folder;
pub mod headers;
mod wire;

use super::clock;
use super::files::Kept;
use super::problem::Problem;
use super::range::Part;
use super::work::Made;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bucket::Bucket;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio_stream::StreamExt;
use tower_http::services::ServeFile;

/// How long the next piece of a file is waited for, once a store has begun to give it.
const STALL: Duration = Duration::from_secs(30);

/// Where results are kept.
#[derive(Debug, Clone)]
pub enum Results {
    /// In folders below this one.
    Folder(PathBuf),
    /// In a bucket.
    Bucket(Arc<Bucket>),
}

impl Results {
    /// In the store of an address, if there is one, else in a folder.
    ///
    /// # Errors
    /// [`crate::Error::Request`] for an address that is none.
    pub fn open(address: Option<&str>, folder: PathBuf) -> crate::Result<Self> {
        Ok(match address {
            None => Self::Folder(folder),
            Some(address) => Self::Bucket(Arc::new(Bucket::open(address)?)),
        })
    }

    /// Keeps finished files as `folder`, and says what they are. The folder aside is gone, or still to be removed.
    ///
    /// # Errors
    /// Of the file system or the store; then nothing of it is told to anybody.
    pub async fn keep(&self, aside: PathBuf, folder: String, files: Vec<Made>) -> io::Result<Vec<Kept>> {
        match self {
            Self::Folder(results) => {
                let results = results.clone();
                // Disks are slow; requests are answered meanwhile.
                let kept = move || folder::keep(&results, &aside, &folder, &files);
                tokio::task::spawn_blocking(kept).await.map_err(io::Error::other)?
            }
            Self::Bucket(bucket) => bucket.keep(&aside, &folder, &files).await,
        }
    }

    /// The bytes of a file, with its length and range.
    ///
    /// # Errors
    /// 503 where it cannot be read.
    pub async fn answer(
        &self,
        folder: &str,
        row: usize,
        size: u64,
        part: Part,
        method: &Method,
    ) -> Result<Response, Problem> {
        match self {
            Self::Folder(results) => {
                let path = results.join(folder).join(row.to_string());
                let file = ServeFile::new(path).try_call(plain(method, part)).await;
                let file = file.map_err(|fault| Problem::storage(&fault))?;
                if file.status() == StatusCode::NOT_FOUND {
                    return Err(Problem::storage(&"a file of a finished task is not there"));
                }
                Ok(file.map(Body::new))
            }
            Self::Bucket(bucket) => {
                let bytes = if let Part::Bytes(first, last) = part { Some((first, last)) } else { None };
                let length = bytes.map_or(size, |(first, last)| last - first + 1);
                let body = match *method {
                    Method::HEAD => Body::empty(),
                    _ => {
                        let file = bucket.get(folder, row, bytes).await.map_err(|fault| Problem::storage(&fault))?;
                        Body::from_stream(file.into_stream().timeout(STALL).map(|piece| match piece {
                            Ok(piece) => piece.map_err(io::Error::other),
                            Err(late) => Err(io::Error::other(late)),
                        }))
                    }
                };
                let mut answer = ([(header::ACCEPT_RANGES, "bytes")], body).into_response();
                answer.headers_mut().insert(header::CONTENT_LENGTH, length.into());
                if let Some((first, last)) = bytes {
                    *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
                    if let Ok(range) = HeaderValue::from_str(&format!("bytes {first}-{last}/{size}")) {
                        answer.headers_mut().insert(header::CONTENT_RANGE, range);
                    }
                }
                Ok(answer)
            }
        }
    }

    /// An address of the store at which anybody gets a file for some minutes; none where there is no such store.
    ///
    /// # Errors
    /// 503 where it cannot be made.
    pub async fn address(&self, folder: &str, row: usize) -> Result<Option<String>, Problem> {
        match self {
            Self::Folder(_) => Ok(None),
            Self::Bucket(bucket) => {
                bucket.signed(folder, row).await.map(Some).map_err(|fault| Problem::storage(&fault))
            }
        }
    }

    /// Whether something can be kept: `aside`, where files are made, with `reserve` bytes left, and in the store.
    ///
    /// # Errors
    /// Of the file system or the store; [`io::ErrorKind::StorageFull`] with the numbers where the reserve is used up.
    pub async fn probe(&self, aside: PathBuf, reserve: u64) -> io::Result<()> {
        let probed = tokio::task::spawn_blocking(move || folder::probe(&aside, reserve)).await;
        probed.map_err(io::Error::other)??;
        match self {
            Self::Folder(_) => Ok(()),
            Self::Bucket(bucket) => bucket.answers().await,
        }
    }

    /// Removes a folder, as far as that is possible: what is left is swept later.
    pub async fn remove(&self, folder: &str) {
        match self {
            Self::Folder(results) => {
                let _ = tokio::fs::remove_dir_all(results.join(folder)).await;
            }
            Self::Bucket(bucket) => {
                let _ = bucket.remove(folder).await;
            }
        }
    }

    /// Removes every folder that no task holds.
    ///
    /// # Errors
    /// Of the store.
    pub async fn sweep(&self, held: Vec<String>) -> io::Result<()> {
        match self {
            Self::Folder(results) => {
                let results = results.clone();
                let swept = move || folder::sweep(&results, &held);
                tokio::task::spawn_blocking(swept).await.map_err(io::Error::other)
            }
            Self::Bucket(bucket) => bucket.sweep(&held, clock::now()).await,
        }
    }
}

/// The call for a file: what its headers ask was decided by what the task knows of the file, not by the file system.
fn plain(method: &Method, part: Part) -> Request {
    let mut plain = Request::default();
    *plain.method_mut() = method.clone();
    if let Part::Bytes(first, last) = part
        && let Ok(range) = HeaderValue::from_str(&format!("bytes={first}-{last}"))
    {
        plain.headers_mut().insert(header::RANGE, range);
    }
    plain
}
