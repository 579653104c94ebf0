// A queue that lives: rows change in place. Nothing is inserted or taken away while somebody works: a row that left is
// struck through until the list is loaded again, and new ones wait behind a bar that says how many there are.
import htmx from "htmx.org";
import { readRow } from "./counts.js";
import { neighbour, openRow, standOn } from "./rows.js";

const RECONNECT_MS = 5000;
const COUNT_MS = 1500;

function rowOf(list, id) {
  return list.querySelector(`[data-row="${CSS.escape(id)}"]`);
}

function strike(row) {
  row.classList.add("is-gone");
  row.setAttribute("aria-disabled", "true");
}

async function refresh(list, row) {
  const id = row.dataset.row;
  const answer = await readRow(list, id);
  const present = rowOf(list, id);
  if (!present) return;
  if (answer.status === 404 || answer.status === 204) strike(present);
  if (answer.status !== 200) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.firstElementChild;
  if (!fresh) return;
  const focused = present.contains(document.activeElement);
  if (present.classList.contains("is-current")) fresh.classList.add("is-current");
  present.replaceWith(fresh);
  htmx.process(fresh);
  if (focused) fresh.querySelector("[data-open]")?.focus({ preventScroll: true });
}

function announceNew(list, waiting) {
  const bar = document.querySelector(list.dataset.newBar ?? "[data-new-bar]");
  if (!bar) return;
  bar.hidden = false;
  const text = bar.querySelector("[data-new-count]") ?? bar;
  text.textContent = (list.dataset.newText ?? "{count}").replace("{count}", String(waiting.size));
}

/** Orders that are not in the list change the chips too: asked once for all the news of a moment. */
function countSoon(list, id) {
  if (list.dataset.counting) return;
  list.dataset.counting = "soon";
  setTimeout(() => {
    delete list.dataset.counting;
    if (document.contains(list)) readRow(list, id).catch(() => undefined);
  }, COUNT_MS);
}

function listen(list) {
  const waiting = new Set();
  const source = new EventSource(list.dataset.liveUrl, { withCredentials: true });
  source.addEventListener("order", (event) => {
    const { id } = JSON.parse(event.data);
    const row = rowOf(list, id);
    if (row) refresh(list, row);
    else {
      waiting.add(id);
      announceNew(list, waiting);
      countSoon(list, id);
    }
  });
  source.addEventListener("error", () => {
    // The browser gives up for good on some answers (a restart of the live process behind a proxy): start again.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => document.contains(list) && listen(list), RECONNECT_MS);
  });
  window.addEventListener("pagehide", () => source.close(), { once: true });
}

/** After an act the next row is open already: the server sends HX-Trigger {"sidan:acted": {"id": …}}. */
function goOn(event) {
  const row = document.querySelector(`[data-row="${CSS.escape(event.detail.id ?? "")}"]`);
  const next = row && neighbour(row);
  const list = row?.closest("[data-rows]");
  if (row && list?.dataset.rowUrl) refresh(list, row);
  if (next) {
    standOn(next);
    openRow(next);
  }
}

/** An act after which one stays with the order: only its row is read again. */
function change(event) {
  const row = document.querySelector(`[data-row="${CSS.escape(event.detail.id ?? "")}"]`);
  const list = row?.closest("[data-rows]");
  if (row && list?.dataset.rowUrl) refresh(list, row);
}

export function startQueues() {
  document.querySelectorAll("[data-rows][data-live-url]").forEach(listen);
  document.addEventListener("sidan:acted", goOn);
  document.addEventListener("sidan:changed", change);
}
