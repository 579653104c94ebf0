// At sign-out this telephone forgets the tasks and the surveys it kept for doors without network: the next person must
// not find them. What is not sent yet stays.
import { SURVEY_FACTS, VISIT_FACTS } from "./kept.js";

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

export function startLeaving() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.action?.endsWith?.("/sign-out/")) return;
    event.preventDefault();
    const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
    Promise.race([Promise.all([forgetFacts(VISIT_FACTS), forgetFacts(SURVEY_FACTS), forgetPages()]), late]).finally(() => form.submit());
  });
}
