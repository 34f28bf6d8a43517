// A part of the sheet looked at closely: a click or Enter on the sheet shows it, arrows move it, Esc goes back.
import { $ } from "./dom.js";
import { chosen, drawn } from "./engine.js";
import { number, onLanguage, t } from "./i18n/index.js";
import { on, set, state } from "./state.js";

/** A part is at most this share of the sheet's sides. */
const SHARE = 1 / 3;

type Part = [x: number, y: number, width: number, height: number];

/** Wires picture and button. */
export function showParts(): void {
  const picture = $("preview-button");
  picture.addEventListener("click", (event) => {
    const { left, top, width, height } = $("preview").getBoundingClientRect();
    const byKeys = event.detail === 0;
    look(byKeys ? 0.5 : (event.clientX - left) / width, byKeys ? 0.5 : (event.clientY - top) / height);
  });
  picture.addEventListener("keydown", (event) => {
    const along = { ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0], ArrowUp: [0, -0.5], ArrowDown: [0, 0.5] }[event.key];
    const { part } = state();
    if (along && part) place(part[0] + part[2] * (0.5 + (along[0] ?? 0)), part[1] + part[3] * (0.5 + (along[1] ?? 0)));
    else if (event.key === "Escape" && part) set({ part: undefined });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  $("part-close").addEventListener("click", () => {
    set({ part: undefined });
    picture.focus();
  });
  const show = () => {
    const { part, preview } = state();
    const shown = part !== undefined && drawn(chosen());
    $("part-bar").hidden = !shown;
    $("part-words").textContent = part ? t("preview.part", { x: number(part[0], 0), y: number(part[1], 0), width: number(part[2], 0), height: number(part[3], 0) }) : "";
    // Models have no sheet to look at closely.
    const close = drawn(chosen());
    picture.setAttribute("aria-label", t(!close ? "preview.title" : part ? "preview.part.label" : "preview.look"));
    picture.title = part || !close ? "" : t("preview.look");
    picture.dataset["part"] = String(preview?.part !== undefined);
  };
  on(["part", "preview", "settings"], show);
  on(["box", "source"], () => set({ part: undefined }));
  onLanguage(show);
}

/** Looks at a place of the picture that is shown, 0 to 1. */
function look(across: number, along: number): void {
  const { preview } = state();
  if (!preview || !drawn(chosen())) return;
  const { width, height, bleed } = preview.frame;
  const [x, y, w, h] = preview.part ?? [-bleed, -bleed, width + 2 * bleed, height + 2 * bleed];
  place(x + w * across, y + h * along);
}

/** Puts the middle of the part there; it stays on the sheet. */
function place(x: number, y: number): void {
  const { preview } = state();
  if (!preview) return;
  const { width, height } = preview.frame;
  const stage = $("sheet").getBoundingClientRect();
  const millimetres = (px: number) => (px * 25.4) / 96;
  const across = Math.min(width * SHARE, millimetres(stage.width - 64));
  const along = Math.min(height * SHARE, millimetres(stage.height - 96));
  const inside = (value: number, side: number, all: number) => Math.round(Math.max(0, Math.min(all - side, value - side / 2)) * 10) / 10;
  const part: Part = [inside(x, across, width), inside(y, along, height), Math.floor(across * 10) / 10, Math.floor(along * 10) / 10];
  set({ part });
}
