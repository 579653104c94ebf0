// A place is chosen by typing: the select of a form becomes a combobox (WAI-ARIA 1.2). The select stays and keeps the
// value, so the form is sent as without a script. What is typed is searched by the server: it knows pinyin and codes.
const FEW = 8;
const SHOWN = 20;
const PAUSE_MS = 200;
let made = 0;

function element(name, attributes) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

class Picker {
  constructor(box, select) {
    this.box = box;
    this.select = select;
    this.hits = [];
    this.at = -1;
    this.build();
    this.listen();
  }

  build() {
    const list = `places-${++made}`;
    this.input = element("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: "60",
      "aria-expanded": "false", "aria-controls": list, "aria-autocomplete": "list", placeholder: this.box.dataset.hint ?? "",
    });
    if (this.select.required) this.input.setAttribute("aria-required", "true");
    for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
      if (this.select.hasAttribute(name)) this.input.setAttribute(name, this.select.getAttribute(name));
    }
    this.list = element("ul", { role: "listbox", id: list, hidden: "", "aria-label": this.box.dataset.hint ?? "" });
    this.said = element("p", { role: "status", class: "place-none", hidden: "" });
    // The label, and a link of the summary of errors, lead to the field that is seen.
    this.input.id = this.select.id;
    this.select.id += "-value";
    this.select.hidden = true;
    this.select.required = false;
    this.select.before(this.input, this.list, this.said);
    this.show();
  }

  listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE_MS);
    });
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.list.hidden && this.offer(this.first()));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    // The press must not take the focus away before the click comes.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.hits[[...this.list.children].indexOf(option)]);
    });
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.show()));
  }

  /** Write what is chosen into the field. */
  show() {
    const chosen = this.select.selectedOptions[0];
    this.input.value = chosen?.value ? chosen.text : "";
    this.input.title = this.input.value;
  }

  first() {
    return [...this.select.options].filter((option) => option.value).slice(0, SHOWN).map(({ value, text }) => ({ value, text }));
  }

  async search() {
    const words = this.input.value.trim();
    if (!words) return this.offer(this.first());
    const query = new URLSearchParams({ q: words });
    if (this.box.dataset.under) query.set("under", this.box.dataset.under);
    const answer = await fetch(`${this.box.dataset.url}?${query}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (this.input.value.trim() !== words || document.activeElement !== this.input) return undefined;
    const holder = document.createElement("template");
    holder.innerHTML = answer?.ok ? await answer.text() : "";
    const offered = new Set([...this.select.options].map((option) => option.value));
    const found = [...holder.content.querySelectorAll("option[value]:not([disabled])")].map(({ value, text }) => ({ value, text }));
    return this.offer(found.filter(({ value }) => !("whole" in this.box.dataset) || offered.has(value)), words);
  }

  offer(hits, words) {
    this.hits = hits;
    this.list.replaceChildren(...hits.map(({ text }, index) => {
      const option = element("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" });
      option.textContent = text;
      return option;
    }));
    this.said.hidden = Boolean(hits.length);
    this.said.textContent = hits.length ? "" : this.box.dataset.none;
    this.open(hits.length > 0);
    this.stand(words && hits.length ? 0 : -1);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.stand(-1);
  }

  stand(at) {
    this.at = at;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = this.list.children[at];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.offer(this.first());
      const last = this.hits.length - 1;
      const next = this.at + (event.key === "ArrowDown" ? 1 : -1);
      this.stand(next > last ? 0 : next < 0 ? last : next);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      if (this.hits[this.at]) this.choose(this.hits[this.at]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.open(false);
      this.show();
    }
  }

  choose({ value, text }) {
    let option = [...this.select.options].find((one) => one.value === value);
    if (!option) this.select.append((option = new Option(text, value)));
    this.settle(option.value);
  }

  /** An empty field chooses nothing, where nothing may be chosen; other words that were not chosen are taken back. */
  leave() {
    clearTimeout(this.timer);
    const empty = [...this.select.options].some((option) => !option.value);
    this.said.hidden = true;
    if (!this.input.value.trim() && empty && this.select.value) this.settle("");
    else {
      this.open(false);
      this.show();
    }
  }

  settle(value) {
    this.select.value = value;
    this.open(false);
    this.show();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export function upgradePlaces(root) {
  for (const box of root.querySelectorAll("[data-place-picker]:not([data-ready])")) {
    const select = box.querySelector("select");
    box.dataset.ready = "";
    if (select && (select.options.length > FEW || !("whole" in box.dataset))) new Picker(box, select);
  }
}
