// A form that is sent with where the telephone is: asked once, when its button is pressed, and never before.
import { toast } from "./toast.js";

const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 };

// A telephone that knows no more than its province may say so: more than this no form takes, and it is far too blurred anyhow.
const BLUREST_M = 100_000;

function reading({ coords: { longitude, latitude, accuracy } }) {
  return { longitude, latitude, accuracy: Math.min(Math.ceil(accuracy), BLUREST_M) };
}

export function whereAmI() {
  return new Promise((found, failed) => {
    if (!navigator.geolocation) failed(new Error("no geolocation"));
    else navigator.geolocation.getCurrentPosition((position) => found(reading(position)), failed, OPTIONS);
  });
}

async function fillAndSend(form) {
  try {
    const { longitude, latitude, accuracy } = await whereAmI();
    Object.assign(form.elements.longitude, { value: longitude });
    Object.assign(form.elements.latitude, { value: latitude });
    Object.assign(form.elements.accuracy, { value: accuracy });
    form.dataset.located = "yes";
    form.requestSubmit();
  } catch {
    toast(form.dataset.sayNone, { kind: "failed" });
  }
}

export function startLocating() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("form[data-locate]") || form.dataset.located) return;
    event.preventDefault();
    fillAndSend(form);
  });
}
