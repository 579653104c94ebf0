// Alpine's build for a strict content policy; loaded only by a page that has small state (x-data).
import Alpine from "@alpinejs/csp";

Alpine.data("counter", () => ({
  length: 0,
  count(event) {
    this.length = event.target.value.length;
  },
}));

Alpine.data("disclosure", () => ({
  open: false,
  toggle() {
    this.open = !this.open;
  },
}));

window.Alpine = Alpine;
Alpine.start();
