// The pages of the door without network: one's own coming, and for staff the codes of others.
import { whereAmI } from "../common/locate.js";
import { shownTime, tellProblem } from "../common/times.js";
import { startScanning } from "../console/scan.js";
import { newRecord } from "../visit/send.js";
import { keepRecord } from "../visit/store.js";
import { sendAndShow, startBox } from "./box.js";
import { fetchDoors, keepPage, keptDoors } from "./facts.js";
import * as tools from "./tools.js";

const SIX_DIGITS = /^\d{6}$/;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

// The address that was asked for, or what stands behind the `#`: `…/activities/<uuid>/here/?code=123456`.
const wanted = () => `${location.pathname}${location.hash}`.match(UUID)?.[0] ?? "";

// Scanned, but never heard of: it is kept all the same, the server knows it.
const unknown = (page) => ({ activity: wanted(), title: page.dataset.sayUnknown, venue: "", runs: false });

async function keep(page, form, fields) {
  const box = page.querySelector("[data-kept-box]");
  const facts = await keptDoors();
  try {
    await keepRecord(await newRecord(fields, { facts }));
  } catch {
    return tellProblem(form, page.dataset.sayUnkept);
  }
  form.reset();
  tellProblem(form, "");
  return sendAndShow(box, facts.account);
}

function byCode(page, form, activity) {
  const given = new URLSearchParams(location.search).get("code") ?? "";
  if (activity === wanted()) form.elements.code.value = given;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = form.elements.code.value.normalize("NFKC").replace(/\s/g, "");
    const direction = event.submitter?.value ?? "in";
    if (!SIX_DIGITS.test(code)) tellProblem(form, page.dataset.saySix);
    else keep(page, form, { activity, direction, way: "code", code });
  });
}

function byPlace(page, form, activity) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const direction = event.submitter?.value ?? "in";
    const here = await whereAmI().catch(() => null);
    if (!here) return tellProblem(form, page.dataset.sayNowhere);
    const { longitude, latitude, accuracy } = here;
    return keep(page, form, { activity, direction, way: "place", code: "", reading: { longitude, latitude, accuracy, system: "wgs84" } });
  });
}

function cardOf(page, door, mayReadPlace) {
  const card = page.querySelector("[data-door-card]").content.firstElementChild.cloneNode(true);
  card.dataset.activity = door.activity;
  card.querySelector("[data-title]").textContent = door.title;
  card.querySelector("[data-when]").textContent = door.begins ? `${shownTime(new Date(door.begins))} · ${door.venue}` : "";
  byCode(page, card.querySelector("[data-by-code]"), door.activity);
  const placeForm = card.querySelector("[data-by-place]");
  if (mayReadPlace) byPlace(page, placeForm, door.activity);
  else placeForm.closest("details").remove();
  return card;
}

function showDoors(page, facts) {
  const known = facts?.doors ?? [];
  const isKnown = known.some(({ activity }) => activity === wanted());
  // Whose telephone it is must be known, or nothing that is kept here would ever be sent.
  const doors = facts && wanted() && !isKnown ? [unknown(page), ...known] : known;
  const first = doors.filter(({ activity }) => activity === wanted());
  const sorted = [...first, ...doors.filter((door) => !first.includes(door))];
  page.querySelector("[data-none]").hidden = sorted.length > 0;
  page.querySelector("[data-doors]").replaceChildren(...sorted.map((door) => cardOf(page, door, facts?.mayReadPlace)));
}

function showDesk(page, facts) {
  const doors = (facts?.doors ?? []).filter(({ runs }) => runs);
  const choice = page.querySelector("[data-choose]");
  const options = doors.map(({ activity, title, begins }) => new Option(`${title} · ${shownTime(new Date(begins))}`, activity, false, activity === wanted()));
  choice.replaceChildren(...options);
  page.querySelector("[data-none]").hidden = doors.length > 0;
  page.querySelector("[data-reading]").hidden = doors.length === 0;
  const form = page.querySelector("form[data-scan]");
  form.dataset.activity = choice.value;
  choice.addEventListener("change", () => (form.dataset.activity = choice.value));
  startScanning(tools);
}

export async function startOfflineDoor(page) {
  // Whose it is stays known although what is on was kept too long ago: it is heard again with the network.
  const facts = (await keptDoors()) ?? (await fetchDoors().catch(() => null));
  if ("desk" in page.dataset) showDesk(page, facts);
  else showDoors(page, facts);
  page.querySelector("[data-kept]").hidden = false;
  startBox(page.querySelector("[data-kept-box]"), facts?.account ?? "");
  if (navigator.onLine) Promise.all([fetchDoors(), keepPage(page.dataset.worker)]).catch(() => {});
}
