// Sends what a person does, one after the other, and shows the sheet as it is then.

const form = document.getElementById("change");
const dialog = document.querySelector("dialog.notice");
let queue = Promise.resolve();
let waiting = 0;

/** Posts the form with these fields; `shown` is called when the new sheet is there. */
export function send(fields, shown) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  waiting += 1;
  say("Đang lưu…");
  queue = queue.then(() => post(body, shown)).finally(() => {
    waiting -= 1;
    if (!waiting) say("");
  });
}

async function post(body, shown) {
  try {
    // Not `form.action`: that is the buttons of this name.
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    const page = read(await answer.text());
    if (answer.ok && page.querySelector(".sheet")) show(page, new URL(answer.url), shown);
    else ask(page, body, shown);
  } catch {
    notice("Không gửi được. Hãy kiểm tra rằng Google cục bộ còn chạy, rồi tải lại trang.");
  }
}

/** The page as a document. Its style would not be let in here: it comes with another nonce. */
function read(text) {
  const inert = text.replace("<style ", "<template ").replace("</style>", "</template>");
  return new DOMParser().parseFromString(inert, "text/html");
}

function show(page, address, shown) {
  const tab = (url) => new URLSearchParams(url.search).get("gid") ?? "";
  if (tab(address) !== form.elements.gid.value) {
    location.assign(address);
    return;
  }
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!fresh) continue;
    // A style element that is kept keeps the nonce that lets it speak.
    if (part.localName === "style") part.textContent = fresh.content.textContent;
    else part.replaceWith(document.adoptNode(fresh));
  }
  shown?.();
}

/** A refusal is shown; a question is put, and sent again when it is answered. */
function ask(page, body, shown) {
  const card = page.querySelector("main .card");
  notice(card ? [...card.querySelectorAll("h1, p:not(.actions, :has(a))")].map((one) => one.textContent) : "Lỗi.");
  if (!page.querySelector("[name=confirmed]")) {
    shown?.();
    return;
  }
  const yes = button("Tiếp tục", "main");
  dialog.querySelector(".actions").prepend(yes);
  yes.addEventListener("click", () => {
    send({ ...Object.fromEntries(body), confirmed: "1" }, shown);
    dialog.close();
  });
  yes.focus();
}

function notice(texts) {
  const [first, ...rest] = [texts].flat();
  const title = document.createElement("h2");
  title.textContent = first;
  const lines = rest.map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  });
  const actions = document.createElement("p");
  actions.className = "actions";
  const close = button("Đóng", "side");
  close.addEventListener("click", () => dialog.close());
  actions.append(close);
  dialog.replaceChildren(title, ...lines, actions);
  if (!dialog.open) dialog.showModal();
}

function button(text, look) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = text;
  return made;
}

function say(text) {
  const busy = document.querySelector(".busy");
  if (busy) busy.textContent = text;
}

// The menus' buttons post the form too; here without leaving the page.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const pressed = event.submitter;
  for (const menu of document.querySelectorAll(".menus details[open]")) menu.open = false;
  send({ action: pressed.value }, () => form.dispatchEvent(new Event("shown")));
});
