// What this device keeps for a person and has not sent yet: times of visits and activities, and sheets of surveys. It is sent from
// whatever page of the site they open, not only from those that keep it.
import { keptRecords } from "../visit/store.js";
import { sendKept } from "../visit/send.js";
import { showDangers } from "./danger.js";
import { sendAll, token, waitingFor } from "./outbox.js";
import { toast } from "./toast.js";

// A browser that does not list its databases is asked for what they hold: an empty one is made then.
async function isThere(name) {
  const known = await indexedDB.databases?.();
  return !known || known.some((one) => one.name === name);
}

async function countOf(name, waiting) {
  return (await isThere(name)) ? (await waiting()).length : 0;
}

/** How many times and sheets of an account wait; sheets that were refused do not: nothing sends them. */
export async function unsentOf(account) {
  const times = await countOf("sidan-visit-records", async () =>
    (await keptRecords()).filter((record) => !record.told && record.account === account));
  const sheets = await countOf("sidan-outbox", async () =>
    (await waitingFor(account)).filter(({ refused }) => !refused));
  return { times, sheets, all: times + sheets };
}

/**
 * Send what waits; returns what is left, and whether something of it spoke of `danger` to life: the page says so then.
 * Without network nothing happens and nothing is lost.
 */
export async function sendUnsent(account) {
  const { times, sheets } = await unsentOf(account);
  if (times) await sendKept();
  const { dangers } = sheets ? await sendAll(account, token()) : { dangers: [] };
  return { ...(await unsentOf(account)), danger: showDangers(dangers) };
}

async function sendAndTell(account, sentence) {
  // A page that shows what waits sends it itself and says so.
  if (document.querySelector("[data-outbox-box], [data-offline-page], [data-kept-box]")) return;
  const before = await unsentOf(account);
  if (!before.all || !navigator.onLine) return;
  const left = await sendUnsent(account);
  if (left.all < before.all) toast(sentence.replace("{count}", before.all - left.all));
}

/** Send at once, whenever the network is back, and whenever the page is looked at again. */
export function startSending({ account, saySent }) {
  const go = () => sendAndTell(account, saySent).catch(() => {});
  go();
  window.addEventListener("online", go);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && go());
}
