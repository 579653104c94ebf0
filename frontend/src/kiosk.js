// The terminal at a station: as the portal's pages, with a countdown back to the start and a number pad.
import "./styles/kiosk.css";
import { startCommon } from "./common/start.js";
import { startPrinting } from "./common/print.js";
import { startCountdown } from "./kiosk/countdown.js";
import { startPad } from "./kiosk/pad.js";

startCommon();
startPrinting();
startPad();
const bar = document.querySelector("[data-countdown]");
if (bar) startCountdown(bar);
// Out of the browser's memory comes what the server would no longer show.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
