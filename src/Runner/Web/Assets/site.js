// What our pages do by themselves. Without it they still read and work in full.
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = localStorage.getItem("theme");
  if (kept === "dark" || kept === "light") root.classList.add(kept);
  var theme = document.getElementById("theme");
  if (theme) {
    theme.hidden = false;
    theme.addEventListener("click", function () {
      var dark = root.classList.contains("dark") || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
      root.classList.toggle("dark", !dark);
      root.classList.toggle("light", dark);
      localStorage.setItem("theme", dark ? "light" : "dark");
    });
  }

  document.querySelectorAll("[data-submit]").forEach(function (choice) {
    choice.addEventListener("change", function () { choice.form.submit(); });
  });
  document.addEventListener("submit", function (event) {
    var question = event.target.getAttribute("data-ask");
    if (question && !confirm(question)) event.preventDefault();
  });
  var problems = document.getElementById("problems");
  if (problems) problems.focus();

  // Times on the clocks of whoever looks, with the name of their zone.
  function local(within) {
    var format = new Intl.DateTimeFormat("en-GB", { weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" });
    within.querySelectorAll("time[data-local]").forEach(function (time) { time.textContent = format.format(new Date(time.dateTime)); });
  }
  local(document);

  // A run at work: its part of the page is fetched again, unless somebody is using it.
  var period = 2000;
  function follow() {
    var live = document.getElementById("live");
    if (!live || live.getAttribute("data-live") !== "yes") return;
    setTimeout(function () {
      if (document.hidden || live.contains(document.activeElement)) { follow(); return; }
      fetch(location.href, { headers: { Accept: "text/html" } }).then(function (answer) { return answer.ok ? answer.text() : null; }).then(function (text) {
        var fresh = text && new DOMParser().parseFromString(text, "text/html").getElementById("live");
        if (fresh) {
          var open = live.querySelector("details.log[open]");
          if (open && fresh.querySelector("details.log")) fresh.querySelector("details.log").open = true;
          local(fresh);
          live.replaceWith(fresh);
        }
        follow();
      }, follow);
    }, period);
  }
  follow();
})();
