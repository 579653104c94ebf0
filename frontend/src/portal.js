import { startCommon } from "./common/start.js";

startCommon();
const door = document.querySelector("[data-keeps-door]");
if (door) import("./door/keeping.js").then(({ startKeepingDoors }) => startKeepingDoors(door));
