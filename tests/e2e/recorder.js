// Put first into every page: notes whatever goes wrong, across reloads, for the test to read.
(function () {
  function note(what) {
    var noted;
    try { noted = JSON.parse(sessionStorage.getItem("troubles") || "[]"); } catch (blocked) { return; }
    noted.push(location.pathname + ": " + what);
    sessionStorage.setItem("troubles", JSON.stringify(noted));
  }
  // What is still being fetched is given up when a page is left, and said to have failed: that is no trouble.
  var isLeft = false;
  addEventListener("beforeunload", function () { isLeft = true; });
  addEventListener("error", function (event) {
    // A part's stylesheet, on its way before it is needed.
    if (isLeft && !event.message && event.target.hasAttribute("data-awaited")) return;
    note(event.message ? "error: " + event.message : "not loaded: " + event.target.outerHTML);
  }, true);
  addEventListener("unhandledrejection", function (event) { note("unhandled rejection: " + event.reason); });
  document.addEventListener("securitypolicyviolation", function (event) {
    note("against the policy: " + event.violatedDirective + " " + event.blockedURI + " in " + event.sourceFile + ":" + event.lineNumber);
  });
  var error = console.error;
  console.error = function () {
    var what = Array.prototype.join.call(arguments, " ");
    if (!isLeft || !/^TypeError: (Failed to fetch|NetworkError)/.test(what)) note("console.error: " + what);
    error.apply(console, arguments);
  };
})();
