import { word } from "./words.js";

const STAYS_MS = 8000;

function closeButton(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", word("sayClose"));
  button.textContent = "✕";
  button.addEventListener("click", () => note.remove());
  return button;
}

/**
 * Say one sentence at the foot of the page. What went wrong stays until it is closed; what went well goes by itself.
 * Returns the note, for whoever takes it away before.
 */
export function toast(sentence, { kind = "ok" } = {}) {
  const shelf = document.querySelector("[data-toasts]");
  if (!shelf || !sentence) return null;
  const note = document.createElement("div");
  note.className = "toast-note";
  note.setAttribute("role", kind === "failed" ? "alert" : "status");
  const text = document.createElement("span");
  text.textContent = sentence;
  note.append(text, closeButton(note));
  shelf.append(note);
  if (kind !== "failed") setTimeout(() => note.remove(), STAYS_MS);
  return note;
}

export function startToasts() {
  document.addEventListener("sidan:toast", ({ detail }) => toast(detail.sentence, detail));
  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-dismiss]")?.closest(".toast-note, .notice")?.remove();
  });
}
