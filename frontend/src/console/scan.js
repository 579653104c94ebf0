// Reading codes at the door: a scanner that types, or the camera where the browser can read pictures by itself. The page
// stays; each answer stands below the field, and the field is empty and ready for the next one. What is read is kept on
// the telephone before it is sent: without network, or killed in between, it is sent later with the moment of the reading.
import { toast } from "../common/toast.js";

const EVERY_MS = 250;
// The same telephone is held before the camera for a while: it is read once.
const SAME_FOR_MS = 4000;
const PATIENCE_MS = 6000;
// After an answer that did not come, what is read is only kept for a while: a queue of people waits for nobody's network.
const DOWN_FOR_MS = 15_000;
const OWN_CODE = /^P[0-9A-F]{32}\d{6}$/;

let queue = Promise.resolve();
let downUntil = 0;

function ready(form) {
  const field = form.querySelector("[data-scan-text]");
  field.value = "";
  field.focus();
}

function hand(form, text) {
  form.querySelector("[data-scan-text]").value = text;
  form.requestSubmit();
}

async function watch(form, video) {
  const reader = new window.BarcodeDetector({ formats: ["qr_code"] });
  let last = { text: "", at: 0 };
  while (video.isConnected) {
    const [found] = await reader.detect(video).catch(() => []);
    const isSame = found?.rawValue === last.text && Date.now() - last.at < SAME_FOR_MS;
    if (found && !isSame) {
      last = { text: found.rawValue, at: Date.now() };
      hand(form, found.rawValue);
    }
    await new Promise((next) => setTimeout(next, EVERY_MS));
  }
}

async function openCamera(form, button) {
  const video = Object.assign(document.createElement("video"), { playsInline: true, muted: true });
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    toast(button.dataset.sayNone, { kind: "failed" });
    return;
  }
  const view = form.querySelector("[data-scan-view]");
  view.append(video);
  view.hidden = false;
  button.hidden = true;
  await video.play();
  watch(form, video);
}

// Another page than the answer means one was signed out meanwhile; then, and after a fault, it stays kept.
async function sent(form, { text, direction }) {
  const address = form.getAttribute("action");
  if (!address || !navigator.onLine || Date.now() < downUntil) return "";
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, text, direction });
  const headers = { "HX-Request": "true" };
  try {
    const answer = await fetch(address, { method: "POST", body, headers, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });
    const told = answer.ok ? await answer.text() : "";
    return told.includes("data-told") ? told : "";
  } catch {
    downUntil = Date.now() + DOWN_FOR_MS;
    return "";
  }
}

function tell(form, words, tone) {
  const told = form.closest("section").querySelector("[data-told-kept]").content.firstElementChild.cloneNode(true);
  told.classList.add(`tone-${tone}`);
  told.querySelector("strong").textContent = words;
  document.getElementById("scanned").replaceChildren(told);
}

async function take(form, read, { keepRecord, forgetRecord, newRecord, factsOf, showBox }) {
  const box = document.querySelector("[data-kept-box]");
  const facts = await factsOf(form.dataset.account);
  const fields = { activity: read.activity, direction: read.direction, way: "scan", code: "", text: read.text };
  const record = await newRecord(fields, { facts, moment: read.moment });
  const isKept = await keepRecord(record).then(() => true, () => false);
  const told = await sent(form, read);
  if (told) {
    if (isKept) await forgetRecord(record.uuid);
    document.getElementById("scanned").innerHTML = told;
  } else if (!isKept) tell(form, form.dataset.sayUnkept, "overdue");
  else if (OWN_CODE.test(read.text.replace(/\s/g, "").toUpperCase())) tell(form, form.dataset.sayKept, "soon");
  else {
    // Nobody's code: there is nothing to send.
    await forgetRecord(record.uuid);
    tell(form, form.dataset.sayNoCode, "overdue");
  }
  await showBox(box, facts.account);
}

/** Let the camera fill in a form that is sent as it is: its page needs the network, and tells how it went. */
export function startReading() {
  const form = document.querySelector("form[data-reads]");
  const button = form.querySelector("[data-scan-camera]");
  if (!("BarcodeDetector" in window && navigator.mediaDevices)) return;
  button.hidden = false;
  button.addEventListener("click", () => openCamera(form, button));
}

/** Take over the form of a page; `loading` brings the tools of a door (`door/tools.js`). */
export function startScanning(loading) {
  const form = document.querySelector("form[data-scan]");
  const button = form.querySelector("[data-scan-camera]");
  if ("BarcodeDetector" in window && navigator.mediaDevices) button.hidden = false;
  button.addEventListener("click", () => openCamera(form, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.querySelector("[data-scan-text]").value.trim();
    const moment = { deviceMs: Date.now(), session: String(performance.timeOrigin), monotonicMs: performance.now() };
    const read = { text, direction: form.elements.direction.value, activity: form.dataset.activity, moment };
    ready(form);
    // One after another, as they were read; the next person may be read while the answer is on its way.
    if (text) queue = queue.then(async () => take(form, read, await loading)).catch(() => tell(form, form.dataset.sayUnkept, "overdue"));
  });
}
