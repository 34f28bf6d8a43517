//! The page around maps in HTML (`src/format/viewer.rs`): what lies in `www/viewer`, and MapLibre from its package of npm.

use crate::project::{Fault, root};
use crate::put::put;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mapwright::format::viewer::ID;
use mapwright::sink::Sink;
use mapwright::wire::deflate::Gzip;

const PACKAGE: &str = "node_modules/maplibre-gl";
/// Where layers have their Russian names.
const NAMES: &str = "www/page/i18n/ru.names.ts";

/// Writes the page.
pub fn make() -> Result<(), Fault> {
    let ours = |name: &str| text(&format!("www/viewer/viewer.{name}"));
    let theirs = |name: &str| text(&format!("{PACKAGE}/{name}"));
    let style = format!("{}\n{}", theirs("dist/maplibre-gl.css")?, ours("css")?);
    let engine = [("engine", "maplibre-gl"), ("worker", "maplibre-gl-worker")].map(|(id, file)| {
        let code = theirs(&format!("dist/{file}.mjs"))?;
        let code = code.split("\n//# sourceMappingURL=").next().unwrap_or_default();
        Ok::<_, Fault>(format!("<script type=\"text/plain\" id=\"{id}\">{}</script>\n", packed(code)?))
    });
    let [main, worker] = engine;
    let gaps = [
        ("@LICENCE@", theirs("LICENSE.txt")?.trim().to_owned() + "\n"),
        ("@STYLE@", style),
        ("@ENGINE@", main? + &worker?),
        ("@SCRIPT@", ours("js")?.replace("@LAYERS@", &layers()?)),
    ];
    let mut page = ours("html")?;
    for (gap, filling) in gaps {
        if !page.contains(gap) || filling.contains("-->") || filling.contains("</style") {
            return Err(format!("{gap} has no place in www/viewer/viewer.html, or something that ends it").into());
        }
        page = page.replacen(gap, &filling, 1);
    }
    put(&root("www/pkg/fonts").join(format!("{ID}.html")), page.as_bytes())?;
    Ok(())
}

fn text(path: &str) -> Result<String, Fault> {
    std::fs::read_to_string(root(path)).map_err(|fault| format!("{path}: {fault}; `npm ci` brings packages").into())
}

/// Gzip within base64.
fn packed(text: &str) -> Result<String, Fault> {
    let mut out = Vec::new();
    let mut gzip = Gzip::new(&mut out);
    gzip.put(text.as_bytes())?;
    gzip.finish()?;
    Ok(STANDARD.encode(out))
}

/// Russian names of layers by id, as JSON.
fn layers() -> Result<String, Fault> {
    let names = text(NAMES)?;
    let rows: Vec<String> = names
        .lines()
        .filter_map(|line| line.trim().strip_prefix("\"layer.")?.trim_end_matches(',').split_once("\": "))
        .map(|(id, name)| format!("\"{id}\":{name}"))
        .collect();
    Ok(format!("{{{}}}", rows.join(",")))
}
