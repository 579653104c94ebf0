// The pages of the doors of activities without network.
import { startCommon } from "./common/start.js";
import { startOfflineDoor } from "./door/page.js";

startCommon();
startOfflineDoor(document.querySelector("[data-offline-door]"));
