// On a narrow screen the rail is a drawer. Without a script the link to #rail opens it (`:target`).
const KEPT = "sidan-rail";
const EDGE = 24;
const narrow = window.matchMedia("(max-width: 63.9375rem)");

function setOpen(rail, opener, open) {
  rail.toggleAttribute("data-open", open);
  opener.setAttribute("aria-expanded", String(open));
  if (open) rail.querySelector("a, button")?.focus();
  else opener.focus();
}

/** Let a rail that is longer than the screen stand as it stood on the page before, and show where one is. */
function keepPlace(rail) {
  try {
    rail.scrollTop = Number(sessionStorage.getItem(KEPT) ?? 0);
    window.addEventListener("pagehide", () => sessionStorage.setItem(KEPT, String(rail.scrollTop)));
  } catch {
    // A browser that keeps nothing begins at the top.
  }
  const here = rail.querySelector("[aria-current]");
  if (!here) return;
  const box = here.getBoundingClientRect();
  const frame = rail.getBoundingClientRect();
  rail.scrollTop += Math.min(box.top - frame.top - EDGE, 0) + Math.max(box.bottom - frame.bottom + EDGE, 0);
}

export function startRail() {
  const rail = document.getElementById("rail");
  const opener = document.querySelector("[data-opens-rail]");
  if (!rail || !opener) return;
  keepPlace(rail);
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  document.addEventListener("click", (event) => {
    const open = rail.hasAttribute("data-open");
    if (event.target.closest("[data-opens-rail]")) {
      event.preventDefault();
      setOpen(rail, opener, !open);
    } else if (open && (event.target.closest("[data-closes-rail]") || !rail.contains(event.target))) {
      event.preventDefault();
      setOpen(rail, opener, false);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && rail.hasAttribute("data-open")) setOpen(rail, opener, false);
  });
  narrow.addEventListener("change", () => rail.removeAttribute("data-open"));
}
