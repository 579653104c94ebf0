// Reading codes at the door: a scanner that types, or the camera where the browser can read pictures by itself. The page
// stays; each answer stands below the field, and the field is empty and ready for the next one.
import { toast } from "../common/toast.js";

const EVERY_MS = 250;
// The same telephone is held before the camera for a while: it is read once.
const SAME_FOR_MS = 4000;

function ready(form) {
  const field = form.querySelector("[data-scan-text]");
  field.value = "";
  field.focus();
}

function hand(form, text) {
  form.querySelector("[data-scan-text]").value = text;
  form.requestSubmit();
}

async function watch(form, video) {
  const reader = new window.BarcodeDetector({ formats: ["qr_code"] });
  let last = { text: "", at: 0 };
  while (video.isConnected) {
    const [found] = await reader.detect(video).catch(() => []);
    const isSame = found?.rawValue === last.text && Date.now() - last.at < SAME_FOR_MS;
    if (found && !isSame) {
      last = { text: found.rawValue, at: Date.now() };
      hand(form, found.rawValue);
    }
    await new Promise((next) => setTimeout(next, EVERY_MS));
  }
}

async function openCamera(form, button) {
  const video = Object.assign(document.createElement("video"), { playsInline: true, muted: true });
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    toast(button.dataset.sayNone, { kind: "failed" });
    return;
  }
  const view = form.querySelector("[data-scan-view]");
  view.append(video);
  view.hidden = false;
  button.hidden = true;
  await video.play();
  watch(form, video);
}

export function startScanning() {
  const form = document.querySelector("form[data-scan]");
  if (!form) return;
  const button = form.querySelector("[data-scan-camera]");
  if ("BarcodeDetector" in window && navigator.mediaDevices) button.hidden = false;
  button.addEventListener("click", () => openCamera(form, button));
  form.addEventListener("htmx:afterRequest", () => ready(form));
}
