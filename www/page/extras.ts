// The lines below the area: what cuts it and what lies over it, each with a button that takes it away.
import { $, el, icon } from "./dom.js";
import { onLanguage, t } from "./i18n/index.js";
import { on, set, state } from "./state.js";

/** Shows them from now on. */
export function showExtras(): void {
  const update = () => {
    const { shape, overlays } = state();
    const rows = [
      ...(shape ? [line("pentagon", t("area.shape", { name: shape.name || t("area.polygon") }), () => set({ shape: undefined }))] : []),
      ...overlays.map((each) => line("layers", t("area.overlay", { name: each.name }), () => set({ overlays: state().overlays.filter((other) => other !== each) }))),
    ];
    $("extras").replaceChildren(...rows);
    $("extras").hidden = rows.length === 0;
  };
  on(["shape", "overlays"], update);
  onLanguage(update);
}

function line(sign: string, words: string, remove: () => void): HTMLElement {
  const label = t("area.remove", { name: words });
  const button = el("button", { type: "button", className: "icon-button", "aria-label": label, title: label }, icon("x"));
  button.addEventListener("click", () => {
    remove();
    $("area-draw").focus();
  });
  return el("li", {}, icon(sign), el("span", {}, words), button);
}
