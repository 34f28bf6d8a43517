// The operator's view: tiers, people, what failed, the log of all.
import { $, el } from "../dom.js";
import { moment, number, onLanguage, t } from "../i18n/index.js";
import { get } from "./api.js";
import { refill, trying } from "./fill.js";
import { deeds } from "./log.js";
import { showPeople } from "./people.js";
import type { Overview } from "./types.js";

let overview: Overview | undefined;

/** Shows it from now on. */
export async function showOperator(): Promise<void> {
  onLanguage(show);
  await Promise.all([load(), showPeople(() => void load())]);
}

async function load(): Promise<void> {
  await trying("operator-said", async () => {
    overview = await get<Overview>("api/admin");
    show();
  });
}

function show(): void {
  if (!overview) return;
  const { tiers, failures, log } = overview;
  const cell = (value: number) => el("td", { className: "number" }, number(value));
  $("tiers").replaceChildren(...tiers.map(({ tier, accounts, exports }) => el("tr", {}, el("th", { scope: "row" }, tier), cell(accounts), cell(exports))));
  const rows = failures.map(({ task_id, key, code, error, finished_at }) =>
    el(
      "li",
      { className: "failure" },
      el("p", { className: "error" }, error ?? code ?? ""),
      el("p", { className: "muted" }, [finished_at && moment(finished_at), code, t("op.failure.key", { id: String(key) })].filter(Boolean).join(" · "), " ", el("code", {}, task_id)),
    ),
  );
  $("failures").replaceChildren(...(rows.length > 0 ? rows : [el("li", { className: "hint" }, t("op.failures.none"))]));
  refill($("op-deeds"), deeds(log, "all"));
}
