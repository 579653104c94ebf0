// The few sentences a script may have to say come from the server, in the reader's language, as data on <body>.
export function word(name) {
  return document.body.dataset[name] ?? "";
}
