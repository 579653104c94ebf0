// Keeps forms that could not be sent on this device and sends them when there is a network: at the door of a house.
// A form says `data-outbox="whose"`, and with `data-outbox-name` which field carries the name under which the server
// keeps it once, however often it is sent. Each waits in IndexedDB with its own name; only its owner's are sent, and
// none is ever removed but by its arrival or by who discards it: `[data-outbox-box]` shows what waits, and how long.
import { dangerIn, showDangers } from "./danger.js";
import { draftOf, wipeDraft } from "./drafts.js";
import { within } from "./kept.js";

const DAY_MS = 24 * 3600 * 1000;
const LONG_DAYS = 7;
const LONGEST_KEPT_SECONDS = 31_536_000;

const OUTBOX = { database: "sidan-outbox", key: "id" };
const inStore = (mode, work) => within(OUTBOX, mode, work);
export const put = (item) => inStore("readwrite", (store) => store.put(item));
export const drop = (id) => inStore("readwrite", (store) => store.delete(id));
export const all = () => inStore("readonly", (store) => store.getAll());

/** What waits for one person, the oldest first. */
export async function waitingFor(owner) {
  return (await all()).filter((item) => item.owner === owner).sort((a, b) => a.at - b.at);
}

const daysOf = (item) => Math.max(0, Math.floor((Date.now() - item.at) / DAY_MS));

const answersOf = (item) => item.fields.filter(([name]) => /^q\d+$/.test(name)).map(([, value]) => value).filter(Boolean).join(" · ");

// What the server says of danger to life in a sheet: also of one that is refused, and sent by no other way.
function dangersOf(item, box) {
  return box ? [{ box, id: item.id, title: item.title, words: answersOf(item), url: item.url.replace(/enter\/$/, "") }] : [];
}

/**
 * Send one; it `went` "sent", "refused" for good, or "later", and with it what `dangers` its words speak of. A page of
 * another address means one was signed out meanwhile.
 */
export async function send(item, token) {
  const body = new URLSearchParams(item.fields);
  // What was filled in before its survey was closed is taken for some days: how long it waited, this clock alone knows.
  const waited = Math.floor((Date.now() - item.at) / 1000);
  body.set("kept_seconds", Math.min(Math.max(waited, 0), LONGEST_KEPT_SECONDS));
  if (token) body.set("csrfmiddlewaretoken", token);
  let answer, page;
  try {
    answer = await fetch(item.url, { method: "POST", body, credentials: "same-origin" });
    page = await answer.text();
  } catch {
    return { went: "later", dangers: [] };
  }
  const refused = [409, 410, 422, 404].includes(answer.status) ? "refused" : "later";
  const went = answer.ok && new URL(answer.url).pathname === item.url ? "sent" : refused;
  return { went, dangers: went === "later" ? [] : dangersOf(item, dangerIn(page)) };
}

