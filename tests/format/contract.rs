//! What every registered format must do. A new format is tested by being in the list.

use super::sample;
use mapwright::error::Error;
use mapwright::format::{Entry, OptKind, formats};
use mapwright::request::Request;
use mapwright::watch::{Progress, Watch};
use mapwright::{Engine, Opened};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn plain() -> Request {
    Request::default()
}

fn with(entry: &Entry, option: &str, value: Value) -> Request {
    let mut request = plain();
    request.options.entry(entry.format.id.into()).or_default().insert(option.into(), value);
    request
}

fn written(entry: &Entry, request: &Request) -> Vec<u8> {
    let result = sample::write(entry, request, false, &mut Watch::silent());
    result.unwrap_or_else(|fault| panic!("{}: {fault}", entry.format.id)).0
}

#[test]
fn metadata_is_complete() {
    for entry in formats() {
        let format = entry.format;
        for (field, text) in [
            ("title", format.title),
            ("about", format.about),
            ("for_whom", format.for_whom),
            ("kept", format.kept),
            ("lost", format.lost),
            ("family", format.family),
            ("specification", format.specification),
        ] {
            assert!(!text.is_empty() && text == text.trim(), "{}.{field} says nothing", format.id);
        }
        assert!(format.about.ends_with('.'), "{}.about is no sentence", format.id);
        assert!(!format.programs.is_empty(), "{}.programs", format.id);
        assert!(!format.topics.is_empty(), "{}.topics", format.id);
        assert!(format.specification.starts_with("http"), "{}.specification is no link", format.id);
        assert!(!format.extension.is_empty() && !format.extension.starts_with('.'), "{}.extension", format.id);
        let (kind, name) = format.mime.split_once('/').unwrap_or_default();
        assert!(!kind.is_empty() && !name.is_empty(), "{}.mime", format.id);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let ids = [format.id].into_iter().chain(format.aliases.iter().copied());
        assert!(ids.into_iter().all(|id| id.chars().all(plain)), "{}: ids are lower case, digits, hyphens", format.id);
        let options: BTreeSet<_> = format.options.iter().map(|opt| opt.id).collect();
        assert_eq!(options.len(), format.options.len(), "{}: two options of one name", format.id);
        assert!(format.options.iter().all(|opt| !opt.title.is_empty()), "{}: an option without a title", format.id);
    }
}

#[test]
fn no_two_formats_share_a_name() {
    let mut names = BTreeSet::new();
    for entry in formats() {
        for name in [entry.format.id].iter().chain(entry.format.aliases) {
            assert!(names.insert(*name), "{name} stands for two formats");
        }
    }
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    for entry in formats() {
        assert!(written(&entry, &plain()) == written(&entry, &plain()), "{} differs from run to run", entry.format.id);
    }
}

#[test]
fn stopping_works_at_every_report() {
    for entry in formats() {
        let mut reports = 0;
        let mut count = |_: Progress| {
            reports += 1;
            true
        };
        sample::write(&entry, &plain(), false, &mut Watch::new(&mut count)).unwrap();
        assert!(reports > 0, "{} reports nothing", entry.format.id);
        for stop in 1..=reports {
            let mut seen = 0;
            let mut listener = |_: Progress| {
                seen += 1;
                seen < stop
            };
            let result = sample::write(&entry, &plain(), false, &mut Watch::new(&mut listener));
            assert_eq!(result.err(), Some(Error::Cancelled), "{} went on after report {stop}", entry.format.id);
        }
    }
}

#[test]
fn an_empty_map_is_a_file_too() {
    for entry in formats() {
        let (bytes, _) = sample::write(&entry, &plain(), true, &mut Watch::silent()).unwrap();
        assert!(!bytes.is_empty(), "{} writes nothing", entry.format.id);
    }
}

/// Of an extract with a box and nothing in it, and of one with a single named place, from the input on.
#[test]
fn maps_of_nothing_and_of_one_place_go_through_every_format() {
    let place = r#"<node id="1" lat="59.905" lon="10.74"><tag k="amenity" v="cafe"/><tag k="name" v="Кафе Å"/></node>"#;
    let engine = Engine::native().unwrap();
    for inside in ["", place] {
        let bounds = r#"<bounds minlat="59.90" minlon="10.73" maxlat="59.91" maxlon="10.75"/>"#;
        let text = format!(r#"<osm version="0.6">{bounds}{inside}</osm>"#);
        let opened = Opened::open(text.as_bytes(), &mut Watch::silent()).unwrap();
        for entry in formats() {
            let request = Request::from_json(&json!({"format": entry.format.id}).to_string()).unwrap();
            let files = opened.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new()));
            let files = files.unwrap_or_else(|fault| panic!("{} of {inside:?}: {fault}", entry.format.id));
            assert!(files.iter().all(|file| !file.1.is_empty()), "{} writes nothing", entry.format.id);
        }
    }
}

#[test]
fn every_option_takes_its_whole_range_and_nothing_else() {
    for entry in formats() {
        for opt in entry.format.options {
            let (good, bad) = match opt.kind {
                OptKind::Flag { .. } => (vec![json!(true), json!(false)], vec![json!("yes"), json!(1)]),
                OptKind::Int { min, max, .. } => (
                    vec![json!(min), json!(max)],
                    vec![json!(min - 1), json!(max + 1), json!(min as f64 + 0.5), json!("1")],
                ),
                OptKind::Number { min, max, .. } => {
                    (vec![json!(min), json!(max)], vec![json!(min - 1.0), json!(max + 1.0), json!("1"), json!(true)])
                }
                OptKind::Choice { choices } => {
                    (choices.iter().map(|word| json!(word)).collect(), vec![json!("no such word"), json!([0])])
                }
                OptKind::Text { .. } => (vec![json!("")], vec![json!(0), json!("x".repeat(1001))]),
                OptKind::Table { choices } => (
                    choices.iter().map(|word| json!(word)).collect(),
                    vec![json!(0), json!("no,table"), json!("x".repeat(200_001))],
                ),
            };
            if let OptKind::Text { .. } = opt.kind {
                // Text may have a grammar of its own; then what it does not take is named.
                let result = sample::write(&entry, &with(&entry, opt.id, json!("text")), false, &mut Watch::silent());
                let field = format!("options.{}.{}", entry.format.id, opt.id);
                assert!(result.as_ref().is_err_and(|fault| fault.field() == Some(&field)) || result.is_ok());
            }
            for value in good {
                assert!(!written(&entry, &with(&entry, opt.id, value)).is_empty());
            }
            for value in bad {
                let result = sample::write(&entry, &with(&entry, opt.id, value.clone()), false, &mut Watch::silent());
                let fault = result.err().unwrap_or_else(|| panic!("{}.{} takes {value}", entry.format.id, opt.id));
                let field = format!("options.{}.{}", entry.format.id, opt.id);
                assert_eq!((fault.code(), fault.field()), ("bad_request", Some(field.as_str())));
            }
        }
        let fault = sample::write(&entry, &with(&entry, "no_such_option", json!(1)), false, &mut Watch::silent());
        assert_eq!(fault.err().map(|fault| fault.code()), Some("bad_request"));
    }
}
