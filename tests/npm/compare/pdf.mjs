// A PDF (ISO 32000) as text that can be compared: streams inflated, lengths and offsets left out.
import { inflateSync } from "node:zlib";

const STREAM = /stream\r?\n/g;

/** Objects with their streams; page content is text, other streams (fonts) stay byte for byte. */
export function pdfText(bytes) {
  const raw = bytes.toString("latin1");
  const parts = [];
  let at = 0;
  for (const hit of raw.matchAll(STREAM)) {
    if (hit.index < at || raw.slice(hit.index - 3, hit.index) === "end") continue;
    const head = raw.slice(at, hit.index);
    const length = Number(/.*\/Length (\d+)/s.exec(head)?.[1]);
    const start = hit.index + hit[0].length;
    const body = bytes.subarray(start, start + length);
    parts.push(head.replace(/\/Length \d+/g, "/Length"), inflated(body).toString("latin1"));
    at = start + length;
  }
  const end = raw.slice(at);
  return [...parts, end.slice(0, end.lastIndexOf("\nxref"))].join("\n");
}

function inflated(body) {
  try {
    return inflateSync(body);
  } catch {
    return body;
  }
}
