// Mounts an element of the designer. What it needs to know stands in the data of the element with the id "studio".
(function () {
  "use strict";
  var place = document.getElementById("studio");
  var base = document.baseURI;

  // The designer moves between its parts with history.pushState and has no router: a new path is a page of ours.
  var push = history.pushState;
  history.pushState = function (state, title, address) {
    var target = new URL(address, base);
    if (target.origin === location.origin && target.pathname !== location.pathname) location.assign(target.href);
    else push.apply(history, arguments);
  };

  function go(path) { location.assign(new URL(path, base).href); }

  customElements.whenDefined(place.dataset.element).then(function () {
    var element = document.createElement(place.dataset.element);
    element.setAttribute("remote-endpoint", location.origin + place.dataset.api);
    Array.from(place.attributes).forEach(function (attribute) {
      if (attribute.name.startsWith("data-with-")) element.setAttribute(attribute.name.slice("data-with-".length), attribute.value);
    });
    // Set before the element is defined, these would hide its accessors and never be called.
    element.editWorkflowDefinition = function (id) { go("workflows/definitions/" + encodeURIComponent(id) + "/edit"); };
    element.viewWorkflowInstance = function (id) { go("workflows/instances/" + encodeURIComponent(id) + "/view"); };
    place.replaceChildren(element);
  });
})();
