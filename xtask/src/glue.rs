//! `www/pkg/packs.js`: what loads packs and fonts. Every address is written out, so that bundlers see which files belong.

use crate::sizes::Size;
use crate::{Fault, root};
use mapwright::scene::font::Fonts;
use std::fmt::Write;
use std::path::Path;

const TYPES: &str = r#"import type * as core from "./core.js";
import type * as drawing from "./drawing.js";

/** The engine of any pack; only the pack that draws knows fonts. */
export type Engine = core.Engine & Partial<Pick<drawing.Engine, "load_font" | "missing_fonts">>;
export type OpenMap = core.OpenMap;
export type Module = Omit<typeof core, "Engine"> & { Engine: new () => Engine };
/** A pack: its module, and the WebAssembly that belongs to it with its size as it is and as brotli sends it. */
export interface Pack {
  readonly load: () => Promise<Module>;
  readonly wasm: () => URL;
  readonly raw: number;
  readonly brotli: number;
}
export const packs: { readonly [id: string]: Pack };
export const fonts: { readonly [id: string]: () => URL };
"#;

/// Writes the module and its types, and puts the fonts beside it.
pub fn write(sizes: &[Size]) -> Result<(), Fault> {
    let pkg = root("www/pkg");
    let mut text = String::from("export const packs = {\n");
    for Size { pack, raw, brotli } in sizes {
        writeln!(
            text,
            "  {pack}: {{ load: () => import(\"./{pack}.js\"), wasm: () => new URL(\"./{pack}_bg.wasm\", import.meta.url), raw: {raw}, brotli: {brotli} }},"
        )?;
    }
    text.push_str("};\nexport const fonts = {\n");
    for font in Fonts::index() {
        let id = font.id;
        writeln!(text, "  \"{id}\": () => new URL(\"./fonts/{id}.ttf\", import.meta.url),")?;
    }
    text.push_str("};\n");
    std::fs::write(pkg.join("packs.js"), text)?;
    std::fs::write(pkg.join("packs.d.ts"), TYPES)?;
    copy_fonts(&root("assets/fonts"), &pkg.join("fonts"))
}

/// Copies font files with their licences and drops what is no longer there.
fn copy_fonts(from: &Path, to: &Path) -> Result<(), Fault> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).into_iter().flatten() {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
