// What starts the edition in a single file, and where it has from what it carries. Kept to the JavaScript of Chromium 80.
function carried(id) { return document.getElementById(id).textContent; }

// Of all that is packed, where each begins, and where the last one ends.
function places() { return document.getElementById("packed").dataset.places.split(" ").map(Number); }

function startProgram() {
  return wasm_bindgen({ module_or_path: unpack(carried("packed"), places()[0], places()[1]) });
}

// The program asks for it.
function licences() { return new TextDecoder().decode(unpack(carried("packed"), places()[1], places()[2])); }

// The worker that makes Word and Excel files, which unpacks its wasm by itself; the program asks for it.
function officeWorker() {
  var wasm = ["const officeWasm = unpack('", carried("packed"), "', ", places()[2], ", ", places()[3], ");\n"];
  var parts = wasm.concat(unpack.toString(), "\n", carried("office-script"));
  return new Worker(URL.createObjectURL(new Blob(parts, { type: "text/javascript" })));
}
