// Shows the map that lies in this page: style, symbols, tiles, names and tags stand in its blocks, and nothing is loaded from
// anywhere. MapLibre (the blocks `engine` and `worker`) draws it.

const WORDS = {
  en: { find: "Find a name", layers: "Layers", print: "Print", none: "Nothing is called that.", more: "{n} more", nameless: "Without a name", view: "Map", old: "This browser cannot show the map: {fault}" },
  ru: { find: "Найти название", layers: "Слои", print: "Печать", none: "Ничего с таким названием.", more: "Ещё {n}", nameless: "Без названия", view: "Карта", old: "Этот браузер не может показать карту: {fault}" },
};
/** Results that are listed, and objects that a click tells of. */
const MOST = { names: 12, objects: 5 };
const ELEMENTS = { n: "node", w: "way", r: "relation" };

const language = navigator.languages?.find((tag) => tag.slice(0, 2) in WORDS)?.slice(0, 2) ?? "en";
const words = WORDS[language];
const byId = (id) => document.getElementById(id);
const block = (id) => byId(id).textContent.trim();
const lines = (id) => block(id).split("\n").filter(Boolean);

/** An element of HTML with text in it; texts of the data are never markup. */
function element(name, text = "", more = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, more);
}

function listed(...children) {
  const item = element("li");
  item.append(...children);
  return item;
}

/** What stands in a block, gzip within base64. */
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
const json = async (packed) => JSON.parse(new TextDecoder().decode(await unpacked(packed)));
const code = async (id) => URL.createObjectURL(new Blob([await unpacked(block(id))], { type: "text/javascript" }));

/** Russian names of layers. */
const titles = @LAYERS@;
const { style, bounds, zooms, title, layers, search: searched, sprite } = JSON.parse(block("map"));
const tiles = new Map(lines("tiles").map((line) => line.split(" ")));

/** Answers MapLibre's questions for `map://…`: tiles and symbols. */
async function answer({ url }) {
  const path = url.slice("map://".length);
  if (path.startsWith("sprite")) {
    const { index, picture } = sprite[path.includes("@2x") ? 1 : 0];
    if (path.endsWith(".json")) return { data: index };
    return { data: Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0)).buffer };
  }
  const tile = tiles.get(path.replace(/^tiles\/|\.pbf$/g, ""));
  return { data: tile ? (await unpacked(tile)).buffer : new ArrayBuffer(0) };
}

/** Labels what the page has, in the reader's language. */
function label() {
  document.documentElement.lang = language;
  byId("panel").querySelector("h1").textContent = title;
  byId("query").form.hidden = !searched;
  Object.assign(byId("query"), { placeholder: words.find, ariaLabel: words.find });
  byId("panel").querySelector("summary").textContent = words.layers;
  byId("print").textContent = words.print;
  byId("view").ariaLabel = words.view;
}

/** Boxes that switch layers. */
function switches(map) {
  const named = (id) => (language === "ru" && titles[id]) || id[0].toUpperCase() + id.slice(1).replaceAll("_", " ");
  for (const id of layers) {
    const box = element("input", "", { type: "checkbox", checked: true, value: id });
    box.addEventListener("change", () => {
      for (const layer of map.getStyle().layers.filter((layer) => layer["source-layer"] === id))
        map.setLayoutProperty(layer.id, "visibility", box.checked ? "visible" : "none");
    });
    const row = element("label");
    row.append(box, named(id));
    byId("layers").prepend(listed(row));
  }
}

/** Letters without case and marks: "Café" is found by "cafe". */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Names that hold `query`: the beginning of the name first, then of a word, then the middle; short ones first. */
function matching(rows, query) {
  const rank = (name) => (name.startsWith(query) ? 0 : name.includes(` ${query}`) ? 1 : 2);
  const fit = rows.filter((row) => row.plain.includes(query));
  return fit.map((row) => [rank(row.plain), row]).sort(([a, one], [b, other]) => a - b || one.plain.length - other.plain.length).map(([, row]) => row);
}

