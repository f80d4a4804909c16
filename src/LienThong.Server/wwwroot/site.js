"use strict";

document.addEventListener("click", function (e) {
  var toggle = e.target.closest("[data-theme-toggle]");
  if (toggle) {
    var root = document.documentElement;
    var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", next);
    try { localStorage.setItem("lienthong-theme", next); } catch { /* storage switched off */ }
  }
  if (e.target.closest("[data-print]")) window.print();
});

// One message for all requests that fail on the way or are refused.
function say(text) {
  var line = document.getElementById("thong-bao");
  line.textContent = text;
  line.classList.add("show");
  setTimeout(function () { line.classList.remove("show"); }, 8000);
}

document.addEventListener("htmx:sendError", function () { say("Không kết nối được máy chủ. Kiểm tra mạng rồi thử lại."); });
document.addEventListener("htmx:responseError", function (e) {
  if (e.detail.xhr.status !== 401) say("Chưa thực hiện được. Tải lại trang rồi thử lại.");
});

// The cell someone jumped to is brought into view, sideways as well.
function showMarked() {
  var cell = document.querySelector("[data-focus]");
  if (cell) {
    cell.scrollIntoView({ block: "center", inline: "center" });
    cell.focus({ preventScroll: true });
  }
}
document.addEventListener("DOMContentLoaded", showMarked);

// A scanner types over what stands there.
document.addEventListener("focusin", function (e) {
  if (e.target.matches("[data-select]")) e.target.select();
});
document.addEventListener("DOMContentLoaded", function () {
  if (document.activeElement.matches("[data-select]")) document.activeElement.select();
});
document.addEventListener("htmx:afterSettle", showMarked);

// A second click must not send a form twice.
document.addEventListener("submit", function (e) {
  if (e.target.method !== "post" || e.defaultPrevented) return;
  var button = e.target.querySelector("button[type=submit]");
  if (button) setTimeout(function () { button.disabled = true; }, 0);
});
window.addEventListener("pageshow", function () {
  document.querySelectorAll("form button[type=submit]:disabled").forEach(function (b) { b.disabled = false; });
});
