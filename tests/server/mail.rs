//! Letters on their way.

use super::person::{PASSWORD, Person, start};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};

/// A mail server that takes one letter, and what it was told.
fn mail_server() -> (u16, std::sync::mpsc::Receiver<String>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, hear) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let answer = |line: &str| (&stream).write_all(format!("{line}\r\n").as_bytes()).unwrap();
        let (mut all, mut data) = (String::new(), false);
        answer("220 stub");
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or_default() == 0 {
                break;
            }
            all.push_str(&line);
            let verb = line.get(..4).unwrap_or_default();
            match (data, verb) {
                (true, _) if line == ".\r\n" => {
                    data = false;
                    answer("250 taken");
                }
                (true, _) => {}
                (false, "EHLO") => answer("250-stub\r\n250 8BITMIME"),
                (false, "DATA") => {
                    data = true;
                    answer("354 go on");
                }
                (false, "QUIT") => {
                    answer("221 bye");
                    break;
                }
                _ => answer("250 fine"),
            }
        }
        tell.send(all).ok();
    });
    (port, hear)
}

#[test]
fn letters_leave_by_smtp_in_the_language_of_the_browser() {
    let (port, hear) = mail_server();
    let mail = format!("smtp://127.0.0.1:{port}");
    let server = start("smtp", &[("ACCOUNTS_MAIL", &mail), ("ACCOUNTS_FROM", "Maps <maps@example.org>")], &[]);
    let mut anna = Person::new(&server);
    let body = json!({ "email": "anna@example.org", "password": PASSWORD }).to_string();
    let russian = [("Accept-Language", "ru-RU,en;q=0.5"), ("Content-Type", "application/json")];
    assert_eq!(server.call("POST", "/api/auth/register", &russian, body.as_bytes()).status, 202);
    let told = hear.recv_timeout(std::time::Duration::from_secs(20)).unwrap();
    for part in ["MAIL FROM:<maps@example.org>", "RCPT TO:<anna@example.org>", "From: Maps <maps@example.org>"] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    // The Russian words are in base64 or quoted-printable: either way the letter is no English one.
    assert!(!told.contains("Confirm your address"), "{told}");
    assert_eq!(anna.post("/api/auth/login", &json!({ "email": "anna@example.org", "password": PASSWORD })).status, 403);
}
