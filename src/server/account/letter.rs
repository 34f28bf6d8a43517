//! Letters: what they say, in the reader's language, and how they leave.

use super::settings::{Accounts, Mail};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{FileTransport, Message, SmtpTransport, Transport};
use std::time::Duration;

/// How long a mail server is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Confirm your address.
    Verify,
    /// Set another password.
    Reset,
    /// Somebody wanted to sign up with an address that has an account.
    Known,
}

/// The languages of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Tongue {
    /// The one that a header `Accept-Language` names first of those there are.
    pub fn of(header: &str) -> Self {
        let tags = header.split(',').map(|tag| tag.trim().to_ascii_lowercase());
        let mut known = tags.filter_map(|tag| match tag.get(..2) {
            Some("ru") => Some(Self::Russian),
            Some("en") => Some(Self::English),
            _ => None,
        });
        known.next().unwrap_or(Self::English)
    }
}

impl Subject {
    /// The part of the page where it leads, with the secret behind `#`, which no server sees.
    fn place(self) -> &'static str {
        match self {
            Self::Verify => "account.html#verify=",
            Self::Reset => "account.html#reset=",
            Self::Known => "account.html#sign-in",
        }
    }

    fn words(self, tongue: Tongue) -> (&'static str, &'static str) {
        match (self, tongue) {
            (Self::Verify, Tongue::English) => (
                "Confirm your address",
                "Somebody signed up with this address. If that was you, open this within a day:",
            ),
            (Self::Reset, Tongue::English) => {
                ("Set another password", "To set another password for your account, open this within an hour:")
            }
            (Self::Known, Tongue::English) => (
                "You have an account already",
                "Somebody, perhaps you, wanted to sign up with this address, which has an account. Sign in here, or have \
                 another password set there:",
            ),
            (Self::Verify, Tongue::Russian) => (
                "Подтвердите адрес",
                "С этим адресом зарегистрировались. Если это были вы, откройте ссылку в течение суток:",
            ),
            (Self::Reset, Tongue::Russian) => {
                ("Смена пароля", "Чтобы задать новый пароль, откройте ссылку в течение часа:")
            }
            (Self::Known, Tongue::Russian) => (
                "Учётная запись уже есть",
                "Кто-то, возможно вы, хотел зарегистрироваться с этим адресом, но учётная запись уже есть. Войти или сменить \
                 пароль можно здесь:",
            ),
        }
    }
}

/// What ends every letter.
fn ending(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => "If you know nothing of this, do nothing: without the link nothing happens.",
        Tongue::Russian => "Если вы ничего об этом не знаете, ничего не делайте: без ссылки ничего не произойдёт.",
    }
}

/// Sends a letter, on a thread that may wait. What goes wrong is told without the address.
pub fn send(accounts: &Accounts, to: &str, subject: Subject, secret: &str, tongue: Tongue) {
    let accounts = accounts.clone();
    let (to, secret) = (to.to_owned(), secret.to_owned());
    tokio::task::spawn_blocking(move || {
        if let Err(fault) = deliver(&accounts, &to, subject, &secret, tongue) {
            eprintln!("mail: {fault}");
        }
    });
}

fn deliver(accounts: &Accounts, to: &str, subject: Subject, secret: &str, tongue: Tongue) -> Result<(), String> {
    let told = |fault: &dyn std::fmt::Display| fault.to_string();
    let Some(mail) = accounts.mail() else { return Ok(()) };
    let (title, words) = subject.words(tongue);
    let link = format!("{}/{}{secret}", accounts.base(), subject.place());
    let host = accounts.base().split("://").nth(1).unwrap_or_default();
    let letter = Message::builder()
        .from(accounts.from.parse::<Mailbox>().map_err(|fault| told(&fault))?)
        .to(to.parse::<Mailbox>().map_err(|_| "an address that takes no letters".to_owned())?)
        .subject(format!("{title} · {host}"))
        .header(ContentType::TEXT_PLAIN)
        .body(format!("{words}\n\n{link}\n\n{}\n", ending(tongue)))
        .map_err(|fault| told(&fault))?;
    match mail {
        Mail::Folder(folder) => {
            std::fs::create_dir_all(&folder).map_err(|fault| told(&fault))?;
            FileTransport::new(folder).send(&letter).map(drop).map_err(|fault| told(&fault))
        }
        Mail::Smtp(url) => {
            // The address of the server holds a password: no fault shows it.
            let transport = SmtpTransport::from_url(&url.0).map_err(|_| "accounts.mail is no address".to_owned())?;
            transport.timeout(Some(PATIENCE)).build().send(&letter).map(drop).map_err(|fault| told(&fault))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tongue;

    #[test]
    fn letters_speak_the_first_language_they_know() {
        let of = |header: &str| Tongue::of(header);
        assert_eq!(of("ru-RU,ru;q=0.9,en;q=0.8"), Tongue::Russian);
        assert_eq!(of("de, en;q=0.5, ru;q=0.4"), Tongue::English);
        assert_eq!(of("*"), Tongue::English);
    }
}
