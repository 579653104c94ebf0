import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { iconSprite } from "./build/icon-sprite.js";

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: "/static/",
  plugins: [tailwindcss(), iconSprite({ sources: resolve(root, "../sidan") })],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What Tailwind 4 needs anyway; older targets add prefixed selectors that change which rule wins.
    target: ["chrome111", "safari16.4", "firefox128"],
    // htmx carries an eval that our configuration (allowEval: false) and the content policy both forbid.
    rolldownOptions: {
      checks: { eval: false },
      input: ["src/portal.js", "src/console.js", "src/visit.js", "src/kiosk.js", "src/surveys.js", "src/door.js", "src/embed.js", "src/offline-worker.js"].map((file) => resolve(root, file)),
    },
  },
});
