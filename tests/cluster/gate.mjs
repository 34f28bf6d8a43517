// A gate before a server: open, shut (nobody gets in), or stuck (everybody waits), as networks between machines are.
import { connect, createServer } from "node:net";

/** Passes connections on to a port; `shut`, `stick` and `open` change how. */
export async function gate(port) {
  const through = new Set();
  let state = "open";
  const server = createServer((near) => {
    if (state === "shut") return near.destroy();
    const far = connect(port, "127.0.0.1");
    const pair = { near, far };
    through.add(pair);
    const end = () => {
      through.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const side of [near, far]) side.on("error", end).on("close", end);
    if (state === "stuck") return void near.pause();
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const cut = () => [...through].forEach(({ near }) => near.destroy());
  return {
    port: server.address().port,
    /** Nobody gets in, and who was in is out. */
    shut: () => ((state = "shut"), cut()),
    /** Who comes waits for ever; who was in is out. */
    stick: () => ((state = "stuck"), cut()),
    open: () => ((state = "open"), cut()),
    end: () => (cut(), server.close()),
  };
}
