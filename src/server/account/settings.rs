//! How accounts are set up: the table `[accounts]` of the configuration.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// A text that no log shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}

/// Accounts of a server; without `url` it has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Accounts {
    /// Where people reach the server, `https://maps.example.org`: letters and providers send them there, and cookies are
    /// for TLS alone where it begins with `https`.
    pub url: Option<String>,
    /// How letters leave: `smtp://`, `smtps://` with user and password, or `folder:PATH` while developing. Without it, nobody
    /// signs up by e-mail.
    pub mail: Option<Secret>,
    /// Whom letters are from.
    pub from: String,
    /// Whether new people may sign up.
    pub sign_up: bool,
    /// Domains whose addresses are thrown away, which may not sign up.
    pub disposable: Vec<String>,
    /// Sign-ups an hour from one network.
    pub sign_ups_an_hour: u32,
    /// Letters an hour to one address.
    pub letters_an_hour: u32,
    /// Wrong passwords an hour for one address; of one network four times as many.
    pub tries_an_hour: u32,
    /// Whether a proxy stands in front, whose last `X-Forwarded-For` says who calls.
    pub proxy: bool,
    /// How one gets another tier: a sentence or an address, shown with the tier.
    pub plans: String,
    /// Signing in with GitHub.
    pub github: Option<Provider>,
    /// Signing in with Google.
    pub google: Option<Provider>,
}

/// A provider that people sign in with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// What it calls this server.
    pub id: String,
    /// What proves it.
    pub secret: Secret,
    /// Where it is, in place of the usual place: of GitHub the website, of Google the issuer.
    #[serde(default)]
    pub url: Option<String>,
    /// Where its API is, in place of the usual place; GitHub has one apart.
    #[serde(default)]
    pub api: Option<String>,
}

/// Where letters go.
#[derive(Debug, Clone, PartialEq)]
pub enum Mail {
    /// Through a server, by its address.
    Smtp(Secret),
    /// Into a folder.
    Folder(PathBuf),
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            url: None,
            mail: None,
            from: "mapwright <mapwright@localhost>".into(),
            sign_up: true,
            disposable: Vec::new(),
            sign_ups_an_hour: 10,
            letters_an_hour: 5,
            tries_an_hour: 20,
            proxy: false,
            plans: String::new(),
            github: None,
            google: None,
        }
    }
}

impl Accounts {
    /// Whether there are accounts.
    pub fn are_on(&self) -> bool {
        self.url.is_some()
    }

    /// Where people reach the server, without a slash at the end.
    pub fn base(&self) -> &str {
        self.url.as_deref().unwrap_or_default().trim_end_matches('/')
    }

    /// Whether cookies are for TLS alone.
    pub fn is_secure(&self) -> bool {
        self.base().starts_with("https://")
    }

    /// Where letters go, if anywhere.
    pub fn mail(&self) -> Option<Mail> {
        let mail = self.mail.as_ref()?;
        Some(match mail.0.strip_prefix("folder:") {
            Some(path) => Mail::Folder(path.into()),
            None => Mail::Smtp(mail.clone()),
        })
    }

    /// A provider by its name, where it is set up.
    pub fn provider(&self, name: &str) -> Option<&Provider> {
        match name {
            "github" => self.github.as_ref(),
            "google" => self.google.as_ref(),
            _ => None,
        }
    }

    /// The providers that are set up.
    pub fn providers(&self) -> Vec<&'static str> {
        ["github", "google"].into_iter().filter(|name| self.provider(name).is_some()).collect()
    }

    /// Refuses what cannot work.
    ///
    /// # Errors
    /// [`Error::Request`] naming the setting.
    pub fn checked(&self) -> Result<()> {
        let address = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        let fine = self.url.as_deref().is_none_or(address);
        if !fine {
            return Err(Error::request("accounts.url", "expected an address such as https://maps.example.org"));
        }
        let letters = ["smtp://", "smtps://", "folder:"];
        if self.mail.as_ref().is_some_and(|mail| !letters.iter().any(|kind| mail.0.starts_with(kind))) {
            return Err(Error::request("accounts.mail", "expected smtp://…, smtps://… or folder:PATH"));
        }
        if self.from.parse::<lettre::message::Mailbox>().is_err() {
            return Err(Error::request("accounts.from", "expected an address such as Maps <maps@example.org>"));
        }
        if self.sign_ups_an_hour == 0 || self.letters_an_hour == 0 || self.tries_an_hour == 0 {
            return Err(Error::request("accounts", "expected at least 1 sign-up, letter and try an hour"));
        }
        Ok(())
    }
}
