// Danger to life in what was kept on this device and is sent now, from whatever page: the box that the server drew in
// its answer, which says whom to call, stands first on the page. Nothing takes it away but the next page.

/** Return the server's box in the text of a page that it answered with; nothing where its words were calm. */
export function dangerIn(text) {
  return new DOMParser().parseFromString(text, "text/html").querySelector("[data-danger]");
}

// Which sheet it was: its survey, where whoever sent it reads it, and what was typed.
function lineOf({ title, words, url }) {
  const line = document.createElement("p");
  const link = Object.assign(document.createElement("a"), { className: "text-link", href: url, textContent: title || words });
  line.append(link, title && words ? ` · ${words}` : "");
  return line;
}

/** Show what was found, each `{ box, id, title, words, url }`, once; says whether there was anything. */
export function showDangers(found) {
  const main = document.getElementById("main");
  if (!main || !found.length) return false;
  const boxes = found.map(({ box, id, ...sheet }) => {
    main.querySelector(`[data-danger="${id}"]`)?.remove();
    const shown = document.importNode(box, true);
    shown.querySelector("p").after(lineOf(sheet));
    shown.classList.add("mb-3");
    shown.dataset.danger = id;
    return shown;
  });
  main.prepend(...boxes);
  boxes[0].scrollIntoView({ block: "center" });
  return true;
}
