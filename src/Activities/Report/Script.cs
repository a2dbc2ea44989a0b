namespace ClusterSurvey.Activities.Report;

/// <summary>What a page does by itself: words beside the pointer, sorting, finding. Without it the page still reads in full.</summary>
internal static class Script
{
    public const string Text = """
        (function () {
          "use strict";
          var tip = document.getElementById("tip");
          function point(event) {
            var owner = event.target.closest ? event.target.closest("[data-tip]") : null;
            if (!owner) { tip.hidden = true; return; }
            tip.textContent = owner.getAttribute("data-tip");
            tip.hidden = false;
            tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)) + "px";
            tip.style.top = Math.max(4, event.clientY - tip.offsetHeight - 12) + "px";
          }
          document.addEventListener("pointermove", point);
          document.addEventListener("pointerdown", point);
          document.addEventListener("keydown", function (event) { if (event.key === "Escape") tip.hidden = true; });

          function sortBy(table, heading) {
            var column = Array.prototype.indexOf.call(heading.parentNode.children, heading);
            var down = heading.getAttribute("aria-sort") === "ascending";
            heading.parentNode.querySelectorAll("th").forEach(function (other) { other.setAttribute("aria-sort", "none"); });
            heading.setAttribute("aria-sort", down ? "descending" : "ascending");
            var rows = Array.from(table.tBodies[0].rows);
            function value(row) { return row.cells[column].getAttribute("data-v"); }
            var numeric = rows.every(function (row) { return value(row) === "" || !isNaN(value(row)); });
            rows.sort(function (a, b) {
              var x = value(a), y = value(b);
              if (x === "" || y === "") return (x === "") - (y === "");
              var order = numeric ? x - y : x.localeCompare(y, "en", { numeric: true });
              return down ? -order : order;
            });
            table.tBodies[0].append.apply(table.tBodies[0], rows);
          }
          document.querySelectorAll("table.sortable").forEach(function (table) {
            table.querySelectorAll("thead th").forEach(function (heading) {
              heading.querySelector("button").addEventListener("click", function () { sortBy(table, heading); });
            });
          });

          var find = document.getElementById("find");
          if (find) find.addEventListener("input", function () {
            var wanted = find.value.trim().toLowerCase();
            Array.from(document.getElementById("cluster-table").tBodies[0].rows).forEach(function (row) { row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted); });
          });

          document.getElementById("theme").addEventListener("click", function () {
            var root = document.documentElement;
            var dark = root.classList.contains("dark") || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
            root.classList.toggle("dark", !dark);
            root.classList.toggle("light", dark);
          });
        })();
        """;
}
