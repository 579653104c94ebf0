// Fetching what the next visit without network needs, and sending what was kept. Sent twice a record is taken in once.
import { SignedOut, networkBy } from "../common/network.js";
import { forgetRecord, keepFacts, keepRecord, keptFacts, keptRecords, nextNumber } from "./store.js";

const FACTS_URL = "/api/v1/team-work/offline";
const INBOX_URL = "/api/v1/team-work/offline/inbox";
const TOLD_FOR_MS = 24 * 3600 * 1000;
const WRITTEN_WITHIN_MS = 7 * 24 * 3600 * 1000;
const AT_ONCE = 50;
let sending = null;

function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

// The clock of this session of the browser, which nobody can set; another session has another beginning.
const SESSION = String(performance.timeOrigin);

export async function newRecord(fields) {
  const [facts, nth] = await Promise.all([keptFacts(), nextNumber()]);
  return {
    ...fields, uuid: crypto.randomUUID(), nth, account: facts.account, deviceMs: Date.now(), offsetMs: facts.offsetMs,
    session: SESSION, monotonicMs: performance.now(), told: "",
  };
}

// The page's language, not the browser's: titles and answers stand on the page among its own words.
const inPagesLanguage = () => ({ "Accept-Language": document.documentElement.lang });

async function fetchFacts() {
  const answer = await fetch(FACTS_URL, { headers: { Accept: "application/json", ...inPagesLanguage() } });
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Error(answer.statusText);
  const { now_ms, account, may_read_place, tasks } = await answer.json();
  const facts = { account, tasks, mayReadPlace: may_read_place, offsetMs: now_ms - Date.now() };
  await keepFacts(facts);
  return facts;
}

function asSent(record) {
  const { uuid, nth, visit, direction, way, code, reason, reading, deviceMs, offsetMs, session, monotonicMs } = record;
  const elapsed = session === SESSION ? Math.round(performance.now() - monotonicMs) : null;
  return {
    id: uuid, visit, direction, way, code, reason, reading: reading ?? null, device_ms: deviceMs,
    offset_ms: Math.round(offsetMs), elapsed_ms: elapsed, nth: nth ?? 0,
  };
}

// They stay kept and are sent again; meanwhile each says why it waits, if the server gave a reason of its own.
async function tellRefusal(waiting, answer) {
  const { title, detail } = await answer.json().catch(() => ({}));
  for (const record of waiting) await keepRecord({ ...record, problem: detail || title || "" });
}

// What failed at the server is neither written nor refused: it stays kept, says why, and is sent again.
async function tellOutcomes(waiting, { results, failed = [] }) {
  const told = new Map(results.map(({ id, outcome, sentence }) => [id, { outcome, told: sentence }]));
  const problems = new Map(failed.map(({ id, sentence }) => [id, sentence]));
  for (const record of waiting) {
    const { uuid } = record;
    if (told.has(uuid)) await keepRecord({ ...record, ...told.get(uuid), code: "", reading: null, toldAt: Date.now() });
    else if (problems.has(uuid)) await keepRecord({ ...record, problem: problems.get(uuid) });
  }
}

async function sendRecords(account) {
  const records = await keptRecords();
  const waiting = records.filter((record) => !record.told && record.account === account).slice(0, AT_ONCE);
  if (!waiting.length) return;
  const answer = await fetch(INBOX_URL, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), ...inPagesLanguage() },
    body: JSON.stringify({ account, sent_ms: Date.now(), records: waiting.map(asSent) }),
  });
  if (!answer.ok) {
    await tellRefusal(waiting, answer);
    return;
  }
  await tellOutcomes(waiting, await answer.json());
}

async function forgetWhatIsOld() {
  for (const record of await keptRecords()) {
    if (record.told && Date.now() - record.toldAt > TOLD_FOR_MS) await forgetRecord(record.uuid);
    // Too late to be written: the place is of no more use, the time is still told.
    else if (record.reading && Date.now() - record.deviceMs > WRITTEN_WITHIN_MS) await keepRecord({ ...record, reading: null });
  }
}

async function sendOnce() {
  await forgetWhatIsOld();
  const { account } = await fetchFacts();
  await sendRecords(account);
  await fetchFacts();
}

// One at a time; without network, or signed out, nothing is lost: the answer says which it is.
export function sendKept() {
  sending ??= networkBy(sendOnce).finally(() => (sending = null));
  return sending;
}
