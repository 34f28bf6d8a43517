// What the pages may contact. The map's, made from page.json: its own origin, the tile host and the Overpass servers; that of accounts: its own origin.

const origin = (address) => new URL(address.replace(/[{}]/g, "")).origin;

/** The Content-Security-Policy of the page, for its `<meta>`. */
export function policy({ tiles, overpass }) {
  const tileHost = origin(tiles.url);
  const hosts = [...new Set([tileHost, ...overpass.map(origin)])];
  return written([
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
  ]);
}

/** That of the page of accounts. Scripts make no markup of texts: the browser refuses it. */
export const accountPolicy = () =>
  written([
    ["default-src", "'none'"],
    ["script-src", "'self'"],
    ["style-src", "'self'"],
    ["img-src", "'self'"],
    ["connect-src", "'self'"],
    ["base-uri", "'none'"],
    ["form-action", "'none'"],
    ["require-trusted-types-for", "'script'"],
    ["trusted-types", "'none'"],
  ]);

const written = (directives) => directives.map((directive) => directive.join(" ")).join("; ");
