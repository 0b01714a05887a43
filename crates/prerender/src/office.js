// The worker that makes Word and Excel files: answers one message, `[job, ...arguments]`, with `{ done }` or `{ failed }`.
// A classic script: Firefox has module workers only from 114 on, Chromium from 80.
const ready = wasm_bindgen({ module_or_path: new URL("office_bg.wasm", self.location.href) });
self.onmessage = async ({ data: [job, ...args] }) => {
  try {
    await ready;
    self.postMessage({ done: wasm_bindgen[job](...args) });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};
