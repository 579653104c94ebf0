import { startCommon } from "./common/start.js";
import { startDrafts } from "./common/draft.js";
import { startPrinting } from "./common/print.js";
import { startOutbox } from "./common/outbox.js";
import { startDrawers } from "./console/drawer.js";
import { startFinding } from "./console/find.js";
import { startKeyboard } from "./console/keyboard.js";
import { startQueues } from "./console/queue.js";
import { startRail } from "./console/rail.js";

startCommon();
startRail();
startKeyboard();
startFinding();
startQueues();
startDrawers();
startDrafts();
startPrinting();
startOutbox();
