// The page of tasks without network: one card a task, filled from what the telephone keeps.
import { whereAmI } from "../common/locate.js";
import { showNetwork } from "../common/network.js";
import { lineOf, shownTime, tellProblem } from "../common/times.js";
import { newRecord, sendKept } from "./send.js";
import { keepRecord, keptFacts, keptRecords } from "./store.js";

const SIX_DIGITS = /^\d{6}$/;
const AGAIN_MS = 15_000;

function stateOf(task, records) {
  const kept = (direction) => records.some(({ visit, direction: way, outcome }) =>
    visit === task.visit && way === direction && (!outcome || outcome === "written"));
  return { came: task.came || kept("in"), went: task.went || kept("out") };
}

function fillCard(page, task, records, mayReadPlace) {
  const card = page.querySelector("[data-task-card]").content.firstElementChild.cloneNode(true);
  const { came, went } = stateOf(task, records);
  card.dataset.visit = task.visit;
  card.dataset.direction = came ? "out" : "in";
  card.querySelector("[data-title]").textContent = task.title;
  card.querySelector("[data-place]").textContent = task.place;
  card.querySelector("[data-when]").textContent = shownTime(new Date(task.planned_from));
  const { direction } = card.dataset;
  for (const button of card.querySelectorAll("[data-verb]")) {
    button.textContent = direction === "in" ? page.dataset.sayIn : page.dataset.sayOut;
  }
  if (went) {
    for (const part of card.querySelectorAll("form, details")) part.remove();
    const state = card.querySelector("[data-state]");
    state.textContent = page.dataset.sayThere;
    state.hidden = false;
    return card;
  }
  const facts = { visit: task.visit, title: task.title, direction };
  const byPlaceForm = card.querySelector("[data-by-place]");
  if (mayReadPlace) byPlaceForm.addEventListener("submit", (event) => byPlace(event, page, facts));
  else byPlaceForm.closest("details").remove();
  card.querySelector("[data-by-code]").addEventListener("submit", (event) => byCode(event, page, facts));
  card.querySelector("[data-by-hand]").addEventListener("submit", (event) => byHand(event, page, facts));
  return card;
}

function byCode(event, page, { visit, direction }) {
  event.preventDefault();
  const code = event.target.elements.code.value.normalize("NFKC").replace(/\s/g, "");
  if (SIX_DIGITS.test(code)) keepAndShow(page, event.target, { visit, direction, way: "code", code, reason: "" });
  else tellProblem(event.target, page.dataset.saySix);
}

// Read once, when the button is pressed: a receiver needs no network. A browser says where it is in WGS-84.
async function byPlace(event, page, { visit, direction }) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  tellProblem(form, "");
  button.disabled = true;
  const here = await whereAmI().catch(() => null);
  button.disabled = false;
  if (!here) return tellProblem(form, page.dataset.sayNowhere);
  const { longitude, latitude, accuracy } = here;
  const reading = { longitude, latitude, accuracy, system: "wgs84" };
  return keepAndShow(page, form, { visit, direction, way: "place", code: "", reason: "", reading });
}

function byHand(event, page, { visit, direction }) {
  event.preventDefault();
  keepAndShow(page, event.target, { visit, direction, way: "hand", code: "", reason: event.target.elements.reason.value });
}

// What cannot be kept, on a telephone that is full, must be said at the door: later nobody knows the time.
async function keepAndShow(page, form, fields) {
  tellProblem(form, "");
  try {
    await keepRecord(await newRecord(fields));
  } catch {
    return tellProblem(form, page.dataset.sayUnkept);
  }
  letGo(form);
  await show(page);
  return sendAndShow(page);
}

// A code half typed, a field with the cursor, an open fold: such a card is under somebody's hand.
function isInHand(card) {
  const isTyped = [...card.querySelectorAll("input[name=code]")].some(({ value }) => value);
  return isTyped || Boolean(card.querySelector("details[open], input:focus, select:focus"));
}

function letGo(form) {
  form.reset();
  form.closest("details")?.removeAttribute("open");
  document.activeElement?.blur();
}

// Cards are drawn anew whenever something was sent or fetched, but never one that is in somebody's hand.
function cardOf(page, task, records, mayReadPlace) {
  const drawn = fillCard(page, task, records, mayReadPlace);
  const shown = page.querySelector(`article[data-visit="${task.visit}"]`);
  return shown && shown.dataset.direction === drawn.dataset.direction && isInHand(shown) ? shown : drawn;
}

// What stays is not moved: an element that is moved loses the cursor.
function placeCards(list, cards) {
  for (const old of [...list.children]) if (!cards.includes(old)) old.remove();
  cards.forEach((card, nth) => {
    if (list.children[nth] !== card) list.insertBefore(card, list.children[nth] ?? null);
  });
}

async function show(page) {
  const [facts, records] = await Promise.all([keptFacts(), keptRecords()]);
  const mine = records.filter(({ account, visit }) => visit && (!facts || account === facts.account));
  const tasks = facts?.tasks ?? [];
  const cards = tasks.map((task) => cardOf(page, task, mine, facts?.mayReadPlace));
  placeCards(page.querySelector("[data-tasks]"), cards);
  page.querySelector("[data-none]").hidden = tasks.length > 0;
  page.querySelector("[data-records]").hidden = mine.length === 0;
  page.querySelector("[data-record-list]").replaceChildren(...mine.map((record) => lineOf(page, record)));
  page.querySelector("[data-kept]").hidden = false;
}

async function sendAndShow(page) {
  showNetwork(page, await sendKept());
  await show(page);
}

export async function startOfflinePage(page) {
  await show(page);
  await sendAndShow(page);
  for (const change of ["offline", "online"]) window.addEventListener(change, () => sendAndShow(page));
  setInterval(() => sendAndShow(page), AGAIN_MS);
}
