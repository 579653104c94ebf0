// The rows of the list on this page, and the one the keyboard stands on.
export function rows() {
  return [...document.querySelectorAll("[data-rows] > [data-row]:not(.is-gone)")];
}

export function currentRow() {
  return document.querySelector("[data-rows] > [data-row].is-current");
}

export function standOn(row) {
  currentRow()?.classList.remove("is-current");
  if (!row) return;
  row.classList.add("is-current");
  const link = row.querySelector("[data-open]") ?? row;
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

export function step(by) {
  const all = rows();
  const at = all.indexOf(currentRow());
  standOn(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
}

export function openRow(row) {
  (row?.querySelector("[data-open]") ?? row)?.click();
}

/** The row that comes after this one, or before it when it was the last: where one goes on after an act. */
export function neighbour(row) {
  const all = [...document.querySelectorAll("[data-rows] > [data-row]")];
  const after = all.slice(all.indexOf(row) + 1).find((other) => !other.classList.contains("is-gone"));
  const before = all.slice(0, all.indexOf(row)).findLast?.((other) => !other.classList.contains("is-gone"));
  return after ?? before ?? null;
}
