import "../styles/main.css";
import htmx from "htmx.org";
import { startChips } from "./chips.js";
import { startDialogs } from "./dialogs.js";
import { startLeaving } from "./leaving.js";
import { startLocating } from "./locate.js";
import { startPictureInputs } from "./pictures.js";
import { startRequests } from "./requests.js";
import { startSubmitGuard } from "./submit.js";
import { startToasts } from "./toast.js";

let alpine;

function loadAlpineWhereUsed() {
  if (!alpine && document.querySelector("[x-data]")) alpine = import("./alpine.js");
}

function upgradePlacesWhereUsed() {
  if (!document.querySelector("[data-place-picker]:not([data-ready])")) return;
  import("./places.js").then(({ upgradePlaces }) => upgradePlaces(document));
}

export function startCommon() {
  window.htmx = htmx;
  startSubmitGuard();
  startToasts();
  startRequests();
  startDialogs();
  startPictureInputs();
  startLocating();
  startLeaving();
  startChips();
  loadAlpineWhereUsed();
  upgradePlacesWhereUsed();
  document.addEventListener("htmx:load", upgradePlacesWhereUsed);
  document.addEventListener("htmx:load", loadAlpineWhereUsed);
}
