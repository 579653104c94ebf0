// Where half a sheet that is being typed lies on this device: under the account of who types it, so that whoever uses
// the device next neither reads nor sends it. It is wiped at sign-out, and after some days: then how many stays, to be told.
const PREFIX = "draft:";
const GONE = "draft-gone:";
const DAY_MS = 24 * 3600 * 1000;
const KEPT_DAYS = 7;

// A browser may be told to give pages no storage: then nothing lies here.
function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

const keyOf = ({ owner, name }) => `${PREFIX}${owner}:${name}`;

export const daysSince = (at) => Math.floor((Date.now() - at) / DAY_MS);

/** Whose a form is, and which. */
export const draftOf = ({ dataset }) => ({ owner: dataset.outbox, name: dataset.draft });

export function readDraft(draft) {
  return JSON.parse(localStorage.getItem(keyOf(draft)) ?? "null");
}

export function keepDraft(draft, values) {
  localStorage.setItem(keyOf(draft), JSON.stringify({ at: Date.now(), values }));
}

export function wipeDraft(draft) {
  localStorage.removeItem(keyOf(draft));
}

/** What an account has typed on this device and not sent: `{ name, at }` each. */
export function draftsOf(owner) {
  const mine = keyOf({ owner, name: "" });
  const names = keys().filter((key) => key.startsWith(mine)).map((key) => key.slice(mine.length));
  return names.map((name) => ({ name, at: readDraft({ owner, name }).at }));
}

export function wipeDraftsOf(owner) {
  for (const { name } of draftsOf(owner)) wipeDraft({ owner, name });
}

// Those without an owner are of before drafts had one: nobody knows whom to show them to.
function isOver(key) {
  const isOwned = key.slice(PREFIX.length).includes(":");
  return !isOwned || daysSince(JSON.parse(localStorage.getItem(key)).at) >= KEPT_DAYS;
}

/** Whosever they are: done on every page, for who typed them may never come back to this device. */
export function wipeOldDrafts() {
  for (const key of keys().filter(isOver)) {
    localStorage.removeItem(key);
    const [owner, name] = key.slice(PREFIX.length).split(":");
    if (name) localStorage.setItem(GONE + owner, goneOf(owner) + 1);
  }
}

/** How many of an account grew old and were wiped here, since it was told last. */
export function goneOf(owner) {
  try {
    return Number(localStorage.getItem(GONE + owner));
  } catch {
    return 0;
  }
}

export function forgetGone(owner) {
  localStorage.removeItem(GONE + owner);
}
