// Whether there is network is known by trying: a telephone's own word for it is often wrong.

/** The server answers, but knows nobody: the session has ended while there was no network. */
export class SignedOut extends Error {}

/** Try something that needs the server: "there", "signed-out", or "gone" where no answer of it came. */
export async function networkBy(work) {
  try {
    await work();
    return "there";
  } catch (error) {
    return error instanceof SignedOut ? "signed-out" : "gone";
  }
}

/** Show it; returns what was shown before. */
export function showNetwork(page, state) {
  const { dataset } = page.querySelector("[data-network]");
  const before = dataset.network;
  dataset.network = state;
  return before;
}
