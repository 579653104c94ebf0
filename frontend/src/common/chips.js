// On a telephone the chips of a filter scroll sideways: the one that is chosen is brought into view, so that nobody
// reads a list without seeing which it is.
export function startChips() {
  for (const chip of document.querySelectorAll(".filter-chips > [aria-current]")) {
    const row = chip.parentElement;
    const ends = chip.offsetLeft - row.offsetLeft + chip.offsetWidth;
    if (ends > row.clientWidth) row.scrollLeft = ends - row.clientWidth + row.clientWidth / 4;
  }
}
