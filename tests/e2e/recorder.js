// Put first into every page: notes whatever goes wrong, across reloads, for the test to read.
(function () {
  function note(what) {
    var noted;
    try { noted = JSON.parse(sessionStorage.getItem("troubles") || "[]"); } catch (blocked) { return; }
    noted.push(location.pathname + ": " + what);
    sessionStorage.setItem("troubles", JSON.stringify(noted));
  }
  addEventListener("error", function (event) {
    note(event.message ? "error: " + event.message : "not loaded: " + event.target.outerHTML);
  }, true);
  addEventListener("unhandledrejection", function (event) { note("unhandled rejection: " + event.reason); });
  document.addEventListener("securitypolicyviolation", function (event) {
    note("against the policy: " + event.violatedDirective + " " + event.blockedURI + " in " + event.sourceFile + ":" + event.lineNumber);
  });
  // What is still being fetched is given up when a page is left, and said to have failed: that is no trouble.
  var isLeft = false;
  addEventListener("beforeunload", function () { isLeft = true; });
  var error = console.error;
  console.error = function () {
    var what = Array.prototype.join.call(arguments, " ");
    if (!isLeft || !/^TypeError: (Failed to fetch|NetworkError)/.test(what)) note("console.error: " + what);
    error.apply(console, arguments);
  };
})();
