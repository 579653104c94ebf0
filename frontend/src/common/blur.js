// Making people on a picture unreadable before it is sent. What lies in a box becomes a few squares of one colour each,
// drawn into the picture itself: nothing of it leaves the telephone, and nothing brings it back.
import { asJpeg } from "./jpeg.js";

const SQUARES = 5;
const TAPPED = 0.2;
const LEAST = 0.04;
const STEP = 0.02;
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

function average(data, width, left, top, right, bottom) {
  const sum = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4;
      for (let colour = 0; colour < 3; colour++) sum[colour] += data[at + colour];
    }
  }
  const count = (right - left) * (bottom - top);
  return sum.map((total) => Math.round(total / count));
}

/** Draw squares over a box; at most five by five, however large the box is. */
export function hide(context, box) {
  const { width, height } = context.canvas;
  const [left, top] = [Math.floor(box.x * width), Math.floor(box.y * height)];
  const [wide, high] = [Math.min(Math.ceil(box.w * width), width - left), Math.min(Math.ceil(box.h * height), height - top)];
  const side = Math.max(1, Math.ceil(Math.max(wide, high) / SQUARES));
  const { data } = context.getImageData(left, top, wide, high);
  for (let y = 0; y < high; y += side) {
    for (let x = 0; x < wide; x += side) {
      const [right, bottom] = [Math.min(x + side, wide), Math.min(y + side, high)];
      context.fillStyle = `rgb(${average(data, wide, x, y, right, bottom).join(" ")})`;
      context.fillRect(left + x, top + y, right - x, bottom - y);
    }
  }
}

function within(box) {
  const [w, h] = [clamp(box.w, LEAST, 1), clamp(box.h, LEAST, 1)];
  return { w, h, x: clamp(box.x, 0, 1 - w), y: clamp(box.y, 0, 1 - h) };
}

function between(start, end) {
  const [w, h] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)];
  if (w < LEAST && h < LEAST) return around(start);
  return within({ x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), w, h });
}

function around({ x, y }) {
  return within({ x: x - TAPPED / 2, y: y - TAPPED / 2, w: TAPPED, h: TAPPED });
}

function moved(box, key, isSizing) {
  const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[key];
  if (!step) return null;
  const [across, down] = step;
  if (isSizing) return within({ ...box, w: box.w + across, h: box.h + down });
  return within({ ...box, x: box.x + across, y: box.y + down });
}

class Editor {
  constructor(dialog, bitmap, boxes) {
    this.dialog = dialog;
    this.bitmap = bitmap;
    this.boxes = [...boxes];
    this.stage = dialog.querySelector("[data-stage]");
    this.canvas = dialog.querySelector("canvas");
    Object.assign(this.canvas, { width: bitmap.width, height: bitmap.height });
    this.drawn = null;
  }

  part(name) {
    return this.dialog.querySelector(`[data-${name}]`);
  }

  draw() {
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.bitmap, 0, 0);
    for (const box of [...this.boxes, ...(this.drawn ? [this.drawn] : [])]) hide(context, box);
    this.part("undo").disabled = !this.boxes.length;
  }

  show(focused = -1) {
    for (const old of this.stage.querySelectorAll(".blur-box")) old.remove();
    this.boxes.forEach((box, nth) => this.stage.append(this.handle(box, nth)));
    this.draw();
    if (focused >= 0) this.stage.querySelectorAll(".blur-box")[focused]?.focus();
  }

  handle({ x, y, w, h }, nth) {
    const handle = this.part("box").content.firstElementChild.cloneNode(true);
    const percent = (part) => `${part * 100}%`;
    Object.assign(handle.style, { left: percent(x), top: percent(y), width: percent(w), height: percent(h) });
    handle.setAttribute("aria-label", `${handle.getAttribute("aria-label")} ${nth + 1}`);
    handle.addEventListener("keydown", (event) => this.pressed(event, nth));
    return handle;
  }

  pressed(event, nth) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.boxes.splice(nth, 1);
      this.show(this.boxes.length - 1);
      if (!this.boxes.length) this.part("add").focus();
      return;
    }
    const box = moved(this.boxes[nth], event.key, event.shiftKey);
    if (!box) return;
    event.preventDefault();
    this.boxes[nth] = box;
    this.show(nth);
  }

  at({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return { x: clamp((clientX - left) / width, 0, 1), y: clamp((clientY - top) / height, 0, 1) };
  }

  // A finger that begins on a box moves it; elsewhere it draws a new one, and a tap makes one of the usual size.
  begin(event) {
    if (event.button) return;
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    const start = this.at(event);
    const nth = [...this.stage.querySelectorAll(".blur-box")].indexOf(event.target);
    const held = nth < 0 ? null : this.boxes.splice(nth, 1)[0];
    const shape = (end) =>
      held ? within({ ...held, x: held.x + end.x - start.x, y: held.y + end.y - start.y }) : between(start, end);
    const follow = (moving) => {
      this.drawn = shape(this.at(moving));
      this.draw();
    };
    const gesture = new AbortController();
    const on = (name, work) => this.stage.addEventListener(name, work, { signal: gesture.signal });
    const finish = (box) => {
      gesture.abort();
      this.drawn = null;
      if (box) this.boxes.push(box);
      this.show();
    };
    on("pointermove", follow);
    on("pointerup", (ended) => finish(shape(this.at(ended))));
    on("pointercancel", () => finish(held));
  }

  picture(name) {
    this.draw();
    return asJpeg(this.canvas, name);
  }

  /** Let somebody work on the picture until they are done, or leave it as it was; `done` is waited for. */
  work(done) {
    const listening = new AbortController();
    const on = (target, name, work) => target.addEventListener(name, work, { signal: listening.signal });
    on(this.stage, "pointerdown", (event) => this.begin(event));
    on(this.part("add"), "click", () => this.show(this.boxes.push(around({ x: 0.5, y: 0.5 })) - 1));
    on(this.part("undo"), "click", () => {
      this.boxes.pop();
      this.show();
    });
    on(this.part("done"), "click", () => done(this.boxes).then(() => this.dialog.close()));
    this.show();
    this.dialog.showModal();
    return new Promise((left) => {
      this.dialog.addEventListener("close", () => {
        listening.abort();
        left();
      }, { once: true });
    });
  }
}

/**
 * Hide people on one picture: `item` has the picture as it was chosen, its boxes, and the file that will be sent. What
 * comes of it is kept before the page can be sent: while the dialog is open nothing behind it can be pressed.
 */
export async function hidePeople(dialog, item, keep) {
  const bitmap = await createImageBitmap(item.chosen);
  const editor = new Editor(dialog, bitmap, item.boxes);
  await editor.work(async (boxes) => {
    const file = boxes.length ? await editor.picture(item.chosen.name) : item.chosen;
    keep({ ...item, boxes, file });
  });
  bitmap.close();
}
