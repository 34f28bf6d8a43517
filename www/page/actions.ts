// What a person can do about a message: each action has one word, one button and one owner.

export type ActionId =
  | "draw"
  | "place"
  | "polygon"
  | "move"
  | "overlay"
  | "cut"
  | "like"
  | "reload"
  | "view"
  | "sample"
  | "swap"
  | "cross"
  | "go"
  | "smaller"
  | "again"
  | "server"
  | "file"
  | "saved"
  | "overpass"
  | "details"
  | "longer"
  | "around"
  | "memory"
  | "less"
  | "cli"
  | "save"
  | "copy"
  | "share"
  | "another"
  | "as"
  | "cancel";

const owners = new Map<ActionId, () => void>();

/** Says who does an action. */
export function offer(id: ActionId, run: () => void): void {
  owners.set(id, run);
}

/** Does it. */
export function act(id: ActionId): void {
  owners.get(id)?.();
}