/** The field of names. */
function search(map, Marker) {
  let rows;
  const marker = new Marker({ color: "#d0021b" });
  const show = ({ box: [west, south, east, north] }) => {
    map.fitBounds([[west, south], [east, north]], { maxZoom: 17, padding: { top: 80, bottom: 80, left: innerWidth > 760 ? 340 : 40, right: 60 } });
    marker.setLngLat([(west + east) / 2, (south + north) / 2]).addTo(map);
  };
  const list = async () => {
    const query = plain(byId("query").value.trim());
    rows ??= (await json(block("names"))).map(([name, kind, ...box]) => ({ name, kind, box, plain: plain(name) }));
    const found = query === "" ? [] : matching(rows, query);
    const items = found.slice(0, MOST.names).map((row) => {
      const button = element("button", row.name, { type: "button" });
      button.append(" ", element("small", row.kind.replaceAll("_", " ")));
      button.addEventListener("click", () => show(row));
      return button;
    });
    if (query === "") marker.remove();
    else if (found.length === 0) items.push(element("span", words.none));
    else if (found.length > MOST.names) items.push(element("span", words.more.replace("{n}", found.length - MOST.names)));
    byId("found").replaceChildren(...items.map((item) => listed(item)));
  };
  byId("query").addEventListener("input", list);
  byId("query").form.addEventListener("submit", (event) => {
    event.preventDefault();
    byId("found").querySelector("button")?.click();
  });
}

/** What was mapped of an object, as far as the page holds it. */
async function tagged() {
  const found = {};
  for (const packed of lines("tags")) Object.assign(found, await json(packed));
  return found;
}

/** A click tells of what lies there. */
function tell(map, Popup) {
  let tags;
  const nearby = ({ x, y }) => map.queryRenderedFeatures([[x - 4, y - 4], [x + 4, y + 4]]).filter(({ properties }) => properties.osm_id);
  map.on("click", async ({ point, lngLat }) => {
    tags ??= tagged();
    const known = await tags;
    const objects = new Map(nearby(point).map(({ properties }) => [`${properties.osm_type}${properties.osm_id}`, properties]));
    const sections = [...objects].slice(0, MOST.objects).map(([id, properties]) => {
      const section = element("section");
      section.append(element("h2", properties.name ?? words.nameless));
      const { osm_id, osm_type, name, layer_z, rank, ...fields } = properties;
      const table = element("table", "", { className: "tags" });
      for (const [key, value] of Object.entries(known[id] ?? fields)) {
        const row = table.insertRow();
        row.append(element("th", key, { scope: "row" }), element("td", String(value)));
      }
      const link = { href: `https://www.openstreetmap.org/${ELEMENTS[osm_type]}/${osm_id}`, target: "_blank", rel: "noreferrer" };
      section.append(table, element("a", `${ELEMENTS[osm_type]} ${osm_id}`, link));
      return section;
    });
    if (sections.length === 0) return;
    const content = element("div");
    content.append(...sections);
    new Popup({ maxWidth: "none" }).setLngLat(lngLat).setDOMContent(content).addTo(map);
  });
  map.on("mousemove", ({ point }) => (map.getCanvas().style.cursor = nearby(point).length > 0 ? "pointer" : ""));
}

async function start() {
  label();
  const { Map: View, Popup, Marker, NavigationControl, ScaleControl, FullscreenControl, addProtocol, setWorkerUrl } = await import(await code("engine"));
  setWorkerUrl(await code("worker"));
  addProtocol("map", answer);
  const [west, south, east, north] = bounds;
  // Nobody gets lost, and the whole map fits into the narrowest window.
  const far = 3 * Math.max(east - west, north - south);
  const map = new View({
    container: "view",
    style,
    bounds: [[west, south], [east, north]],
    maxBounds: [[west - far, Math.max(-85, south - far)], [east + far, Math.min(85, north + far)]],
    minZoom: zooms[0],
    maxZoom: 20,
    hash: true,
    // Browsers print what is kept.
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  map.addControl(new NavigationControl());
  map.addControl(new FullscreenControl());
  map.addControl(new ScaleControl());
  switches(map);
  if (searched) search(map, Marker);
  tell(map, Popup);
  byId("print").addEventListener("click", () => print());
  map.once("idle", () => (document.documentElement.dataset.ready = "true"));
  globalThis.map = map;
}

start().catch((fault) => Object.assign(byId("fault"), { hidden: false, textContent: words.old.replace("{fault}", fault.message) }));
