// Google names the tab in the address after the hash; the server needs it in the query.
const gid = (text) => new URLSearchParams(text).get("gid");

function follow() {
  const wanted = gid(location.hash.slice(1));
  if (wanted && wanted !== gid(location.search)) {
    const query = new URLSearchParams(location.search);
    query.set("gid", wanted);
    location.replace(`?${query}#gid=${encodeURIComponent(wanted)}`);
  }
}

follow();
addEventListener("hashchange", follow);
document.querySelector(".sheet-tabs [aria-current]")?.scrollIntoView({ inline: "nearest" });

// Choosing a filter view shows it.
document.addEventListener("change", (event) => {
  if (event.target.matches(".views select")) event.target.form.requestSubmit();
});

// A menu or a slicer closes when the focus goes elsewhere, or at Escape.
const opened = () => document.querySelectorAll(".menus details[open], .slicer details[open]");
document.addEventListener("pointerdown", (event) => {
  for (const one of opened()) if (!one.contains(event.target)) one.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of opened()) {
    one.open = false;
    one.querySelector("summary").focus();
  }
});
