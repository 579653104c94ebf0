// The drawer beside a list: its cross (a link back to the list without a script) and Escape empty it.
function empty(selector) {
  const drawer = document.querySelector(selector);
  if (!drawer?.hasChildNodes()) return false;
  drawer.replaceChildren();
  document.querySelector("[data-rows] > .is-current [data-open]")?.focus({ preventScroll: true });
  return true;
}

export function startDrawers() {
  document.addEventListener("click", (event) => {
    const closer = event.target.closest?.("[data-empties]");
    if (closer && empty(closer.dataset.empties)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const closer = document.querySelector("[data-empties]");
    if (closer) empty(closer.dataset.empties);
  });
}