/** Send what waits, one after another and never twice at once: other windows of this browser wait for their turn. */
export function sendAll(owner, token) {
  const work = async () => {
    const told = { sent: 0, refused: [], waits: 0, dangers: [] };
    for (const item of await waitingFor(owner)) {
      if (item.refused) {
        told.refused.push(item);
        continue;
      }
      const { went, dangers } = await send(item, token);
      told.dangers.push(...dangers);
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

// Read when it is used: signing in again gives another one.
export const token = (form) =>
  document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form?.elements.csrfmiddlewaretoken?.value ?? "";

function taken(form) {
  const id = crypto.randomUUID();
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SKIPPED.includes(name));
  const rest = fields.filter(([name]) => name !== form.dataset.outboxName);
  return {
    id, owner: form.dataset.outbox, title: form.dataset.outboxTitle ?? "", at: Date.now(),
    url: new URL(form.getAttribute("action") || location.pathname, location.href).pathname,
    fields: [...rest, [form.dataset.outboxName, id]],
  };
}

// Pressed once it asks, pressed again it discards.
function mayDiscard(button, item, box) {
  button.addEventListener("click", async () => {
    if (button.dataset.asked) {
      await drop(item.id);
      return show(box, {});
    }
    button.dataset.asked = "yes";
    button.textContent = button.dataset.sure;
  });
}

function rowOf(box, item) {
  const row = box.querySelector("[data-outbox-row]").content.firstElementChild.cloneNode(true);
  const age = row.querySelector("[data-age]");
  const days = daysOf(item);
  row.querySelector("[data-title]").textContent = item.title ?? "";
  age.textContent = days ? age.dataset.days.replace("{days}", days) : age.dataset.today;
  row.querySelector("[data-refused]").hidden = !item.refused;
  row.querySelector("[data-answers]").textContent = answersOf(item);
  mayDiscard(row.querySelector("[data-outbox-discard]"), item, box);
  return row;
}

/** Show what waits on this device; `sent` have just arrived, `kept` says why the last one has not. */
async function show(box, { sent = 0, kept = "" }) {
  const owner = box.dataset.outboxOwner;
  const items = await all();
  const mine = items.filter((item) => item.owner === owner).sort((a, b) => a.at - b.at);
  // What has arrived is told until the next sheet is entered, however often it is asked meanwhile.
  const arrived = Number(box.dataset.arrived ?? 0) + sent;
  box.dataset.arrived = arrived;
  const counts = {
    sent: arrived,
    waits: mine.filter((item) => !item.refused).length,
    refused: mine.filter((item) => item.refused).length,
    old: mine.filter((item) => daysOf(item) >= LONG_DAYS).length,
    others: items.length - mine.length,
  };
  const told = box.querySelector("[data-outbox-told]");
  const lines = Object.entries(counts).filter(([, count]) => count).map(([name, count]) => told.dataset[name].replace("{count}", count));
  const shown = [kept, ...lines].filter(Boolean);
  told.replaceChildren(...shown.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  box.querySelector("[data-outbox-list]").replaceChildren(...mine.map((item) => rowOf(box, item)));
  box.querySelector("[data-outbox-send]").hidden = counts.waits === 0;
  box.hidden = shown.length === 0;
}

function empty(form) {
  form.reset();
  for (const heard of form.querySelectorAll("[data-heard]")) heard.replaceChildren();
  wipeDraft(draftOf(form));
}

// The server's own page says at which field what is wrong.
function sendPlainly(form) {
  if (!form.elements.csrfmiddlewaretoken) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: token(form) }));
  }
  form.submit();
}

// Kept before it is sent: whatever breaks on the way, the sheet is still here. A device that says it has a network
// may have none that reaches us.
async function keepAndSend(form, box) {
  const item = taken(form);
  box.dataset.arrived = 0;
  await put(item);
  const { went, dangers } = await send(item, token(form));
  if (went !== "later") await drop(item.id);
  if (went === "refused") return sendPlainly(form);
  // What was heard while they typed stays said, though the sheet has not gone.
  const heard = went === "later" ? dangersOf(item, form.querySelector("[data-danger]")) : dangers;
  empty(form);
  await show(box, went === "sent" ? { sent: 1 } : { kept: form.dataset.outboxKept });
  if (!showDangers(heard)) box.scrollIntoView({ block: "start" });
}

async function sendAndShow(box) {
  const none = { sent: 0, dangers: [] };
  const { sent, dangers } = navigator.onLine ? await sendAll(box.dataset.outboxOwner, token()) : none;
  await show(box, { sent });
  showDangers(dangers);
}

function takeOver(form, box) {
  if ("outboxReady" in form.dataset) return;
  form.dataset.outboxReady = "";
  let busy = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    keepAndSend(form, box).finally(() => (busy = false));
  });
}

/** Take over the forms of a page that keep what they send; called again it takes those that have come since. */
export function startOutbox() {
  const box = document.querySelector("[data-outbox-box]");
  if (!box) return;
  for (const form of document.querySelectorAll("form[data-outbox]")) takeOver(form, box);
  if (!("ready" in box.dataset)) {
    box.dataset.ready = "";
    box.querySelector("[data-outbox-send]").addEventListener("click", () => sendAndShow(box));
    window.addEventListener("online", () => sendAndShow(box));
  }
  sendAndShow(box);
}
