// Small comforts for the review desk; everything works without this file.
(() => {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const chosen = document.querySelector(".paper a[aria-current]");
  if (chosen && matchMedia("(min-width: 62rem)").matches) {
    chosen.scrollIntoView({ block: "center" });
  }
  const press = (selector) => {
    const target = desk.querySelector(selector);
    if (target) target.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const reason = document.getElementById("field-reason");
    switch (event.key.toLowerCase()) {
      case "j": press("a[rel=next]"); break;
      case "k": press("a[rel=prev]"); break;
      case "a": press("button[value=accept]"); break;
      case "x": press("button[value=reject]"); break;
      case "r": if (reason) { reason.focus(); event.preventDefault(); } break;
    }
  });
})();
