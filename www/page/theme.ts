// Dark or light: the system's choice, or the person's.

const system = matchMedia("(prefers-color-scheme: dark)");
const heard: (() => void)[] = [];

/** True under the dark theme. */
export const dark = (): boolean => (document.documentElement.dataset["theme"] ?? (system.matches ? "dark" : "light")) === "dark";

/** A colour of the style sheet as it is now, resolved for those that know no CSS. */
export function color(name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** Calls `listener` after every change. */
export function onTheme(listener: () => void): void {
  heard.push(listener);
}

/** Follows the system and the switch. */
export function readyTheme(button: HTMLElement): void {
  const stored = localStorage.getItem("theme");
  if (stored === "dark" || stored === "light") document.documentElement.dataset["theme"] = stored;
  const tell = () => {
    button.setAttribute("aria-pressed", String(dark()));
    document.documentElement.toggleAttribute("data-dark", dark());
    for (const listener of heard) listener();
  };
  button.addEventListener("click", () => {
    const next = dark() ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    if (next === (system.matches ? "dark" : "light")) localStorage.removeItem("theme");
    else localStorage.setItem("theme", next);
    tell();
  });
  system.addEventListener("change", tell);
  tell();
}
