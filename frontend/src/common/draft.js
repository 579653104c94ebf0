// Keeps what was typed into a form on this device until it is sent: for a home visit without a network.
// Only the fields of the form are kept, never its hidden ones. What was sent is wiped; what was not stays for some days
// or until sign-out, is shown with its age, and goes when somebody discards it.
import { daysSince, draftOf, draftsOf, forgetGone, goneOf, keepDraft, readDraft, wipeDraft, wipeOldDrafts } from "./drafts.js";

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !["hidden", "submit", "button", "password", "file"].includes(field.type));

function keep(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (["radio", "checkbox"].includes(field.type)) {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else if (field.value) values[field.name] = [field.value];
  }
  if (Object.keys(values).length) keepDraft(draftOf(form), values);
  else wipeDraft(draftOf(form));
}

function bring(form) {
  const kept = readDraft(draftOf(form));
  // A form that comes back with errors shows what was sent.
  if (!kept || form.querySelector(".has-error")) return;
  for (const field of fieldsOf(form)) {
    const values = kept.values[field.name];
    if (!values) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0];
  }
  tellAge(form, kept);
}

// What is typed today goes without saying.
function tellAge(form, { at }) {
  const box = form.querySelector("[data-draft-told]");
  const days = daysSince(at);
  if (!box || days < 1) return;
  const line = box.querySelector("[data-say]");
  line.textContent = line.dataset.say.replace("{days}", days);
  box.hidden = false;
  box.querySelector("[data-draft-discard]").addEventListener("click", () => {
    wipeDraft(draftOf(form));
    form.reset();
    box.hidden = true;
  });
}

const SHEET = "enter-";

/** On the page of the surveys: what one has typed on this device and not sent, each with a way to it. */
export function tellDrafts() {
  const box = document.querySelector("[data-drafts-told]");
  if (!box) return;
  const list = box.querySelector("[data-draft-list]");
  const lines = draftsOf(box.dataset.owner).map(({ name, at }) => ({ at, survey: name.slice(SHEET.length) }));
  list.replaceChildren(...lines.filter(({ at }) => daysSince(at) >= 1).map((line) => draftLine(list, line)));
  box.hidden = list.children.length === 0;
}

function draftLine(list, { at, survey }) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.className = "text-link";
  link.href = `${list.dataset.url}${survey}/enter/`;
  link.textContent = `${list.dataset.word} · ${list.dataset.days.replace("{days}", daysSince(at))}`;
  row.append(link);
  return row;
}

function wipeSent(form) {
  wipeDraft(draftOf(form));
  // Loaded again, this page must not wipe what is typed from now on.
  history.replaceState(null, "", location.pathname);
}

// What grew too old is gone before anybody looks for it: who typed it reads so until they say that they have.
function tellGone(box) {
  const { owner } = box.dataset;
  const line = box.querySelector("[data-say]");
  const count = goneOf(owner);
  line.textContent = line.dataset.say.replace("{count}", count);
  box.hidden = !count;
  box.querySelector("button").onclick = () => {
    forgetGone(owner);
    box.hidden = true;
  };
}

export function startDrafts() {
  wipeOldDrafts();
  document.querySelectorAll("[data-drafts-gone]").forEach(tellGone);
  for (const form of document.querySelectorAll("form[data-draft]:not([data-draft-ready])")) {
    form.dataset.draftReady = "";
    for (const line of form.querySelectorAll("[data-draft-kept]")) line.hidden = false;
    // Only the server's word that it arrived wipes: a sending without a network leaves everything here.
    if ("draftSent" in form.dataset) wipeSent(form);
    else bring(form);
    form.addEventListener("input", () => keep(form));
  }
}
