//! What fuzzing found, as ordinary tests: inputs that once failed and those that reach far into the code.

#[path = "../fuzz/targets.rs"]
mod targets;

#[test]
fn the_corpus_passes() {
    let mut count = 0;
    for (name, target) in targets::TARGETS {
        let folder = crate::common::path(&format!("fuzz/{name}"));
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()))
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            let failed = std::panic::catch_unwind(|| target(&bytes));
            assert!(failed.is_ok(), "{}", file.display());
            count += 1;
        }
    }
    assert!(count >= 25, "{count} inputs");
}
