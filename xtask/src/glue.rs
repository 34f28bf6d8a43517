//! `www/pkg/packs.js`: what loads packs, fonts and other files. Every address is written out, so that bundlers see which files belong.

use crate::project::{Fault, root};
use crate::put::put;
use crate::sizes::Size;
use crate::slices;
use mapwright::scene::font::Fonts;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// `CORE` is the module that holds this pack.
const TYPES: &str = r#"import type * as core from "./CORE.js";

/** The engine of any pack. */
export type Engine = core.Engine;
export type OpenMap = core.OpenMap;
export type Reading = core.Reading;
export type Module = Omit<typeof core, "Engine"> & { Engine: new () => Engine };
/** A pack: its module, which may hold other packs, too, and the WebAssembly that belongs to it with its size as it is and as brotli sends it. */
export interface Pack {
  readonly load: () => Promise<Module>;
  readonly wasm: () => URL;
  readonly raw: number;
  readonly brotli: number;
}
export const packs: { readonly [id: string]: Pack };
export const files: { readonly [id: string]: () => URL };
/** By family: the list of its slices and the slices themselves, loaded when one is asked for. */
export const slices: { readonly [family: string]: () => Promise<{ readonly files: { readonly [id: string]: () => URL } }> };
"#;
const SLICE_TYPES: &str = "export const files: { readonly [id: string]: () => URL };\n";

/// Writes the module and its types, and puts the fonts beside it.
pub fn write(sizes: &[Size]) -> Result<(), Fault> {
    let pkg = root("www/pkg");
    let mut text = String::new();
    for Size { id, raw, brotli, .. } in sizes {
        writeln!(
            text,
            "const {id} = {{ load: () => import(\"./{id}.js\"), wasm: () => new URL(\"./{id}_bg.wasm\", import.meta.url), raw: {raw}, brotli: {brotli} }};"
        )?;
    }
    text.push_str("export const packs = {\n");
    for Size { id, packs, .. } in sizes {
        packs.iter().try_for_each(|pack| writeln!(text, "  {pack}: {id},"))?;
    }
    text.push_str("};\nexport const files = {\n");
    for font in Fonts::index() {
        let id = font.id;
        writeln!(text, "  \"{id}\": () => new URL(\"./fonts/{id}.ttf\", import.meta.url),")?;
    }
    for id in [mapwright::map::latin::ID, mapwright::style::outline::ID] {
        writeln!(text, "  \"{id}\": () => new URL(\"./fonts/{id}.txt\", import.meta.url),")?;
    }
    let id = mapwright::format::viewer::ID;
    writeln!(text, "  \"{id}\": () => new URL(\"./fonts/{id}.html\", import.meta.url),")?;
    text.push_str("};\nexport const slices = {\n");
    for family in Fonts::families() {
        let id = family.id;
        writeln!(text, "  \"{id}\": () => import(\"./{id}.js\"),")?;
        let mut list =
            format!("export const files = {{\n  \"{id}\": () => new URL(\"./fonts/{id}.json\", import.meta.url),\n");
        for slice in slices::ids(id)? {
            writeln!(list, "  \"{slice}\": () => new URL(\"./fonts/{slice}.woff\", import.meta.url),")?;
        }
        list.push_str("};\n");
        put(&pkg.join(format!("{id}.js")), list.as_bytes())?;
        put(&pkg.join(format!("{id}.d.ts")), SLICE_TYPES.as_bytes())?;
    }
    text.push_str("};\n");
    put(&pkg.join("packs.js"), text.as_bytes())?;
    let holder = |pack| sizes.iter().find(|size| size.packs.contains(&pack)).map_or(pack, |size| size.id);
    let types = TYPES.replace("CORE", holder("core"));
    put(&pkg.join("packs.d.ts"), types.as_bytes())?;
    put(&pkg.join("fonts/symbols.txt"), &std::fs::read(root("assets/symbols/symbols.txt"))?)?;
    copy_fonts(&root("assets/fonts"), &pkg.join("fonts"))
}

/// Copies fonts with their licence and drops what is no longer there.
fn copy_fonts(from: &Path, to: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(to)?;
    let files = |folder| -> std::io::Result<Vec<_>> {
        let all =
            std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<PathBuf>>>()?;
        Ok(all.into_iter().filter(|path| shipped(path)).collect())
    };
    for old in files(to)?.iter().filter(|path| path.file_name().is_none_or(|name| !from.join(name).exists())) {
        std::fs::remove_file(old)?;
    }
    for path in files(from)? {
        put(&to.join(path.file_name().ok_or("a font without a name")?), &std::fs::read(&path)?)?;
    }
    Ok(())
}

/// Font files and the licence they come under.
fn shipped(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "ttf") || path.file_name().is_some_and(|name| name == "OFL.txt")
}
