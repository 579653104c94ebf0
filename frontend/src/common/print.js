// A button with data-prints prints the page; without a script the browser's own menu does.
export function startPrinting() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-prints]")) window.print();
  });
}
