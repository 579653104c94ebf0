// What stands open on a desk begins folded in a narrow window. The server folds it for whoever says that they are a telephone;
// this is for the others, such as a window beside another. Without scripts it is open, and everything can be read.
const NARROW = "(max-width: 47.9375rem)";

export function startFolds() {
  if (!window.matchMedia(NARROW).matches) return;
  for (const one of document.querySelectorAll("details[data-folds][open]")) one.open = false;
}
