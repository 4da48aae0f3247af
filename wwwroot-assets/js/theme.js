// Light, dark or the system's choice. Runs before the first paint, so that no page flashes in the wrong colours.
(function () {
  const root = document.documentElement;
  let follower = null;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function choice() {
    try { return localStorage.getItem("fairmedl-theme") || "system"; } catch { return "system"; }
  }

  function apply() {
    const chosen = choice();
    const theme = chosen === "system" ? (system.matches ? "dark" : "light") : chosen;
    root.dataset.theme = theme;
    root.dataset.themeChoice = chosen;
    for (const button of document.querySelectorAll(".theme-switch [data-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.choice === chosen));
    }
    follower?.invokeMethodAsync("SetDark", theme === "dark");
  }

  // One listener on the document: the switch may be drawn again at any time.
  document.addEventListener("click", event => {
    const button = event.target.closest?.(".theme-switch [data-choice]");
    if (!button) return;
    try { localStorage.setItem("fairmedl-theme", button.dataset.choice); } catch { /* a private window keeps it for this page */ }
    root.dataset.themeChoice = button.dataset.choice;
    apply();
  });
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  window.fairmedlTheme = { follow(component) { follower = component; apply(); } };
  apply();
})();
