// Pages with network that make ready for a door without it: what is on is kept, and the page that opens there.
import { startBox } from "./box.js";
import { fetchDoors, keepPage, keptDoors } from "./facts.js";
import { newRecord } from "../visit/send.js";
import { keepRecord } from "../visit/store.js";

/** Whose telephone this is, and how its clock stands to ours: as it was heard last, else as the page says. */
export async function factsOf(account) {
  const kept = await keptDoors();
  return kept && (!account || kept.account === account) ? kept : { account, offsetMs: null, doors: [] };
}

// The network went while the page was open: the digits are kept, and the page that shows so opens from the telephone.
function keepHere(here, account) {
  here.addEventListener("submit", async (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    const { code, direction } = event.target.elements;
    const digits = code?.value.normalize("NFKC").replace(/\s/g, "") ?? "";
    if (/^\d{6}$/.test(digits)) {
      const fields = { activity: here.dataset.hereActivity, way: "code", code: digits, direction: direction.value };
      await keepRecord(await newRecord(fields, { facts: await factsOf(account) }));
    }
    location.href = `${here.dataset.offline}#${here.dataset.hereActivity}`;
  }, true);
}

export function startKeepingDoors(place) {
  const { worker, account } = place.dataset;
  if (navigator.onLine) Promise.all([fetchDoors(), keepPage(worker)]).catch(() => {});
  const here = document.querySelector("[data-here-activity]");
  if (here) keepHere(here, account);
  const box = document.querySelector("[data-kept-box]");
  if (box) startBox(box, account);
}
