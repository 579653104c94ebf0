// What the telephone keeps, in two databases: facts of tasks, which expire and are wiped at sign-out; and times that
// are not sent yet, which hold ids and times only and stay until they are sent.
import { VISIT_FACTS, within } from "../common/kept.js";

const RECORDS = { database: "sidan-visit-records", key: "uuid" };
const FACTS_FOR_MS = 24 * 3600 * 1000;

export function keepFacts(facts) {
  return within(VISIT_FACTS, "readwrite", (rows) => rows.put({ ...facts, uuid: "facts", keptAt: Date.now() }));
}

export async function keptFacts() {
  const facts = await within(VISIT_FACTS, "readonly", (rows) => rows.get("facts"));
  if (!facts) return null;
  const age = Date.now() - facts.keptAt;
  if (age >= 0 && age < FACTS_FOR_MS) return facts;
  // A clock that was set back tells no age, and whoever stands at a door needs them: a day from now on, by that clock.
  if (age < 0) {
    await keepFacts(facts);
    return facts;
  }
  await within(VISIT_FACTS, "readwrite", (rows) => rows.clear());
  return null;
}

/** The number of the next record: the order in which they were kept, whatever is done to the clock meanwhile. */
export async function nextNumber() {
  return Math.max(0, ...(await keptRecords()).map(({ nth }) => nth ?? 0)) + 1;
}

export function keepRecord(record) {
  return within(RECORDS, "readwrite", (rows) => rows.put(record));
}

export function forgetRecord(uuid) {
  return within(RECORDS, "readwrite", (rows) => rows.delete(uuid));
}

/** The oldest first; those that were kept before records had a number stand before them. */
export async function keptRecords() {
  const records = await within(RECORDS, "readonly", (rows) => rows.getAll());
  return records.sort((one, other) => (one.nth ?? 0) - (other.nth ?? 0) || one.deviceMs - other.deviceMs);
}
