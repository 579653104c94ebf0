// One press, one order: a form that is on its way cannot be sent again until the answer or the page is back.
export function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

function guard(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method === "get" || form.method === "dialog") return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
}

export function startSubmitGuard() {
  document.addEventListener("submit", guard, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) release(form);
  });
  // Stopped before it was sent (a field was refused by the browser or by a handler after ours).
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented && !event.target.matches("[hx-post], [hx-put], [hx-delete]")) release(event.target);
  });
  // Back from the next page out of the browser's memory: the form is free again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
}
