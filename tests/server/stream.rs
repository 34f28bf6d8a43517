//! Live progress.

use super::{Server, id, small, start};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use tungstenite::Message;
use tungstenite::client::IntoClientRequest;

fn ticket(server: &Server, task: &str) -> String {
    let answer = server.call("POST", &format!("/api/status/{task}/ticket"), &[("X-API-Key", &server.key)], b"");
    assert_eq!(answer.status, 201);
    answer.json()["ticket"].as_str().unwrap().to_owned()
}

fn socket(
    server: &Server,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Result<tungstenite::WebSocket<TcpStream>, u16> {
    let mut request = format!("ws://127.0.0.1:{}{path}", server.port).into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    let stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    match tungstenite::client(request, stream) {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => Err(answer.status().as_u16()),
        Err(fault) => panic!("{fault}"),
    }
}

#[test]
fn a_socket_tells_every_change_and_closes() {
    let server = start("socket", &[]);
    let task = id(&server.render(&server.key, &small(r#"["svg", "png"]"#)));
    let path = format!("/ws/task/{task}");
    let mut socket = socket(&server, &path, &[("x-api-key", &server.key)]).unwrap();
    let mut states: Vec<Value> = Vec::new();
    let code = loop {
        match socket.read().unwrap() {
            Message::Text(text) => states.push(serde_json::from_str(&text).unwrap()),
            Message::Close(frame) => break frame.unwrap().code,
            _ => {}
        }
    };
    assert_eq!(u16::from(code), 1000);
    assert_eq!(states.last().unwrap()["status"], "completed");
    let progress: Vec<_> = states.iter().map(|state| state["progress"].as_i64().unwrap()).collect();
    assert!(progress.is_sorted(), "{progress:?}");
    // Afterwards it tells the final state at once.
    let mut again = self::socket(&server, &format!("{path}?ticket={}", ticket(&server, &task)), &[]).unwrap();
    assert!(again.read().unwrap().to_text().unwrap().contains("completed"));
}

#[test]
fn events_are_for_those_who_may() {
    let server = start("events", &[]);
    let task = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    let path = format!("/ws/task/{task}");
    let elsewhere = ("origin", "https://elsewhere.example");
    assert_eq!(socket(&server, &path, &[]).unwrap_err(), 401);
    assert_eq!(socket(&server, &path, &[elsewhere, ("x-api-key", &server.key)]).unwrap_err(), 403);
    let good = ticket(&server, &task);
    assert!(socket(&server, &format!("{path}?ticket={good}"), &[elsewhere]).is_ok());
    assert_eq!(socket(&server, &format!("{path}?ticket={good}"), &[]).unwrap_err(), 401, "a ticket is good once");
    let other = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    assert_eq!(socket(&server, &format!("{path}?ticket={}", ticket(&server, &other)), &[]).unwrap_err(), 401);
}

#[test]
fn events_end_with_the_last_state() {
    let server = start("sse", &[]);
    let task = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let ticket = ticket(&server, &task);
    write!(stream, "GET /api/status/{task}/events?ticket={ticket} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let lines: Vec<_> = BufReader::new(stream).lines().map_while(Result::ok).collect();
    assert!(lines.iter().any(|line| line.eq_ignore_ascii_case("content-type: text/event-stream")));
    let states: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("data: ")).collect();
    assert!(states.last().unwrap().contains(r#""status":"completed""#), "{lines:?}");
}
