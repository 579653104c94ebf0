// Fetching what the next visit without network needs, and sending what was kept, there and at the doors of activities. Sent twice a record is taken in once.
import { SignedOut, networkBy } from "../common/network.js";
import { forgetRecord, keepFacts, keepRecord, keptFacts, keptRecords, nextNumber } from "./store.js";

const FACTS_URL = "/api/v1/team-work/offline";
// One mechanism for every door; each has its inbox, and says what a record is of.
const INBOXES = [
  {
    url: "/api/v1/team-work/offline/inbox", holds: ({ activity }) => !activity,
    shape: ({ visit, way, code, reason, reading }) => ({ visit, way, code, reason, reading: reading ?? null }),
  },
  {
    url: "/api/v1/activities/offline/inbox", holds: ({ activity }) => Boolean(activity),
    shape: ({ activity, way, code, text, reading }) => ({ activity, way, code, text: text ?? "", reading: reading ?? null }),
  },
];
const TOLD_FOR_MS = 24 * 3600 * 1000;
const WRITTEN_WITHIN_MS = 7 * 24 * 3600 * 1000;
const AT_ONCE = 50;
let sending = null;

function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

// The clock of this session of the browser, which nobody can set; another session has another beginning.
const SESSION = String(performance.timeOrigin);

/** The clocks now: of a moment at which something was read, before anything else is waited for. */
export const momentNow = () => ({ deviceMs: Date.now(), session: SESSION, monotonicMs: performance.now() });

/** A record of a moment; `facts` say whose it is and how our clock stood to this one when they last met. */
export async function newRecord(fields, { facts, moment } = {}) {
  const when = moment ?? momentNow();
  const [known, nth] = await Promise.all([facts ?? keptFacts(), nextNumber()]);
  return { ...fields, ...when, uuid: crypto.randomUUID(), nth, account: known.account, offsetMs: known.offsetMs, told: "" };
}

// The page's language, not the browser's: titles and answers stand on the page among its own words.
export const inPagesLanguage = () => ({ "Accept-Language": document.documentElement.lang });

/** What a door's own address tells of it. Raises SignedOut. */
export async function asked(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json", ...inPagesLanguage() } });
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function fetchFacts() {
  const { now_ms, account, may_read_place, tasks } = await asked(FACTS_URL);
  const facts = { account, tasks, mayReadPlace: may_read_place, offsetMs: now_ms - Date.now() };
  await keepFacts(facts);
  return facts;
}

function asSent(record, shape) {
  const { uuid, nth, direction, deviceMs, offsetMs, session, monotonicMs } = record;
  const elapsed = session === SESSION ? Math.round(performance.now() - monotonicMs) : null;
  return {
    ...shape(record), id: uuid, direction, device_ms: deviceMs, offset_ms: offsetMs == null ? null : Math.round(offsetMs),
    elapsed_ms: elapsed, nth: nth ?? 0,
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
    if (told.has(uuid)) await keepRecord({ ...record, ...told.get(uuid), code: "", text: "", reading: null, toldAt: Date.now() });
    else if (problems.has(uuid)) await keepRecord({ ...record, problem: problems.get(uuid) });
  }
}

// Says whether all of them have come to something: what is left is tried again later, not at once.
async function sendSome(account, { url, shape }, waiting) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), ...inPagesLanguage() },
    body: JSON.stringify({ account, sent_ms: Date.now(), records: waiting.map((record) => asSent(record, shape)) }),
  });
  if (!answer.ok) {
    await tellRefusal(waiting, answer);
    return false;
  }
  const told = await answer.json();
  await tellOutcomes(waiting, told);
  return told.results.length === waiting.length;
}

async function sendRecords(account) {
  const waiting = (await keptRecords()).filter((record) => !record.told && record.account === account);
  for (const inbox of INBOXES) {
    const ours = waiting.filter(inbox.holds);
    for (let from = 0; from < ours.length; from += AT_ONCE) {
      if (!(await sendSome(account, inbox, ours.slice(from, from + AT_ONCE)))) break;
    }
  }
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
