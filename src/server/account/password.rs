//! Passwords: Argon2id with its usual parameters (RFC 9106, OWASP), as a PHC string.

use crate::server::metrics::Metrics;
use crate::server::problem::Problem;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Fewest characters; length is what counts (NIST SP 800-63B).
const SHORTEST: usize = 10;
/// Most bytes, so that nobody has the server hash a book.
const LONGEST: usize = 1024;

/// What is compared with where there is no account, so that it takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hashed("nobody's password").unwrap_or_default());

/// Hashes at a time: each takes 19 MiB and a processor.
static PLACES: Semaphore = Semaphore::const_new(4);

/// Refuses a password that is easily guessed.
///
/// # Errors
/// 400 that says what would do.
pub fn fit(password: &str, email: &str) -> Result<(), Problem> {
    let plain = password.to_lowercase();
    let name = email.split('@').next().unwrap_or_default();
    let same = plain.chars().all(|c| plain.starts_with(c));
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(Problem::field("password", format!("expected at least {SHORTEST} characters")));
    }
    if same || plain == email || plain.trim_start_matches(name).chars().count() < SHORTEST / 2 {
        return Err(Problem::field("password", "is easily guessed; some words in a row are better"));
    }
    Ok(())
}

/// The hash of a password, on a thread that may work for a while.
///
/// # Errors
/// 500.
pub async fn hash(metrics: &Metrics, password: String) -> Result<String, Problem> {
    let _place = PLACES.acquire().await;
    metrics.hashed();
    let hash = tokio::task::spawn_blocking(move || hashed(&password)).await;
    hash.ok().flatten().ok_or_else(|| Problem::internal(&"a password could not be hashed"))
}

fn hashed(password: &str) -> Option<String> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).ok()?;
    Some(hash.to_string())
}

/// Whether a password is that of a hash; without one it is not, after the same time.
///
/// # Errors
/// 500.
pub async fn matches(metrics: &Metrics, password: String, hash: Option<String>) -> Result<bool, Problem> {
    let work = move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&hash).ok();
        let same = parsed.is_some_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        same && known
    };
    let _place = PLACES.acquire().await;
    metrics.hashed();
    tokio::task::spawn_blocking(work).await.map_err(|fault| Problem::internal(&fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passwords_match_their_hashes_alone() {
        let metrics = &Metrics::default();
        let hash = hash(metrics, "a long enough one".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches(metrics, "a long enough one".into(), Some(hash.clone())).await.unwrap());
        assert!(!matches(metrics, "a long enough two".into(), Some(hash)).await.unwrap());
        assert!(!matches(metrics, "nobody's password".into(), None).await.unwrap());
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        let fits = |password: &str| fit(password, "anna.example@example.org").is_ok();
        assert!(fits("correct horse battery"));
        for bad in ["short", "aaaaaaaaaaaaaaa", "anna.example@example.org", "anna.example1", &"x y".repeat(400)] {
            assert!(!fits(bad), "{bad}");
        }
    }
}
