// Google names the tab in the address after the hash; the server needs it in the query.
const wanted = new URLSearchParams(location.hash.slice(1)).get("gid");
const shown = new URLSearchParams(location.search).get("gid");
if (wanted && wanted !== shown) {
  location.replace(`?gid=${encodeURIComponent(wanted)}#gid=${encodeURIComponent(wanted)}`);
}
document.querySelector(".sheet-tabs [aria-current]")?.scrollIntoView({ inline: "nearest" });
