// A page that nobody touches goes back to the start: seconds in sight, begun anew by every touch, stopped by a button.
const TOUCHES = ["pointerdown", "keydown", "input", "wheel"];

export function startCountdown(bar) {
  const { countdown, longer, home } = bar.dataset;
  const left = bar.querySelector("[data-left]");
  const stop = bar.querySelector("[data-stop]");
  let span = Number(countdown);
  let until;

  function begin() {
    until = Date.now() + span * 1000;
    tick();
  }

  function tick() {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    left.textContent = seconds;
    bar.classList.toggle("is-short", seconds <= 10);
    if (!seconds) location.replace(home);
  }

  stop.addEventListener("click", () => {
    // Who needs time has it; only a page that was left for minutes goes.
    span = Number(longer);
    stop.hidden = true;
    begin();
  });
  bar.hidden = false;
  for (const touch of TOUCHES) document.addEventListener(touch, begin, { passive: true });
  setInterval(tick, 1000);
  begin();
}
