// What the page may contact, made from page.json: only its own origin, the tile host and the Overpass servers.

const origin = (address) => new URL(address.replace(/[{}]/g, "")).origin;

/** The Content-Security-Policy of the page, for its `<meta>`. */
export function policy({ tiles, overpass }) {
  const tileHost = origin(tiles.url);
  const hosts = [...new Set([tileHost, ...overpass.map(origin)])];
  return [
    ["default-src", "'none'"],
    ["script-src", "'self'", "'wasm-unsafe-eval'"],
    ["style-src", "'self'"],
    ["font-src", "'self'"],
    ["worker-src", "'self'"],
    ["manifest-src", "'self'"],
    ["img-src", "'self'", "blob:", "data:", tileHost],
    ["connect-src", "'self'", ...hosts],
    ["base-uri", "'none'"],
    ["form-action", "'none'"],
  ]
    .map((directive) => directive.join(" "))
    .join("; ");
}
