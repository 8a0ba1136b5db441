// Google names the tab in the address after the hash; the server needs it in the query.
const gid = (text) => new URLSearchParams(text).get("gid");

function follow() {
  const wanted = gid(location.hash.slice(1));
  if (wanted && wanted !== gid(location.search)) {
    const tab = encodeURIComponent(wanted);
    location.replace(`?gid=${tab}#gid=${tab}`);
  }
}

follow();
addEventListener("hashchange", follow);
document.querySelector(".sheet-tabs [aria-current]")?.scrollIntoView({ inline: "nearest" });
