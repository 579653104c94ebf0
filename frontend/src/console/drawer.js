// The drawer beside a list: its cross (a link back to the list without a script) and Escape empty it.
function empty(selector) {
  const drawer = document.querySelector(selector);
  if (!drawer?.hasChildNodes()) return false;
  drawer.replaceChildren();
  document.querySelector("[data-rows] > .is-current [data-open]")?.focus({ preventScroll: true });
  return true;
}

// What was asked for before an act shows how the order was: when it comes after the act it is dropped.
let acts = 0;
const askedAt = new WeakMap();

function ask({ detail: { target, xhr, requestConfig } }) {
  if (!target?.matches(".desk-drawer")) return;
  if (requestConfig.verb !== "get") acts += 1;
  askedAt.set(xhr, acts);
}

function dropWhatIsOld({ detail }) {
  if (askedAt.has(detail.xhr) && detail.requestConfig.verb === "get" && askedAt.get(detail.xhr) < acts) {
    detail.shouldSwap = false;
  }
}

export function startDrawers() {
  document.addEventListener("htmx:beforeRequest", ask);
  document.addEventListener("htmx:beforeSwap", dropWhatIsOld);
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
