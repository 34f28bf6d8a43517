//! `deny.toml` without `cargo deny`: licences, sources and banned crates of everything that is built or tested with.

use serde_json::Value;
use spdx::{Expression, ParseMode};
use std::process::Command;

/// Lists of strings in `deny.toml`.
fn list<'t>(rules: &'t toml::Table, section: &str, name: &str) -> Vec<&'t str> {
    rules[section][name].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

/// Crates that nobody may use, and those that only some crates (`wrappers`) may.
fn banned(rules: &toml::Table) -> (Vec<&str>, Vec<(&str, Vec<&str>)>) {
    let rows = rules["bans"]["deny"].as_array().unwrap();
    let some = rows.iter().filter_map(|row| row.as_table()).map(|row| {
        let users = row["wrappers"].as_array().unwrap().iter().map(|user| user.as_str().unwrap());
        (row["crate"].as_str().unwrap(), users.collect())
    });
    (rows.iter().filter_map(|row| row.as_str()).collect(), some.collect())
}

/// Who uses what only others may.
fn used_by_others(metadata: &Value, needed: &[(&str, Vec<&str>)]) -> Vec<String> {
    let named = |id: &Value| {
        let package = metadata["packages"].as_array().unwrap().iter().find(|package| package["id"] == *id).unwrap();
        package["name"].as_str().unwrap().to_owned()
    };
    let mut wrong = Vec::new();
    for node in metadata["resolve"]["nodes"].as_array().unwrap() {
        for used in node["dependencies"].as_array().unwrap() {
            if let Some((name, users)) = needed.iter().find(|(name, _)| *name == named(used))
                && !users.contains(&named(&node["id"]).as_str())
            {
                wrong.push(format!("{} uses {name}", named(&node["id"])));
            }
        }
    }
    wrong
}

#[test]
fn dependencies_are_what_deny_toml_allows() {
    let root = env!("CARGO_MANIFEST_DIR");
    let rules: toml::Table = std::fs::read_to_string(format!("{root}/deny.toml")).unwrap().parse().unwrap();
    let licences = list(&rules, "licenses", "allow");
    let (banned, needed) = banned(&rules);
    let registries = list(&rules, "sources", "allow-registry");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--manifest-path"])
        .arg(format!("{root}/Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "{} packages", packages.len());
    let mut wrong = used_by_others(&metadata, &needed);
    for package in packages {
        let (name, licence) = (package["name"].as_str().unwrap(), package["license"].as_str().unwrap_or_default());
        let fine = Expression::parse_mode(licence, ParseMode::LAX)
            .is_ok_and(|terms| terms.evaluate(|term| licences.contains(&term.to_string().as_str())));
        if !fine {
            wrong.push(format!("{name}: licence {licence:?}"));
        }
        if banned.contains(&name) {
            wrong.push(format!("{name} is banned"));
        }
        let known = |source: &str| registries.iter().any(|known| source.strip_prefix("registry+") == Some(known));
        if package["source"].as_str().is_some_and(|source| !known(source)) {
            wrong.push(format!("{name} comes from {}", package["source"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
