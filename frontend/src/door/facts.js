// What a telephone keeps about the activities at whose doors it may stand, and the page that opens without network.
import { keepFactsOf } from "../common/facts.js";
import { DOOR_FACTS, within } from "../common/kept.js";
import { asked } from "../visit/send.js";

const FACTS_URL = "/api/v1/activities/offline";

const FACTS_FOR_MS = 24 * 3600 * 1000;

/** What is on expires after a day; whose telephone it is does not: what they keep at a door is still theirs. */
export async function keptDoors() {
  const facts = await within(DOOR_FACTS, "readonly", (rows) => rows.get("facts"));
  if (!facts) return null;
  return Date.now() - facts.keptAt < FACTS_FOR_MS ? facts : { ...facts, doors: [] };
}

/** Raises SignedOut where nobody is signed in. */
export async function fetchDoors() {
  const { now_ms, account, may_read_place, doors } = await asked(FACTS_URL);
  const facts = { account, doors, mayReadPlace: may_read_place, offsetMs: now_ms - Date.now() };
  await keepFactsOf(DOOR_FACTS, facts);
  return facts;
}

/** Let the page of a worker open without network. */
export async function keepPage(worker) {
  if (!("serviceWorker" in navigator)) return;
  const scope = worker.slice(0, worker.lastIndexOf("/") + 1);
  const registration = await navigator.serviceWorker.register(worker, { scope });
  registration.active?.postMessage("keep");
}
