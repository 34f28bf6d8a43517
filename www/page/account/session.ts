// Who is signed in, and who wants to hear when the server tells it anew.
import { whoami } from "./api.js";
import type { Account } from "./types.js";

let known: Account | undefined;
const heard: ((account: Account) => void)[] = [];

/** Who is signed in. */
export const account = (): Account | undefined => known;

/** Calls `listener` now, where somebody is signed in, and whenever it is told anew. */
export function onAccount(listener: (account: Account) => void): void {
  heard.push(listener);
  if (known) listener(known);
}

/** Has the server tell it. */
export async function refresh(): Promise<Account> {
  known = await whoami();
  for (const listener of heard) listener(known);
  return known;
}
