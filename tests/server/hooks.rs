//! Webhooks: who is told, how it is signed, how often it is tried.

use super::stub::{Answer, Stub};
use super::{folder, id, settings, small, try_start, with};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn asked(stub: &Stub, count: usize) {
    let until = Instant::now() + Duration::from_secs(60);
    while stub.asked().len() < count {
        assert!(Instant::now() < until, "told {} times of {count}", stub.asked().len());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn the_end_is_told_signed_and_tried_again() {
    let folder = folder("hooks");
    let stub = Stub::new(|asked, number| match (asked.line.contains("/never"), number) {
        (false, 1) => Answer::new(503, "text/plain", "later"),
        (false, _) => Answer::new(204, "text/plain", ""),
        (true, _) => Answer::new(302, "text/plain", "elsewhere"),
    });
    let host = format!("127.0.0.1:{}", stub.port);
    let hosts = json!([host]).to_string();
    let server = try_start(&folder, &[], &settings(&[("HOOKS_HOSTS", &hosts), ("HOOKS_WAITS", "[0.2, 0.3]")])).unwrap();
    let address = format!("http://{host}/told?x=1");
    let body = with(&small(r#"["svg"]"#), &format!(r#""webhook": "{address}""#));
    let task = id(&server.render(&server.key, &body));
    asked(&stub, 2);
    let told = stub.asked();
    assert_eq!(told[0].body, told[1].body);
    assert!(told[0].line.starts_with("POST /told?x=1 ") && told[0].head.contains("content-type: application/json"));
    let state: Value = serde_json::from_str(&told[1].body).unwrap();
    assert_eq!((&state["task_id"], &state["status"]), (&json!(task), &json!("completed")));
    assert_eq!(state["files"][0]["format"], "svg");
    let secret = super::base::one(&folder, "SELECT hook_secret FROM key");
    let python = "import hmac,sys; print(hmac.new(sys.argv[1].encode(), sys.argv[2].encode(), 'sha256').hexdigest())";
    let made = std::process::Command::new("python3").args(["-c", python, &secret, &told[1].body]).output().unwrap();
    let signature = format!("x-mapwright-signature: sha256={}", String::from_utf8(made.stdout).unwrap().trim());
    assert!(told[1].head.contains(&signature), "{}", told[1].head);
    // Three times, and a redirection is no success.
    let never = body.replace("/told?x=1", "/never");
    id(&server.render(&server.key, &never));
    asked(&stub, 5);
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(stub.asked().len(), 5);
    assert!(server.said().contains("webhook of task"));
}

#[test]
fn only_named_hosts_and_some_tiers_have_them() {
    let server = super::start("hooks-refused", &[]);
    let ask = |key: &str, hook: &str| {
        let answer = server.render(key, &with(&small(r#"["svg"]"#), &format!(r#""webhook": {hook}"#)));
        (answer.status, answer.json()["field"].as_str().unwrap_or_default().to_owned())
    };
    let refused = (400, "webhook".to_owned());
    for hook in [r#""http://169.254.169.254/latest""#, r#""http://127.0.0.1:1/""#, r#""file:///etc/passwd""#, "7"] {
        assert_eq!(ask(&server.key, hook), refused, "{hook}");
    }
    assert_eq!(ask(&server.new_key("basic"), r#""https://example.org/""#).0, 402);
    assert_eq!(ask(&server.key, "null").0, 202);
}
