// Copy as: what is set, as JSON, a program, a command, a call of the server, a link.
import { offer } from "./actions.js";
import { $ } from "./dom.js";
import { address } from "./link.js";
import { type Origin, asCommand, asCurl, asScript } from "./program.js";
import { request } from "./request.js";
import { set, state } from "./state.js";

const TEXTS = {
  json: () => JSON.stringify(request(state()), null, 2),
  npm: () => asScript(request(state()), origin()),
  cli: () => asCommand(request(state()), origin()),
  curl: () => asCurl(request(state())),
  link: async () => `${location.href.replace(/#.*/, "")}#${await address()}`,
} as const;

/** Wires the buttons. */
export function showCopies(): void {
  for (const [id, text] of Object.entries(TEXTS)) $(`as-${id}`).addEventListener("click", () => void copyText(text()));
  offer("cli", () => {
    unfold();
    void copyText(TEXTS.cli());
  });
  offer("as", () => {
    unfold();
    $("as-json").focus();
  });
  offer("details", () => {
    const { status } = state();
    if (status.kind === "fault") void copyText(status.details ?? "");
  });
}

function unfold(): void {
  set({ pane: "files" });
  $<HTMLDetailsElement>("as").open = true;
  $("as").scrollIntoView({ block: "nearest" });
}

function origin(): Origin {
  const { source, server } = state();
  if (source.kind === "file" || source.kind === "lost") return { file: source.name };
  if (source.kind === "sample") return { file: source.url.split("/").pop() ?? "" };
  return { server };
}

/** Copies text and shows what was copied. */
async function copyText(coming: string | Promise<string>): Promise<void> {
  const text = await coming;
  $("as-text").textContent = text;
  $("as-text").hidden = false;
  await told(navigator.clipboard.writeText(text));
}

/** Says that something was copied. */
export async function told(copying: Promise<void>): Promise<void> {
  await copying.then(
    () => set({ status: { kind: "done", words: { key: "say.copied" } } }),
    () => undefined,
  );
}
