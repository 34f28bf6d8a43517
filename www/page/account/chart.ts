// Exports by day as bars.
import type { Day } from "./types.js";

const SPACE = "http://www.w3.org/2000/svg";
/** Measures of the drawing; it is as wide as its place. */
const STEP = 10;
const BAR = 7;
const HIGH = 64;

/** Bars, with what they say for those who do not see them. */
export function chart(days: readonly Day[], label: string): SVGSVGElement {
  const most = Math.max(1, ...days.map(({ exports }) => exports));
  const svg = shape("svg", { viewBox: `0 0 ${days.length * STEP} ${HIGH}`, preserveAspectRatio: "none", role: "img", "aria-label": label, class: "chart" });
  days.forEach(({ day, exports }, at) => {
    // A day without exports is a line; one with few of many can be seen.
    const height = exports === 0 ? 1 : Math.max(4, (exports / most) * HIGH);
    const bar = shape("rect", { x: at * STEP + (STEP - BAR) / 2, y: HIGH - height, width: BAR, height, class: exports === 0 ? "none" : "some" });
    const title = shape("title", {});
    title.textContent = `${day}: ${exports}`;
    bar.append(title);
    svg.append(bar);
  });
  return svg;
}

function shape<K extends keyof SVGElementTagNameMap>(name: K, attributes: Readonly<Record<string, string | number>>): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
