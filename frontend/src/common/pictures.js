// A phone's photo of 5 MB becomes some 300 kB before it is sent: village networks are slow. The server checks again.
import { asJpeg } from "./jpeg.js";

const LONGEST_SIDE_PX = 1600;

function targetSize({ width, height }) {
  const factor = Math.min(1, LONGEST_SIDE_PX / Math.max(width, height));
  return [Math.round(width * factor), Math.round(height * factor)];
}

async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const [width, height] = targetSize(bitmap);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const smaller = await asJpeg(canvas, file.name);
  return smaller.size < file.size ? smaller : file;
}

// A picture this browser cannot read (HEIC on Android) goes as it is: the server answers for it in words.
async function shrinkOrKeep(file) {
  if (!file.type.startsWith("image/")) return file;
  return shrink(file).catch(() => file);
}

// What was chosen for an input: the picture itself, the boxes over people, and the file that will be sent.
const chosen = new WeakMap();

function put(input, items) {
  const transfer = new DataTransfer();
  items.forEach(({ file }) => transfer.items.add(file));
  input.files = transfer.files;
  chosen.set(input, items);
  preview(input, items);
}

function thumbnail({ file }) {
  const picture = new Image();
  picture.alt = file.name;
  picture.src = URL.createObjectURL(file);
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
  return picture;
}

// Beside each picture the button that hides people on it, where the page has what is needed for it.
function withOpener(input, picture, nth) {
  const template = document.querySelector("[data-blur-opener]");
  if (!template) return picture;
  const figure = document.createElement("figure");
  const opener = template.content.firstElementChild.cloneNode(true);
  opener.addEventListener("click", () => hideOn(input, nth));
  picture.addEventListener("error", () => opener.remove(), { once: true });
  figure.append(picture, opener);
  return figure;
}

async function hideOn(input, nth) {
  const { hidePeople } = await import("./blur.js");
  const items = [...chosen.get(input)];
  await hidePeople(document.querySelector("dialog[data-blur]"), items[nth], (item) => put(input, items.with(nth, item)));
  input.closest(".picture-input")?.querySelectorAll("[data-preview] button")[nth]?.focus();
}

function preview(input, items) {
  const shelf = input.closest(".picture-input")?.querySelector("[data-preview]");
  shelf?.replaceChildren(...items.map((item, nth) => withOpener(input, thumbnail(item), nth)));
}

async function replaceWithSmaller(input) {
  const files = await Promise.all([...input.files].map(shrinkOrKeep));
  put(input, files.map((file) => ({ chosen: file, file, boxes: [] })));
}

export function startPictureInputs() {
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.matches?.('input[type="file"][accept*="image"]')) replaceWithSmaller(input);
  });
}
