// Keeps what was typed into a form on this device until it is sent: for a home visit without a network.
// Only the fields of the form are kept, never its hidden ones; what was sent, or is a week old, is wiped.
const KEPT_FOR = 7 * 24 * 3600 * 1000;
const PREFIX = "draft:";

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !["hidden", "submit", "button", "password", "file"].includes(field.type));

function keep(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (["radio", "checkbox"].includes(field.type)) {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else if (field.value) values[field.name] = [field.value];
  }
  localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), values }));
}

function bring(form) {
  const kept = JSON.parse(localStorage.getItem(PREFIX + form.dataset.draft) ?? "null");
  // A form that comes back with errors shows what was sent.
  if (!kept || form.querySelector(".has-error")) return;
  for (const field of fieldsOf(form)) {
    const values = kept.values[field.name];
    if (!values) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0];
  }
}

function wipeOld() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    const kept = JSON.parse(localStorage.getItem(name) ?? "null");
    if (!kept || Date.now() - kept.at > KEPT_FOR) localStorage.removeItem(name);
  }
}

function wipeSent(form) {
  localStorage.removeItem(PREFIX + form.dataset.draft);
  // Loaded again, this page must not wipe what is typed from now on.
  history.replaceState(null, "", location.pathname);
}

export function startDrafts() {
  wipeOld();
  for (const form of document.querySelectorAll("form[data-draft]")) {
    // Only the server's word that it arrived wipes: a sending without a network leaves everything here.
    if ("draftSent" in form.dataset) wipeSent(form);
    else bring(form);
    form.addEventListener("input", () => keep(form));
  }
}
