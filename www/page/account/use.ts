// Today's exports against the limit, and those of 30 days.
import { $, el } from "../dom.js";
import { day, number, onLanguage, span, t } from "../i18n/index.js";
import { chart } from "./chart.js";
import { account, onAccount } from "./session.js";

/** Shows them from now on. */
export function showUse(): void {
  onAccount(show);
  onLanguage(show);
}

function show(): void {
  const known = account();
  if (!known) return;
  const { exports, limit, resets_in, days } = known;
  $("use-now").textContent = limit === null ? t("use.endless", { n: exports }) : t("use.some", { used: exports, n: limit });
  const meter = $<HTMLMeterElement>("use-meter");
  meter.hidden = limit === null;
  Object.assign(meter, { max: limit ?? 1, high: (limit ?? 1) * 0.8, optimum: 0, value: exports });
  $("use-resets").textContent = t("use.resets", { span: span(resets_in) });
  const sum = days.reduce((total, each) => total + each.exports, 0);
  const most = days.reduce((a, b) => (b.exports > a.exports ? b : a), { day: "", exports: 0 });
  const label = sum === 0 ? t("use.chart.none") : t("use.chart", { n: sum, most: most.exports, day: day(most.day) });
  const ends = [days[0], days.at(-1)].map((end) => el("span", {}, end ? day(end.day) : ""));
  $("use-chart").replaceChildren(chart(days, label), el("p", { className: "ends hint", "aria-hidden": true }, ...ends), el("p", { className: "hint", "aria-hidden": true }, label));
  const rows = [...days].reverse().map((each) => el("tr", {}, el("th", { scope: "row" }, day(each.day)), el("td", { className: "number" }, number(each.exports))));
  $("use-days").replaceChildren(...rows);
}
