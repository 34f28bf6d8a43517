// Degrees as people write them: decimals with a point or a comma, minutes and seconds, hemispheres in two languages. No page here.

/** A coordinate; with a hemisphere it says what it measures. */
export interface Angle {
  value: number;
  axis?: "lat" | "lon";
}

/** A number as people write it: 55.7, 55,7, −3.1. */
export function number(text: string): number {
  const clean = text.trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(clean) ? Number(clean) : NaN;
}

const SIDES: Readonly<Record<string, readonly ["lat" | "lon", 1 | -1]>> = {
  N: ["lat", 1], С: ["lat", 1], S: ["lat", -1], Ю: ["lat", -1],
  E: ["lon", 1], В: ["lon", 1], O: ["lon", 1], W: ["lon", -1], З: ["lon", -1],
};
const SIDE = "[NSEWOСЮВЗ]";
const PART = "\\d+(?:[.,]\\d+)?";
/** Degrees, minutes, seconds; the hemisphere stands before or behind. Marks may be missing where a hemisphere ends the numbers. */
const ANGLE = new RegExp(`(${SIDE})?\\s*([-+−]?)(${PART})\\s*[°º˚]?\\s*(?:(${PART})\\s*['′’]?\\s*)?(?:(${PART})\\s*(?:["″”]|''|′′)?\\s*)?(${SIDE}(?![A-ZА-Я]))?`, "giu");
/** What shows that a text is about angles. */
const MARKED = new RegExp(`[°º˚]|^\\s*${SIDE}\\s*\\d|\\d\\s*${SIDE}(?![A-ZА-Я\\d])`, "iu");
/** All that may stand in such a text. */
const WHOLE = new RegExp(`^(?:[\\d\\s.,;/°º˚'′’"″”+−-]|${SIDE}(?![A-ZА-Я]))+$`, "iu");

/** Angles with marks or hemispheres; undefined where a text is something else. */
export function angles(text: string): Angle[] | undefined {
  const plain = text.replace(/\s*(с|ю)\.?\s*ш\.?/giu, " $1 ").replace(/\s*(в|з)\.?\s*д\.?/giu, " $1 ").replace(/\bdeg(rees)?\b/gi, "°");
  if (!MARKED.test(plain) || !WHOLE.test(plain)) return undefined;
  const leading = new RegExp(`^\\s*${SIDE}`, "iu").test(plain);
  const found = [...pieces(plain, leading)].map(angle);
  return found.every((each) => each !== undefined) ? found : undefined;
}

/** The text cut where an angle ends: after or before its hemisphere, or at what separates two of them. */
function pieces(text: string, leading: boolean): string[] {
  const side = new RegExp(leading ? `(?=${SIDE})` : `(?<=${SIDE})`, "iu");
  const parts = new RegExp(SIDE, "iu").test(text) ? text.split(side) : text.split(/(?:,\s|[;/]|(?<=[\d"″”'′’°º˚])\s+(?=[-+−]?\d+(?:[.,]\d+)?\s*[°º˚])|,(?=[-+−]?\d+(?:\.\d+)?\s*[°º˚]))/u);
  return parts.map((part) => part.replace(/^[\s,;/]+|[\s,;/]+$/g, "")).filter(Boolean);
}

function angle(text: string): Angle | undefined {
  ANGLE.lastIndex = 0;
  const found = ANGLE.exec(text);
  if (!found || found[0].trim() !== text) return undefined;
  const [, before, sign, degrees = "", minutes = "0", seconds = "0", behind] = found;
  const [axis, side] = SIDES[(before ?? behind ?? "").toLocaleUpperCase()] ?? [undefined, 1];
  const [m, s] = [number(minutes), number(seconds)];
  if (m >= 60 || s >= 60) return undefined;
  const value = (sign === "-" || sign === "−" ? -1 : 1) * side * (number(degrees) + m / 60 + s / 3600);
  return { value, ...(axis && { axis }) };
}
