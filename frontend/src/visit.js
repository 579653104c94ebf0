// The volunteer's pages: as the portal's, and ready for a door without network.
import { startCommon } from "./common/start.js";
import { unsentOf } from "./common/unsent.js";
import { startOfflinePage } from "./visit/page.js";
import { sendKept } from "./visit/send.js";

const AGAIN_MS = 60_000;

// Only one's own: what waits of somebody else on this telephone is nobody's business here.
async function tellWaiting() {
  const sign = document.querySelector("[data-waiting]");
  const account = document.querySelector("form[data-account]")?.dataset.account;
  if (sign && account) sign.hidden = !(await unsentOf(account)).times;
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
