// The numbers on the chips above the queue. They come with each row that is read again, for the same filters.
let asked = 0;
let shown = 0;

function chipOf(link) {
  return new URL(link.href).searchParams.get("chip") ?? "";
}

function show(counts) {
  for (const link of document.querySelectorAll(".filter-chips .filter-chip:has(> .count)")) {
    const [count, isUrgent] = counts[chipOf(link)] ?? [];
    if (count === undefined) continue;
    link.querySelector(".count").textContent = String(count);
    link.classList.toggle("is-urgent", isUrgent);
  }
}

/** Read a row again; the chips follow. An answer that comes after a later one's is too old for them. */
export async function readRow(list, id) {
  const turn = ++asked;
  const answer = await fetch(list.dataset.rowUrl.replace("{id}", id), { headers: { "HX-Request": "true" } });
  const counts = answer.headers.get("Sidan-Counts");
  if (counts && turn > shown) {
    shown = turn;
    show(JSON.parse(counts));
  }
  return answer;
}
