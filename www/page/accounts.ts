// The way to the page of accounts. The page lies on many hosts: only a server of ours, which says its version in every answer, is asked.
import { $ } from "./dom.js";

/** Shows the way where the host that gave `answer` has accounts. */
export async function offerAccount(answer: Response | undefined): Promise<void> {
  if (!answer?.headers.has("mapwright-version") || !navigator.onLine) return;
  const offer = (await fetch("api/auth").then((told) => told.json()).catch(() => undefined)) as { accounts?: boolean } | undefined;
  $("account").hidden = offer?.accounts !== true;
}
