// Kept to the JavaScript of Chromium 80. Runs in <head>, before anything of the page is shown. A file of its own: some
// servers forbid scripts inside of pages.
(function () {
  var root = document.documentElement, agent = navigator.userAgent;
  var chromium = /Chrom(?:e|ium)\/(\d+)/.exec(agent), safari = !chromium && /Version\/(\d+).*Safari/.exec(agent);
  // Engines that do not know 'wasm-unsafe-eval' need the wider word; all others get the strict one.
  var isOld = (chromium && +chromium[1] < 97) || (safari && +safari[1] < 16);
  var policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'; script-src 'self' '" + (isOld ? "" : "wasm-") + "unsafe-eval'; style-src 'self'; " +
    "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";
  document.head.appendChild(policy);

  var prefix = "plan-checklist/";
  // On a shared computer, where that was chosen, the tab's own storage: see effects/guest.rs.
  function storage() {
    return sessionStorage.getItem(prefix + "guest") ? sessionStorage : localStorage;
  }
  function ours() {
    var found = {}, held = storage();
    for (var i = 0; i < held.length; i++) {
      var key = held.key(i);
      if (key.indexOf(prefix) === 0) found[key] = held.getItem(key);
    }
    return found;
  }
  root.className = "has-program";
  // Who comes back has something to keep. Firefox would ask the user, and is asked on the page about data safety only.
  function keep() {
    if (navigator.storage && navigator.storage.persist && !/Firefox/.test(agent)) navigator.storage.persist();
  }
  try {
    var cards = +storage().getItem(prefix + "m/cards");
    if (cards >= 1 && cards <= 3) root.className += " is-returning is-returning-" + cards, keep();
  } catch (blocked) { /* The app says so once it runs. */ }

  // Without the stylesheet too.
  function showCrash() {
    var crash = document.getElementById("crash");
    if (crash) crash.hidden = !/has-crashed/.test(root.className);
  }
  function fail(error) {
    root.className += " has-crashed";
    showCrash();
    if (window.console) console.error(error);
  }
  // A program that fails stops where it is, which the browser reports as an error of its own.
  function report(event) {
    var error = event.error || event.reason;
    if (window.WebAssembly && error instanceof WebAssembly.RuntimeError) fail(error);
  }
  window.addEventListener("error", report);
  window.addEventListener("unhandledrejection", report);
  document.addEventListener("DOMContentLoaded", function () {
    var notice = document.getElementById("not-running");
    notice.parentNode.removeChild(notice);
    showCrash();
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
