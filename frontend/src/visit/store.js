// What the telephone keeps, in two databases: facts of tasks, which expire and are wiped at sign-out; and times that
// are not sent yet, of visits and at the doors of activities, which hold ids and times only and stay until they are sent.
import { keepFactsOf, keptFactsOf } from "../common/facts.js";
import { VISIT_FACTS, within } from "../common/kept.js";

const RECORDS = { database: "sidan-visit-records", key: "uuid" };

export const keepFacts = (facts) => keepFactsOf(VISIT_FACTS, facts);
export const keptFacts = () => keptFactsOf(VISIT_FACTS);

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
