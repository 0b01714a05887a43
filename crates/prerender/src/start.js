// Kept to the JavaScript of Chromium 80. Runs in <head>, before anything else.
(function () {
  var root = document.documentElement, agent = navigator.userAgent;
  var chromium = /Chrom(?:e|ium)\/(\d+)/.exec(agent), safari = !chromium && /Version\/(\d+).*Safari/.exec(agent);
  // Engines that do not know 'wasm-unsafe-eval' need the wider word; all others get the strict one.
  var isOld = (chromium && +chromium[1] < 97) || (safari && +safari[1] < 16);
  var policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'; script-src 'self' '" + (isOld ? "" : "wasm-") + "unsafe-eval'; style-src 'self'; " +
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
  document.head.appendChild(policy);

  var prefix = "plan-checklist/";
  function ours() {
    var found = {};
    for (var i = 0; i < localStorage.length; i++) {
      var key = localStorage.key(i);
      if (key.indexOf(prefix) === 0) found[key] = localStorage.getItem(key);
    }
    return found;
  }
  root.className = "has-program";
  // Who comes back has something to keep. Firefox would ask the user, and is asked on the page about data safety only.
  function keep() {
    if (navigator.storage && navigator.storage.persist && !/Firefox/.test(agent)) navigator.storage.persist();
  }
  try {
    var cards = +localStorage.getItem(prefix + "m/cards");
    if (cards >= 1 && cards <= 3) root.className += " is-returning is-returning-" + cards, keep();
  } catch (blocked) { /* The app says so once it runs. */ }

  function fail(error) {
    root.className += " has-crashed";
    if (window.console) console.error(error);
  }
  // Laid aside by the browser and shown again, the page does not know what happened meanwhile. What could not be saved
  // is only in this page, which then stays as it is.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && !document.querySelector("[data-saving=failed]")) location.reload();
  });
  // A program that fails stops where it is, which the browser reports as an error of its own.
  function report(event) {
    var error = event.error || event.reason;
    if (window.WebAssembly && error instanceof WebAssembly.RuntimeError) fail(error);
  }
  window.addEventListener("error", report);
  window.addEventListener("unhandledrejection", report);
  // An entry of evidence just added gets the focus; one taken away leaves it to the button that adds. In the program this
  // would weigh four times as much. A busy machine may take a while to show what came of the click.
  document.addEventListener("click", function (event) {
    var evidence = event.target.closest(".evidence");
    if (!evidence) return;
    var entries = evidence.getElementsByTagName("li"), before = entries.length, looks = 50;
    (function look() {
      var more = entries.length - before;
      if (!more && --looks) return setTimeout(look, 20);
      if (more > 0) entries[before].querySelector("input").focus();
      if (more < 0) evidence.lastElementChild.focus();
    })();
  }, true);
  document.addEventListener("DOMContentLoaded", function () {
    document.getElementById("crash-export").addEventListener("click", function () {
      var text;
      try { text = JSON.stringify(ours()); } catch (blocked) { text = "浏览器不允许读取存储。"; }
      var area = document.getElementById("crash-text");
      area.value = text;
      area.className += " is-filled";
      area.select();
      try {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
        link.download = "规划编制自查-备份.json";
        document.body.appendChild(link);
        link.click();
        document.body.removeChild(link);
      } catch (refused) { /* The text is there to copy. */ }
    });
    import(document.getElementById("program").href).then(function (program) { return program.start(); }).catch(fail);
  });
})();
