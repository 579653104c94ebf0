// The pages on which staff enter sheets of surveys: as the console's, and ready for a door without network.
import "./console.js";
import { tellDrafts } from "./common/draft.js";
import { keepSheets, startOfflineSurveys } from "./surveys/page.js";

const page = document.querySelector("[data-offline-surveys]");
if (page) startOfflineSurveys(page);
else {
  const here = document.querySelector("[data-keeps-surveys]");
  if (here && navigator.onLine) keepSheets(here).catch(() => {});
}
tellDrafts();
