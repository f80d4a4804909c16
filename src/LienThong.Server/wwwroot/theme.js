// Before the first paint, so that a dark page doesn't flash white.
(function () {
  "use strict";
  var chosen = null;
  try { chosen = localStorage.getItem("lienthong-theme"); } catch { /* storage switched off */ }
  var dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", dark ? "dark" : "light");
  document.documentElement.classList.add("has-js");
})();
