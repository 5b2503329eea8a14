// Printing needs a script; the button stays hidden where scripts do not run.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
// On a narrow screen the tabs are a strip: bring the page one is on into sight.
document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
  tab.scrollIntoView({ block: "nearest", inline: "center" });
});
