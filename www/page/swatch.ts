// A small drawn town in the colours of a style, for the style cards.

/** Colours of a style: ground, water, green, buildings, streets. */
export type Palette = Partial<Record<"land" | "water" | "green" | "building" | "road" | "line", string>>;

const space = "http://www.w3.org/2000/svg";

/** What is drawn, in its order: path and the colour it takes. */
const PARTS: readonly [d: string, paint: "fill" | "stroke", colour: keyof Palette, width?: number][] = [
  ["M0 0H72V44H0Z", "fill", "land"],
  ["M40 0Q34 14 46 22T54 44H72V0Z", "fill", "water"],
  ["M4 26H20V40H4Z", "fill", "green"],
  ["M5 4H14V11H5ZM17 4H24V10H17ZM5 14H12V20H5ZM24 27H31V33H24ZM24 36H34V41H24ZM28 5H34V16H28Z", "fill", "building"],
  ["M0 23.5H40M22 0V44M0 12H22", "stroke", "line", 4.4],
  ["M0 23.5H72M22 0V44M0 12H22", "stroke", "road", 3],
];

let palettes: Readonly<Record<string, Palette>> = {};

/** Says which colours the styles have; cards made later show them. */
export function paint(known: Readonly<Record<string, Palette>>): void {
  palettes = known;
}

/** The picture of a style. */
export function swatch(style: string): SVGSVGElement {
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 72 44");
  svg.setAttribute("preserveAspectRatio", "xMidYMid slice");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "swatch");
  for (const [d, kind, colour, width] of PARTS) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", d);
    path.setAttribute("fill", "none");
    path.setAttribute(kind, palettes[style]?.[colour] ?? "none");
    if (width) path.setAttribute("stroke-width", String(width));
    svg.append(path);
  }
  return svg;
}
