// Keeps forms that could not be sent on this device and sends them when there is a network: at the door of a house.
// A form says `data-outbox="whose"`, and with `data-outbox-name` which field carries the name under which the server
// keeps it once, however often it is sent. Each waits in IndexedDB with its own name; only its owner's are sent.
import { within } from "./kept.js";

const KEPT_FOR = 7 * 24 * 3600 * 1000;
const OUTBOX = { database: "sidan-outbox", key: "id" };
const inStore = (mode, work) => within(OUTBOX, mode, work);
export const put = (item) => inStore("readwrite", (store) => store.put(item));
export const drop = (id) => inStore("readwrite", (store) => store.delete(id));
export const all = () => inStore("readonly", (store) => store.getAll());

/** What waits for one person; what is older than a week is wiped, whoever's it is. */
export async function waitingFor(owner) {
  const items = await all();
  const old = items.filter((item) => Date.now() - item.at > KEPT_FOR);
  await Promise.all(old.map((item) => drop(item.id)));
  return items.filter((item) => item.owner === owner && !old.includes(item)).sort((a, b) => a.at - b.at);
}

/** Send one: "sent", "refused" for good, or "later". A page of another address means one was signed out meanwhile. */
export async function send(item, token) {
  const body = new URLSearchParams(item.fields);
  if (token) body.set("csrfmiddlewaretoken", token);
  let answer;
  try {
    answer = await fetch(item.url, { method: "POST", body, credentials: "same-origin" });
  } catch {
    return "later";
  }
  if (answer.ok && new URL(answer.url).pathname === item.url) return "sent";
  return [409, 410, 422, 404].includes(answer.status) ? "refused" : "later";
}

/** Send what waits, one after another and never twice at once: other windows of this browser wait for their turn. */
export function sendAll(owner, token) {
  const work = async () => {
    const told = { sent: 0, refused: [], waits: 0 };
    for (const item of await waitingFor(owner)) {
      if (item.refused) {
        told.refused.push(item);
        continue;
      }
      const went = await send(item, token);
      if (went === "sent") {
        await drop(item.id);
        told.sent += 1;
      } else if (went === "refused") {
        await put({ ...item, refused: true });
        told.refused.push(item);
      } else told.waits += 1;
    }
    return told;
  };
  return navigator.locks ? navigator.locks.request("sidan-outbox", work) : work();
}

const SKIPPED = ["csrfmiddlewaretoken", "once"];

function taken(form) {
  const id = crypto.randomUUID();
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SKIPPED.includes(name));
  const rest = fields.filter(([name]) => name !== form.dataset.outboxName);
  return { id, owner: form.dataset.outbox, url: location.pathname, at: Date.now(), fields: [...rest, [form.dataset.outboxName, id]] };
}

function tell(form, told, kept = "") {
  const box = form.querySelector("[data-outbox-told]");
  const say = (words, count) => words.replace("{count}", count);
  const lines = [kept];
  if (told.sent) lines.push(say(box.dataset.sent, told.sent));
  if (told.waits) lines.push(say(box.dataset.waits, told.waits));
  if (told.refused.length) {
    lines.push(say(box.dataset.refused, told.refused.length));
    for (const item of told.refused) lines.push(item.fields.filter(([name]) => /^q\d+$/.test(name)).map(([, value]) => value).join(" · "));
  }
  const shown = lines.filter(Boolean);
  box.hidden = !shown.length;
  box.replaceChildren(...shown.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function empty(form) {
  form.reset();
  localStorage.removeItem(`draft:${form.dataset.draft}`);
}

async function keptHere(form, item) {
  empty(form);
  const waits = (await waitingFor(item.owner)).filter((one) => !one.refused).length;
  tell(form, { sent: 0, refused: [], waits }, form.dataset.outboxKept);
  form.scrollIntoView({ block: "start" });
}

// Kept before it is sent: whatever breaks on the way, the sheet is still here. A device that says it has a network
// may have none that reaches us.
async function keepAndSend(form, token) {
  const item = taken(form);
  await put(item);
  const went = await send(item, token);
  if (went === "later") return keptHere(form, item);
  await drop(item.id);
  // The server's own page says at which field what is wrong.
  if (went === "refused") return form.submit();
  empty(form);
  tell(form, { sent: 1, refused: [], waits: 0 });
  form.scrollIntoView({ block: "start" });
}

export function startOutbox() {
  for (const form of document.querySelectorAll("form[data-outbox]")) {
    let busy = false;
    const token = () => form.elements.csrfmiddlewaretoken?.value ?? "";
    const go = async () => tell(form, await sendAll(form.dataset.outbox, token()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      keepAndSend(form, token()).finally(() => (busy = false));
    });
    window.addEventListener("online", go);
    if (navigator.onLine) go();
  }
}
