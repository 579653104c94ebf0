// j/k move, Enter opens, / searches, ? shows the keys; any button with data-key="d" is pressed by that letter.
import { currentRow, openRow, step } from "./rows.js";

function isTyping(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function isVisible(element) {
  return element.getClientRects().length > 0 && !element.disabled;
}

function search() {
  // The search of this page's list goes first; a page without one has the search over everything.
  const box = [...document.querySelectorAll("[data-search]"), ...document.querySelectorAll("[data-search-all]")].find(isVisible);
  if (!box) return false;
  box.focus();
  box.select();
  return true;
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog) return false;
  dialog.showModal();
  return true;
}

function enter(event) {
  // A focused link or button keeps its own Enter.
  if (event.target !== document.body || !currentRow()) return false;
  openRow(currentRow());
  return true;
}

function press(key) {
  const button = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isVisible);
  button?.click();
  return Boolean(button);
}

const KEYS = {
  j: () => (step(1), true),
  k: () => (step(-1), true),
  "/": search,
  "?": showKeys,
  Enter: enter,
};

export function startKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const done = KEYS[event.key] ? KEYS[event.key](event) : event.key.length === 1 && press(event.key);
    if (done) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("[data-rows] > [data-row]");
    if (!row) return;
    currentRow()?.classList.remove("is-current");
    row.classList.add("is-current");
  });
}
