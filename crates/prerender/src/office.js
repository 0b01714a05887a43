// The worker that makes and reads Word and Excel files: answers each message, `[job, ...arguments]`, with `{ done }` or
// `{ failed }`. A file among the arguments is read here.
// A classic script: Firefox has module workers only from 114 on, Chromium from 80.
const ready = wasm_bindgen({ module_or_path: new URL("office_bg.wasm", self.location.href) });
self.onmessage = async ({ data: [job, ...args] }) => {
  try {
    await ready;
    const read = await Promise.all(args.map(async (it) => (it instanceof Blob ? new Uint8Array(await it.arrayBuffer()) : it)));
    const done = wasm_bindgen[job](...read);
    self.postMessage({ done: done === undefined ? null : done });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};
