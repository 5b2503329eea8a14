// Printing needs a script; the button stays hidden where scripts do not run.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
// What was done is said once: the address forgets it, so that going back or reloading does not repeat it.
const here = new URL(window.location.href);
if (here.searchParams.has("done")) {
  here.searchParams.delete("done");
  window.history.replaceState(window.history.state, "", here);
}
// What is folded on the screen is read on paper, and folded again afterwards.
const folded = ".suggestions, .versions, .check";
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll(folded)].filter((each) => !each.open);
  unfolded.forEach((each) => { each.open = true; });
});
window.addEventListener("afterprint", () => unfolded.forEach((each) => { each.open = false; }));
// On a narrow screen the tabs are a strip: bring the page one is on into sight.
document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
  tab.scrollIntoView({ block: "nearest", inline: "center" });
});
