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
  var error = console.error;
  console.error = function () {
    note("console.error: " + Array.prototype.join.call(arguments, " "));
    error.apply(console, arguments);
  };
})();
