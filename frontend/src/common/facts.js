// What the server told about a door without network: it expires after a day, and is wiped at sign-out.
import { within } from "./kept.js";

const FACTS_FOR_MS = 24 * 3600 * 1000;

export function keepFactsOf(place, facts) {
  return within(place, "readwrite", (rows) => rows.put({ ...facts, uuid: "facts", keptAt: Date.now() }));
}

export async function keptFactsOf(place) {
  const facts = await within(place, "readonly", (rows) => rows.get("facts"));
  if (!facts) return null;
  const age = Date.now() - facts.keptAt;
  if (age >= 0 && age < FACTS_FOR_MS) return facts;
  // A clock that was set back tells no age, and whoever stands at a door needs them: a day from now on, by that clock.
  if (age < 0) {
    await keepFactsOf(place, facts);
    return facts;
  }
  await within(place, "readwrite", (rows) => rows.clear());
  return null;
}
