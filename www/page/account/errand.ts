// What the address asks for behind `#`: the secret of a letter, why a sign-in elsewhere failed, a view. Secrets leave the address at once.

export type Errand =
  | { kind: "verify" | "reset"; token: string }
  | { kind: "failed"; why: string }
  | { kind: "ended"; how: string }
  | { kind: "sign-in" }
  | { kind: "operator" }
  | { kind: "own" }
  /** A place of the page, as that of the skip link. */
  | { kind: "place" };

/** Reads the address, and takes out of it what is done once. */
export function errand(): Errand {
  const [name = "", value = ""] = location.hash.slice(1).split(/=(.*)/s);
  if (["verify", "reset", "failed", "ended", "sign-in"].includes(name)) history.replaceState(null, "", location.pathname + location.search);
  switch (name) {
    case "verify":
    case "reset":
      return { kind: name, token: value };
    case "failed":
      return { kind: name, why: value };
    case "ended":
      return { kind: name, how: value };
    case "sign-in":
    case "operator":
      return { kind: name };
    default:
      return { kind: name === "" || name === "own" ? "own" : "place" };
  }
}

/** Starts the page again, empty of all that belonged to somebody, and has it say what ended. */
export function leave(how: "out" | "over" | "deleted" | "password"): void {
  history.replaceState(null, "", `${location.pathname}#ended=${how}`);
  location.reload();
}
