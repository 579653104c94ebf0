const QUALITY = 0.82;

/** Return what is drawn on a canvas as a JPEG under the name of the picture it came from; refuses where nothing can be made of it. */
export async function asJpeg(canvas, name) {
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new Error("no JPEG could be made of the canvas");
  return new File([blob], name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}
