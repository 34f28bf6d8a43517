// What a file is called: after its title, its area, the place that was looked up, or its data; then paper and scale. No page here.

/** What may give a name, best first. */
export interface Names {
  title?: string | undefined;
  area?: string | undefined;
  place?: string | undefined;
  data?: string | undefined;
  /** The paper, and N of 1 : N, of a sheet whose size was chosen. */
  sheet?: { size: string | readonly number[]; scale: number } | undefined;
}

/** Letters of a stem: longer ones are cut by file systems and eyes. */
const LONGEST = 60;

const plain = (text: string): string => text.toLocaleLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").slice(0, LONGEST).replace(/^-+|-+$/g, "");

/** The name of a file with this extension. */
export function fileName(extension: string, { title, area, place, data, sheet }: Names): string {
  // A file that was dropped gives its name without what it ends with.
  const bare = (text: string | undefined) => text?.replace(/\.(geojson|json|gpx|kml|osm|pbf|osm\.(pbf|gz|bz2|xml))$/i, "");
  const stem = [title, bare(area), place, bare(data)].map((text) => plain(text ?? "")).find(Boolean) ?? "map";
  const size = sheet && (typeof sheet.size === "string" ? plain(sheet.size) : sheet.size.map(Math.round).join("x"));
  return [stem, ...(sheet ? [size, Math.round(sheet.scale)] : [])].join("-") + `.${extension}`;
}
