// The sheets of open surveys without network: drawn by the server while there was one, kept here until sign-out.
import { SURVEY_FACTS, within } from "../common/kept.js";
import { SignedOut, networkBy, showNetwork } from "../common/network.js";
import { startDrafts } from "../common/draft.js";
import { startOutbox } from "../common/outbox.js";

const FACTS_FOR_MS = 7 * 24 * 3600 * 1000;
const AGAIN_MS = 15_000;

const keepFacts = (facts) =>
  within(SURVEY_FACTS, "readwrite", (rows) => rows.put({ ...facts, uuid: "facts", keptAt: Date.now() }));

async function keptFacts() {
  const facts = await within(SURVEY_FACTS, "readonly", (rows) => rows.get("facts"));
  if (!facts) return null;
  const age = Date.now() - facts.keptAt;
  // Sheets expire; whose device it is does not, for what waits on it is still theirs. A clock set back tells no age.
  return age < FACTS_FOR_MS ? facts : { ...facts, sheets: [] };
}

// Signed out meanwhile, the answer is a page and no facts.
async function fetchFacts(page) {
  const answer = await fetch(page.dataset.sheets, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new SignedOut();
  await keepFacts(await answer.json());
}

/** Keep the empty sheets and the page that shows them. */
export async function keepSheets(page) {
  await fetchFacts(page);
  if (!("serviceWorker" in navigator)) return;
  const { worker } = page.dataset;
  const scope = worker.slice(0, worker.lastIndexOf("/") + 1);
  const registration = await navigator.serviceWorker.register(worker, { scope });
  registration.active?.postMessage("keep");
}

// The address of a sheet that was asked for, `…/surveys/<uuid>/enter/`, or what stands behind the `#`.
function wanted() {
  const found = `${location.pathname}${location.hash}`.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/);
  return found?.[0] ?? "";
}

function choice(sheet) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.className = "text-link";
  link.href = `#${sheet.survey}`;
  link.textContent = sheet.title;
  line.append(link);
  return line;
}

function showSheet(page, sheet) {
  const box = page.querySelector("[data-sheet]");
  box.hidden = !sheet;
  box.replaceChildren();
  if (!sheet) return;
  const title = document.createElement("h2");
  title.textContent = sheet.title;
  // Drawn by our own server from its own templates, and holds no script: the content policy would not run one.
  box.innerHTML = sheet.html;
  box.prepend(title);
  startDrafts();
}

function show(page, facts) {
  const sheets = facts?.sheets ?? [];
  const chosen = sheets.find(({ survey }) => survey === wanted()) ?? (sheets.length === 1 ? sheets[0] : null);
  page.querySelector("[data-none]").hidden = sheets.length > 0;
  page.querySelector("[data-choose]").hidden = sheets.length === 0 || Boolean(chosen);
  page.querySelector("[data-survey-list]").replaceChildren(...sheets.map(choice));
  page.querySelector("[data-outbox-box]").dataset.outboxOwner = facts?.account ?? "";
  showSheet(page, chosen);
  startOutbox();
}

async function tryNetwork(page) {
  const state = await networkBy(() => fetchFacts(page));
  const isThere = state === "there";
  const before = showNetwork(page, state);
  if (isThere && before && before !== "there") startOutbox();
  return isThere;
}

// Whether somebody has begun to fill in the sheet that is shown.
function isTyped(page) {
  const controls = [...(page.querySelector("[data-sheet] form")?.elements ?? [])];
  return controls.some((one) => one.checked !== one.defaultChecked || one.value !== (one.defaultValue ?? one.value));
}

export async function startOfflineSurveys(page) {
  let facts = await keptFacts();
  show(page, facts);
  if ((await tryNetwork(page)) && !isTyped(page)) {
    const fresh = await keptFacts();
    const isOther = JSON.stringify(fresh?.sheets) !== JSON.stringify(facts?.sheets);
    facts = fresh;
    if (isOther) show(page, facts);
  }
  window.addEventListener("hashchange", () => show(page, facts));
  for (const change of ["offline", "online"]) window.addEventListener(change, () => tryNetwork(page));
  setInterval(() => tryNetwork(page), AGAIN_MS);
  if (navigator.onLine) keepSheets(page).catch(() => {});
}
