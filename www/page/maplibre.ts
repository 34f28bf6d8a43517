// MapLibre, as it is imported when the map is needed: native modules beside the page.
import type * as maplibre from "maplibre-gl";

export type MapLibre = typeof maplibre;
