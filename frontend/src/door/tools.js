// What reading codes at a door needs, in one piece: pages with network fetch it beside, the page without has it in itself.
export { sendAndShow, showBox, startBox } from "./box.js";
export { factsOf } from "./keeping.js";
export { newRecord } from "../visit/send.js";
export { forgetRecord, keepRecord } from "../visit/store.js";
