//! What fuzzing found, as ordinary tests: inputs that once failed and those that reach far into the code.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::io::Read;

/// Inputs of a target with their names: files that were written or that failed once, and what libFuzzer found to reach
/// further, each after its length in four bytes (`scripts/corpus.mjs`).
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = crate::common::path(&format!("fuzz/{name}"));
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()))
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut inputs: Vec<_> =
        files.into_iter().map(|file| (file.display().to_string(), std::fs::read(file).unwrap())).collect();
    let packed = crate::common::data(&format!("fuzz/{name}.gz"));
    let mut found = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut found).unwrap();
    let (mut rest, mut row) = (found.as_slice(), 0);
    while let Some((length, behind)) = rest.split_first_chunk() {
        let (bytes, behind) = behind.split_at(u32::from_le_bytes(*length) as usize);
        // As `unpack` names it.
        inputs.push((format!("{name}-{row} of {name}.gz"), bytes.to_vec()));
        (rest, row) = (behind, row + 1);
    }
    assert!(rest.is_empty(), "{name}.gz ends within a length");
    inputs
}

#[test]
fn the_corpus_passes() {
    for (name, target) in targets::TARGETS {
        let inputs = corpus(name);
        assert!(inputs.len() >= 100, "{name}: {} inputs", inputs.len());
        for (input, bytes) in inputs {
            let failed = std::panic::catch_unwind(|| target(&bytes));
            assert!(failed.is_ok(), "{input}");
        }
    }
}

/// Runs of each target where no time is named.
const RUNS: u64 = 200;

/// A fuzzer for machines without nightly Rust: changes inputs of the corpus at random, and writes what failed beside it. The
/// same changes each time, or for as long as is said: `MAPWRIGHT_FUZZ_SECONDS=600 cargo test --test all mutations`
#[test]
fn mutations_pass() {
    let seconds: Option<u64> = std::env::var("MAPWRIGHT_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let begin = std::time::Instant::now();
    let mut seed = seconds.map_or(0x9E37_79B9, |_| u64::from(std::process::id()) << 20 | 1);
    let mut chance = |limit: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as usize % limit.max(1)
    };
    let (mut runs, mut failures) = (0_u64, 0_u64);
    loop {
        for (name, target) in targets::TARGETS {
            let folder = crate::common::path(&format!("fuzz/{name}"));
            let mut corpus: Vec<Vec<u8>> = corpus(name).into_iter().map(|(_, bytes)| bytes).collect();
            corpus.retain(|bytes| bytes.len() < 20_000);
            for _ in 0..RUNS {
                let mut bytes = corpus[chance(corpus.len())].clone();
                let other = corpus[chance(corpus.len())].clone();
                for _ in 0..1 + chance(6) {
                    let (at, length) = (chance(bytes.len() + 1), chance(24));
                    let end = (at + length).min(bytes.len());
                    let from = chance(other.len());
                    let piece = other[from..(from + length).min(other.len())].to_vec();
                    match chance(6) {
                        0 => drop(bytes.drain(at..end)),
                        1 => drop(bytes.splice(at..at, piece)),
                        2 => drop(bytes.splice(at..end, piece)),
                        3 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
                        4 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << chance(8)),
                        _ => bytes
                            .iter_mut()
                            .skip(at)
                            .take(1)
                            .for_each(|byte| *byte = b"09-.,\"{}[]<>/&\0\xff"[chance(16)]),
                    }
                }
                runs += 1;
                if std::panic::catch_unwind(|| target(&bytes)).is_err() {
                    failures += 1;
                    std::fs::write(folder.join(format!("failed-{failures}")), &bytes).unwrap();
                }
            }
        }
        if seconds.is_none_or(|limit| begin.elapsed().as_secs() >= limit) {
            break;
        }
    }
    assert_eq!(failures, 0, "of {runs} runs");
    println!("{runs} runs passed");
}
