// What starts the edition in a single file, and where it has its programs from. Kept to the JavaScript of Chromium 80.
function carried(id) { return document.getElementById(id).textContent; }

function startProgram() { return wasm_bindgen({ module_or_path: unpack(carried("program-wasm")) }); }

// The worker that makes Word and Excel files; the program asks for it.
function officeWorker() {
  var parts = ["const packed = '", carried("office-wasm"), "';\n", unpack.toString(), "\n", carried("office-script")];
  return new Worker(URL.createObjectURL(new Blob(parts, { type: "text/javascript" })));
}
