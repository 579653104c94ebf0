// What htmx does when the answer is not the expected one: the reader always gets a sentence, never silence.
import htmx from "htmx.org";
import { toast } from "./toast.js";
import { word } from "./words.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
htmx.config.timeout = 20000;
// What is put into the page is at once alive: a key pressed right after must not send the form the plain way.
htmx.config.defaultSettleDelay = 0;
// A form that is refused (422) comes back with its errors; a conflict or a fault is told as a toast.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

function sentenceOfProblem(xhr) {
  if (!(xhr.getResponseHeader("Content-Type") ?? "").includes("json")) return "";
  try {
    const { detail, title } = JSON.parse(xhr.responseText);
    return detail ?? title ?? "";
  } catch {
    return "";
  }
}

function sentenceOfPage(xhr) {
  if (!(xhr.getResponseHeader("Content-Type") ?? "").includes("html")) return "";
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.querySelector("[data-problem]")?.textContent.trim() ?? "";
}

export function sentenceOf(xhr) {
  return sentenceOfProblem(xhr) || sentenceOfPage(xhr) || word("sayFailed");
}

// What a person has seen can only be told while they look: a page behind another one neither asks nor tells.
function waitUntilSeen(event) {
  if (document.hidden && event.detail.elt.closest("[data-while-visible]")) event.preventDefault();
}

// A hint while somebody types is nothing that they asked for: without network it is not sent, and never missed aloud.
const isHint = (elt) => "hint" in elt.dataset;

function hintWithNetworkOnly(event) {
  if (isHint(event.detail.elt) && !navigator.onLine) event.preventDefault();
}

// What a page asks by itself fails again and again: that is told once, and taken back when an answer arrives.
let standing = null;

function tell(elt, sentence) {
  if (isHint(elt)) return;
  if (!(elt.getAttribute("hx-trigger") ?? "").includes("every ")) {
    toast(sentence, { kind: "failed" });
  } else {
    standing ??= toast(sentence, { kind: "failed" });
  }
}

function takeBack({ detail }) {
  if (!detail.successful) return;
  standing?.remove();
  standing = null;
}

export function startRequests() {
  document.addEventListener("htmx:beforeRequest", waitUntilSeen);
  document.addEventListener("htmx:beforeRequest", hintWithNetworkOnly);
  document.addEventListener("htmx:afterRequest", takeBack);
  document.addEventListener("htmx:responseError", ({ detail: { elt, xhr } }) => {
    // The session ended while the page was open: htmx is already on its way to the sign-in page.
    if (!xhr.getResponseHeader("HX-Redirect")) tell(elt, sentenceOf(xhr));
  });
  document.addEventListener("htmx:sendError", ({ detail: { elt } }) => tell(elt, word("sayOffline")));
  document.addEventListener("htmx:timeout", ({ detail: { elt } }) => tell(elt, word("saySlow")));
  document.addEventListener("htmx:swapError", ({ detail: { elt } }) => tell(elt, word("sayFailed")));
}
