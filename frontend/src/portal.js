import { startCommon } from "./common/start.js";

startCommon();
