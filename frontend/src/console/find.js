// Search over everything: what is found unfolds under the field; the arrows walk through it, Escape folds it.
function links(box) {
  return [...box.querySelectorAll(".found-popover a")];
}

function fold(box) {
  box.querySelector(".found-popover").replaceChildren();
}

function walk(box, event) {
  const all = links(box);
  const input = box.querySelector("input");
  if (event.key === "Escape" && all.length) {
    fold(box);
    input.focus();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && all.length) {
    const next = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? input : all[Math.min(next, all.length - 1)]).focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

export function startFinding() {
  const box = document.querySelector("[data-find]");
  if (!box) return;
  box.addEventListener("keydown", (event) => !event.isComposing && walk(box, event));
  box.addEventListener("input", (event) => !event.target.value.trim() && fold(box));
  document.addEventListener("click", (event) => !box.contains(event.target) && fold(box));
}
