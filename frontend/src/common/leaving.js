// At sign-out this telephone forgets the tasks, surveys and activities it kept for doors without network: the next person must
// not find them. What is not sent yet stays, and who leaves is told of it and may send it first; what was only typed is
// wiped, and they are told of that, too.
import { draftsOf, wipeDraftsOf, wipeOldDrafts } from "./drafts.js";
import { DOOR_FACTS, SURVEY_FACTS, VISIT_FACTS } from "./kept.js";
import { release } from "./submit.js";

const PATIENCE_MS = 1500;

function forgetFacts({ database }) {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(database);
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
}

// The worker may be keeping the page just now: it is asked first, and answers once nothing more is on its way.
function askToForget({ active }) {
  if (!active) return null;
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    active.postMessage("forget", [port2]);
  });
}

async function forgetPages() {
  const workers = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
  await Promise.all(workers.map(askToForget));
  await Promise.all(workers.map((worker) => worker.unregister()));
  if (!window.caches) return;
  const ours = (await caches.keys()).filter((name) => name.startsWith("sidan-"));
  await Promise.all(ours.map((name) => caches.delete(name)));
}

const late = (answer) => new Promise((done) => setTimeout(() => done(answer), PATIENCE_MS));

function leave(form) {
  wipeDraftsOf(form.dataset.account);
  const forgetting = Promise.all([...[VISIT_FACTS, SURVEY_FACTS, DOOR_FACTS].map(forgetFacts), forgetPages()]);
  Promise.race([forgetting, late()]).finally(() => form.submit());
}

// The words stand in the dialog, in the reader's language; nothing that waits shows nothing.
function ask(dialog, form, left) {
  const lines = ["times", "sheets"].filter((what) => left[what]).map((what) => dialog.dataset[what].replace("{count}", left[what]));
  dialog.querySelector("[data-told]").textContent = lines.join(" ");
  for (const part of dialog.querySelectorAll("[data-when-waiting]")) part.hidden = !left.all;
  const typed = dialog.querySelector("[data-when-typed]");
  typed.hidden = !left.drafts;
  typed.textContent = typed.dataset.say.replace("{count}", left.drafts);
  dialog.querySelector("[data-problem]").hidden = true;
  dialog.onclose = () => release(form);
  dialog.querySelector("[data-leave]").onclick = () => leave(form);
  dialog.querySelector("[data-send]").onclick = (event) => sendFirst(dialog, form, event.target);
  dialog.showModal();
}

async function sendFirst(dialog, form, button) {
  button.disabled = true;
  const { sendUnsent } = await import("./unsent.js");
  const left = await sendUnsent(form.dataset.account).catch(() => ({ all: 1 }));
  button.disabled = false;
  // Whom to call stands on this page: whoever has done it signs out then.
  if (left.danger) dialog.close();
  else if (left.all) dialog.querySelector("[data-problem]").hidden = false;
  else leave(form);
}

async function unsentOf(account) {
  const unsent = await import("./unsent.js");
  return unsent.unsentOf(account);
}

/** What waits is sent from every page of who is signed in; signing out asks where something still waits. */
export function startLeaving() {
  wipeOldDrafts();
  const dialog = document.querySelector("dialog[data-unsent]");
  const account = dialog && document.querySelector("form[data-account]")?.dataset.account;
  if (account) {
    import("./unsent.js").then(({ startSending }) => startSending({ account, saySent: dialog.dataset.saySent }), () => {});
  }
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.action?.endsWith?.("/sign-out/")) return;
    event.preventDefault();
    const none = { all: 0 };
    const waiting = account ? await Promise.race([unsentOf(account).catch(() => none), late(none)]) : none;
    const left = { ...waiting, drafts: account ? draftsOf(account).length : 0 };
    if (left.all || left.drafts) ask(dialog, form, left);
    else leave(form);
  });
}
