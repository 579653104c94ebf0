// The volunteer's pages: as the portal's, and ready for a door without network.
import { startCommon } from "./common/start.js";
import { startOfflinePage } from "./visit/page.js";
import { sendKept } from "./visit/send.js";
import { keptRecords } from "./visit/store.js";

const AGAIN_MS = 60_000;

async function tellWaiting() {
  const sign = document.querySelector("[data-waiting]");
  if (sign) sign.hidden = !(await keptRecords()).some(({ told }) => !told);
}

async function sendAndTell() {
  await sendKept();
  await tellWaiting();
}

async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/tasks/worker.js", { scope: "/tasks/" });
  registration.active?.postMessage("keep");
}

startCommon();
const page = document.querySelector("[data-offline-page]");
if (page) {
  startOfflinePage(page);
} else {
  sendAndTell();
  window.addEventListener("online", sendAndTell);
}
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendKept());
setInterval(sendKept, AGAIN_MS);
if (navigator.onLine) keepPage().catch(() => {});
