// A phone's photo of 5 MB becomes some 300 kB before it is sent: village networks are slow. The server checks again.
const LONGEST_SIDE_PX = 1600;
const QUALITY = 0.82;

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
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

// A picture this browser cannot read (HEIC on Android) goes as it is: the server answers for it in words.
async function shrinkOrKeep(file) {
  if (!file.type.startsWith("image/")) return file;
  return shrink(file).catch(() => file);
}

function preview(input, files) {
  const shelf = input.closest(".picture-input")?.querySelector("[data-preview]");
  if (!shelf) return;
  const pictures = files.map((file) => {
    const picture = new Image();
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
    return picture;
  });
  shelf.replaceChildren(...pictures);
}

async function replaceWithSmaller(input) {
  const files = await Promise.all([...input.files].map(shrinkOrKeep));
  const transfer = new DataTransfer();
  files.forEach((file) => transfer.items.add(file));
  input.files = transfer.files;
  preview(input, files);
}

export function startPictureInputs() {
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.matches?.('input[type="file"][accept*="image"]')) replaceWithSmaller(input);
  });
}
