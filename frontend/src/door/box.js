// What this telephone keeps of the doors of activities: how many times, how many are not sent, which could not be written.
// Names stand on the server's pages only; a time that was written is counted here, and gone after a day.
import { showNetwork } from "../common/network.js";
import { lineOf } from "../common/times.js";
import { sendKept } from "../visit/send.js";
import { keptRecords } from "../visit/store.js";

const AGAIN_MS = 15_000;
const SHOWN = 20;

/** The box `[data-kept-box]` of one account. */
export async function showBox(box, account) {
  const records = (await keptRecords()).filter((record) => record.activity && record.account === account);
  const waiting = records.filter(({ told }) => !told);
  const refused = records.filter(({ told, outcome }) => told && outcome !== "written" && outcome !== "already_marked");
  box.hidden = records.length === 0;
  box.dataset.waits = waiting.length;
  const say = waiting.length ? box.dataset.sayCount : box.dataset.sayAllSent;
  box.querySelector("[data-count]").textContent = say.replace("{kept}", records.length).replace("{waiting}", waiting.length);
  const lines = [...refused, ...waiting].slice(-SHOWN).reverse();
  box.querySelector("[data-record-list]").replaceChildren(...lines.map((record) => lineOf(box, record)));
  return waiting.length;
}

/** Send what waits and show what is left; whoever shows more of what was written listens to `door-sent` of the body. */
export async function sendAndShow(box, account) {
  const before = await showBox(box, account);
  const state = await sendKept();
  if (document.querySelector("[data-network]")) showNetwork(document, state);
  const left = await showBox(box, account);
  if (left < before) document.body.dispatchEvent(new CustomEvent("door-sent"));
  return state;
}

/** Look after a box: at once, when the network is back, and now and then while something waits. */
export function startBox(box, account) {
  const go = () => sendAndShow(box, account);
  const goWhereItWaits = async () => ((await showBox(box, account)) || document.querySelector("[data-network]")) && go();
  goWhereItWaits();
  for (const change of ["online", "offline"]) window.addEventListener(change, go);
  setInterval(goWhereItWaits, AGAIN_MS);
}
