// What starts the program, and where its files come from. Kept to the JavaScript of Chromium 80.
import init from "./plan-checklist.js";

// A promise of one of the files beside this one, as a `Response` or as bytes.
let source = (name) => fetch(new URL(name, import.meta.url));

// `other` takes the place of the network: an edition of the site in a single file has all of them at hand.
export function start(other) {
  source = other || source;
  // After everything that somebody waits for.
  const later = () => { import("./later.js").catch(() => {}); };
  document.readyState === "complete" ? later() : addEventListener("load", later);
  return init({ module_or_path: source("plan-checklist_bg.wasm") });
}

// Has a part on its way at once, and gives what makes it run once what it stands on is there.
export function part(name) {
  const bytes = Promise.resolve(source(name)).then((found) => {
    if (!(found instanceof Response)) return found;
    if (!found.ok) throw new Error(name + ": " + found.status);
    return found.arrayBuffer();
  });
  // Reported by whoever waits for it.
  bytes.catch(() => {});
  return async (imports) => WebAssembly.instantiate(await bytes, imports);
}
