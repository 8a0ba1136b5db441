// What the form page can do without, and is pleasanter with.
"use strict";

const form = document.getElementById("form");

// Typing beside "Khác" chooses it.
for (const box of form.querySelectorAll(".choice.other input[type=text]")) {
  box.addEventListener("input", () => {
    box.closest(".choice").querySelector("[value=__other_option__]").checked = box.value !== "";
  });
}

// A radio button that is not required can be let go of by choosing it again.
let chosen = null;
form.addEventListener("pointerdown", (event) => {
  const label = event.target.closest("label");
  const radio = label && label.querySelector("input[type=radio]");
  chosen = radio && radio.checked ? radio : null;
});
form.addEventListener("click", (event) => {
  if (event.target === chosen) {
    chosen.checked = false;
    chosen = null;
  }
});

// One press sends once. The button stays usable until its own value is in the post.
form.addEventListener("submit", () => {
  setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
});
addEventListener("pageshow", () => {
  form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
});

// After a refused page, the first fault is where the cursor is.
const fault = form.querySelector("[aria-invalid=true], tr.bad");
if (fault) {
  const box = fault.matches("input, select, textarea") ? fault : fault.querySelector("input:not([type=hidden])");
  if (box) box.focus();
}
