// The number pad without a way to the server and back for each key; the same rule stands in kiosk/policies.py.
function press(fields, key) {
  if (key === "back") {
    const last = fields.findLast((field) => field.value);
    if (last) last.value = last.value.slice(0, -1);
    return;
  }
  const free = fields.find((field) => field.value.length < field.maxLength);
  if (free) free.value += key;
}

export function startPad() {
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-pad] button[name=press]");
    if (!key) return;
    event.preventDefault();
    press([...key.form.querySelectorAll("input[maxlength]")], key.value);
  });
}
