// The number pad without a way to the server and back for each key; the same rule stands in kiosk/policies.py.
function press(fields, key) {
  if (key === "back") {
    const last = fields.findLast((field) => field.value);
    if (last) last.value = last.value.slice(0, -1);
    return;
  }
  // What was pasted may have spaces between its groups.
  const free = fields.find((field) => field.value.replace(/\s/g, "").length < Number(field.dataset.digits));
  if (free) free.value += key;
}

export function startPad() {
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-pad] button[name=press]");
    if (!key) return;
    event.preventDefault();
    press([...key.form.querySelectorAll("input[data-digits]")], key.value);
  });
}
