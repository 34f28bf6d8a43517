//! `mapwright export`: read, draw, write.

use super::args::ExportArgs;
use super::{fetch, notes, output};
use indicatif::{ProgressBar, ProgressStyle};
use mapwright::request::Limits;
use mapwright::scene::raster::crew;
use mapwright::server::PartFile;
use mapwright::{Engine, Error, Opened, Progress, Request, Result, Stage, Watch, format};
use std::fs::File;
use std::io::{Cursor, IsTerminal, Read};
use std::path::Path;

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<()> {
    // One export at a time: it may have the whole machine.
    crew::allow(std::thread::available_parallelism().map_or(1, usize::from));
    let mut request = args.request()?;
    if request.formats.is_empty() {
        request.formats.extend(by_extension(&args.output)?);
    } else if args.like.is_some() && args.formats.is_empty() {
        request.formats = by_ending(request.formats, &args.output);
    }
    // What is wrong is said before anything is read or downloaded.
    let limits = args.limit.iter().try_fold(Limits::default(), |limits, setting| limits.with(setting))?;
    mapwright::export::check(&request, &limits)?;
    let target = output::Target::new(&args.output, request.formats.len())?;
    let input = match (&args.overpass, &args.input) {
        (Some(server), _) => Input::answer(fetch::overpass(server, &request, !args.quiet)?),
        (None, Some(path)) => Input::file(path)?,
        (None, None) => return Err(Error::request("input", "expected a file or --overpass URL")),
    };
    let bar = (!args.quiet && std::io::stderr().is_terminal()).then(bar);
    let mut listener = |progress: Progress| {
        if let Some(bar) = &bar {
            bar.set_message(words(progress.stage));
            bar.set_position((progress.fraction * 1000.0) as u64);
        }
        true
    };
    let files = export(input, &request, limits, &mut Watch::new(&mut listener), &target)?;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let all: Vec<mapwright::File> = files.iter().map(|(file, _)| file.clone()).collect();
    for (file, bytes) in files {
        let place = target.keep(&file, bytes)?;
        if !args.quiet {
            eprintln!("{place}: {} bytes", file.size);
            notes::own(&file, &all).for_each(|note| eprintln!("  note: {note}"));
        }
    }
    if !args.quiet {
        notes::shared(&all).iter().for_each(|note| eprintln!("note for {note}"));
    }
    Ok(())
}

fn export(
    mut input: Input,
    request: &Request,
    limits: Limits,
    watch: &mut Watch,
    target: &output::Target,
) -> Result<Vec<(mapwright::File, PartFile)>> {
    let read = |watch: &mut Watch| Opened::open_from(&mut input.source, input.total, watch);
    let opened = watch.part(0.0..0.5, read).map_err(|fault| match fault {
        Error::Io(text) => Error::Io(format!("{}: {text}", input.name)),
        other => other,
    })?;
    drop(input);
    let engine = Engine { limits, ..Engine::native()? };
    watch.part(0.5..1.0, |watch| opened.export(&engine, request, watch, |name| target.open(name)))
}

/// What is read, piece by piece.
struct Input {
    name: String,
    source: Box<dyn Read>,
    /// Its length in bytes; 0 where that is unknown.
    total: u64,
}

impl Input {
    fn answer(bytes: Vec<u8>) -> Self {
        Self { name: "answer".into(), total: bytes.len() as u64, source: Box::new(Cursor::new(bytes)) }
    }

    fn file(path: &Path) -> Result<Self> {
        if path == Path::new("-") {
            return Ok(Self { name: "standard input".into(), source: Box::new(std::io::stdin().lock()), total: 0 });
        }
        let fault = |fault| Error::Io(format!("{}: {fault}", path.display()));
        let file = File::open(path).map_err(fault)?;
        let total = file.metadata().map_or(0, |about| about.len());
        Ok(Self { name: path.display().to_string(), source: Box::new(file), total })
    }
}

/// The format of the file that an export shall be like, unless the ending of `-o` is that of another one.
fn by_ending(formats: Vec<String>, path: &Path) -> Vec<String> {
    let folder = path.is_dir() || path.to_string_lossy().ends_with('/');
    let name = path.to_string_lossy().to_ascii_lowercase();
    let own =
        |id: &String| format::find(id).is_none_or(|entry| name.ends_with(&format!(".{}", entry.format.extension)));
    match by_extension(path) {
        Ok(Some(other)) if !folder && !formats.iter().any(own) => vec![other],
        _ => formats,
    }
}

/// `-o map.svg` without `-f` asks for SVG; none where the path has no ending.
fn by_extension(path: &Path) -> Result<Option<String>> {
    let Some(extension) = path.extension() else { return Ok(None) };
    let extension = extension.to_string_lossy().to_ascii_lowercase();
    match format::with_extension(&extension).as_slice() {
        [] => Err(Error::request("output", format!("no format ends in .{extension}; name one with --format"))),
        [one] => Ok(Some(one.format.id.to_owned())),
        several => {
            let ids: Vec<&str> = several.iter().map(|entry| entry.format.id).collect();
            let message = format!("{} end in .{extension}; name one with --format", ids.join(", "));
            Err(Error::request("output", message))
        }
    }
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:>10} [{bar:40}] {percent:>3} %  {elapsed}");
    ProgressBar::new(1000).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "))
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "Reading",
        Stage::Assemble => "Assembling",
        Stage::Draw => "Drawing",
        Stage::Label => "Labels",
        Stage::Write => "Writing",
    }
}
