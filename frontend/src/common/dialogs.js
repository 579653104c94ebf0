// Links and buttons that open a <dialog> of this page; without a script the link leads to a page that asks the same.
function open(opener, event) {
  const dialog = document.getElementById(opener.dataset.opens);
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.popover-menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener, event);
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
    // A click on the dimmed page around it.
    if (event.target instanceof HTMLDialogElement) event.target.close();
    closeMenus(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.popover-menu[open]");
    closeMenus(null);
    menu?.querySelector("summary")?.focus();
  });
}
