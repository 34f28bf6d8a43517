// In one column the panels are tabs: Area, Format, Look, Files.
import { $ } from "./dom.js";
import { column } from "./layout.js";
import { on, set, state } from "./state.js";

const PANES = ["area", "format", "look", "files"];

/** Shows tabs where there is no room for all panels. */
export function readyPanes(): void {
  for (const [row, pane] of PANES.entries()) {
    const tab = $(`tab-${pane}`);
    tab.addEventListener("click", () => set({ pane }));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = event.key === "Home" ? 0 : event.key === "End" ? PANES.length - 1 : step && (row + step + PANES.length) % PANES.length;
      if (next === undefined) return;
      event.preventDefault();
      set({ pane: PANES[next] ?? "area" });
      $(`tab-${PANES[next]}`).focus();
    });
  }
  column.addEventListener("change", show);
  on(["pane"], () => {
    show();
    $("panes").scrollTop = 0;
  });
}

function show(): void {
  const { pane } = state();
  $("tabs").hidden = !column.matches;
  for (const id of PANES) {
    const here = id === pane;
    const tab = $(`tab-${id}`);
    tab.setAttribute("aria-selected", String(here));
    tab.tabIndex = here ? 0 : -1;
    const element = $(`pane-${id}`);
    element.hidden = column.matches && !here;
    if (column.matches) {
      element.setAttribute("role", "tabpanel");
      element.setAttribute("aria-labelledby", `tab-${id}`);
    } else {
      element.removeAttribute("role");
      element.removeAttribute("aria-labelledby");
    }
  }
}
