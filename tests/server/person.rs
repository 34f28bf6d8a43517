//! Somebody with a browser: cookies, the token of writes, a letter box.

use super::{Answer, Server, settings, try_start};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where people reach the servers of these tests.
pub const URL: &str = "http://maps.test";

/// A server with accounts; `more` settings beside those.
pub fn start(name: &str, more: &[(&str, &str)], args: &[&str]) -> Server {
    let folder = super::folder(name);
    start_in(&folder, more, args)
}

/// The same with this data folder.
pub fn start_in(folder: &Path, more: &[(&str, &str)], args: &[&str]) -> Server {
    let mail = format!("folder:{}", folder.join("mails").display());
    let usual = [("ACCOUNTS_URL", URL), ("ACCOUNTS_MAIL", &mail), ("ACCOUNTS_SIGN_UPS_AN_HOUR", "100")];
    try_start(folder, args, &settings(&[&usual[..], more].concat())).expect("the server ended before it listened")
}

/// A browser.
pub struct Person<'s> {
    server: &'s Server,
    /// Names and values.
    pub cookies: Vec<(String, String)>,
    /// What writes repeat.
    pub csrf: String,
}

pub const PASSWORD: &str = "correct horse battery";

impl<'s> Person<'s> {
    /// A new browser.
    pub fn new(server: &'s Server) -> Self {
        Self { server, cookies: Vec::new(), csrf: String::new() }
    }

    /// Somebody who signed up, confirmed the address and signed in.
    pub fn member(server: &'s Server, email: &str) -> Self {
        let mut person = Self::new(server);
        let credentials = json!({ "email": email, "password": PASSWORD });
        assert_eq!(person.post("/api/auth/register", &credentials).status, 202);
        let token = token(server, email, "verify");
        assert_eq!(person.post("/api/auth/verify", &json!({ "token": token })).status, 200);
        person.sign_in(email, PASSWORD);
        person
    }

    /// Signs in.
    pub fn sign_in(&mut self, email: &str, password: &str) {
        let answer = self.post("/api/auth/login", &json!({ "email": email, "password": password }));
        assert_eq!(answer.status, 200, "{}", answer.text());
        self.csrf = answer.json()["csrf"].as_str().unwrap().to_owned();
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Calls as a page of this server does.
    pub fn call(&mut self, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("Accept-Language", "en")];
        if !cookies.is_empty() {
            headers.push(("Cookie", &cookies));
        }
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json"));
        }
        let given = |name: &str| more.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        if !self.csrf.is_empty() && !given("X-CSRF-Token") {
            headers.push(("X-CSRF-Token", &self.csrf));
        }
        headers.extend(more);
        let answer = self.server.call(method, path, &headers, body);
        for line in answer.headers.get_all("set-cookie") {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !rest.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.call("GET", path, &[], b"")
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, &[], body.to_string().as_bytes())
    }

    /// A new key, with its row.
    pub fn key(&mut self, name: &str) -> Value {
        let answer = self.post("/api/keys", &json!({ "name": name }));
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }
}

/// All letters to an address, as they lie in the folder, oldest first.
pub fn letters(server: &Server, email: &str) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(server.folder.join("mails")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort_by_key(|path| path.metadata().unwrap().modified().unwrap());
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.filter(|text| text.to_lowercase().contains(&format!("to: {email}")) && text.ends_with('\n')).collect()
}

/// The secret of the last letter to an address, which comes a moment after the answer.
pub fn token(server: &Server, email: &str, purpose: &str) -> String {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let mark = format!("account.html#{purpose}=");
        let found = letters(server, email).iter().rev().find_map(|letter| {
            // Quoted-printable: lines are broken, and = is =3D.
            let plain = letter.replace("=\r\n", "").replace("=3D", "=");
            Some(plain.split_once(&mark)?.1.chars().take_while(char::is_ascii_hexdigit).collect::<String>())
        });
        if let Some(token) = found {
            assert_eq!(token.len(), 64);
            return token;
        }
        assert!(Instant::now() < until, "no letter to {email}");
        std::thread::sleep(Duration::from_millis(30));
    }
}
