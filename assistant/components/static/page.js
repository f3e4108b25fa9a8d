// The browser's side of the frame: moving between views, keys, the drawer, copying, and whether the server is there.
import { copy, forget } from "./browser.js";

const QUIET = 1500; // ms without an answer after which the server counts as away
const CALM = 2000; // ms without a key after which the page may be loaded anew
const LATER = 5000; // ms after which a server that refused the page is asked again

const drawer = (open) => {
  document.body.classList.toggle("drawer-open", open);
  document.querySelector("button[data-drawer]")?.setAttribute("aria-expanded", String(open));
};

// Moving. The address changes at once; the server then draws the view in this page. While the connection is away it is
// asked to as soon as it is back, or, where it has forgotten the page, the browser loads the new address.
const scrolled = () => Object.fromEntries([...document.querySelectorAll("[data-scroll]")].map((box) => [box.dataset.scroll, box.scrollTop]));
const remember = () => history.replaceState({ ...history.state, scroll: scrolled() }, "");

let left; // what had the cursor as one set out, until one types on
function move(address, { replace = false, scroll = null } = {}) {
  const target = new URL(address, location.href);
  if (!window.socket || target.origin !== location.origin) return (location.href = target);
  drawer(false);
  left = document.activeElement;
  if (scroll === null && target.href !== location.href) {
    remember();
    history[replace ? "replaceState" : "pushState"]({}, "", target);
  }
  document.body.classList.add("moving");
  emitEvent("move", { address: target.pathname + target.search, scroll });
}

function show({ title, name, room, new: [label, address], arrived, scroll }) {
  document.title = title;
  document.querySelector(".top-title").textContent = name;
  const plus = document.querySelector(".top-new");
  plus.href = address;
  plus.ariaLabel = label;
  for (const link of document.querySelectorAll("[data-room]")) {
    if (link.dataset.room === room) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (!arrived) return;
  document.body.classList.remove("moving");
  requestAnimationFrame(() => {
    const page = document.getElementById("page");
    const wanted = page?.querySelector("[data-focus]");
    const free = [left, document.body].includes(document.activeElement); // who is elsewhere by now stays there
    if (free && wanted && matchMedia("(hover: hover)").matches) wanted.focus({ preventScroll: true });
    if (free && !page?.contains(document.activeElement)) page?.focus({ preventScroll: true }); // what is wanted may be hidden
    for (const box of document.querySelectorAll("[data-scroll]")) if (scroll && box.dataset.scroll in scroll) box.scrollTop = scroll[box.dataset.scroll];
    const hash = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (hash && !scroll) hash.scrollIntoView();
  });
}

addEventListener("input", () => (left = null), { capture: true });
window.assistant = { show, move, copy, address: (to) => history.replaceState(history.state, "", to) };
history.scrollRestoration = "manual";
forget(document.querySelector("meta[name=person]").content);
addEventListener("popstate", (event) => move(location.href, { scroll: event.state?.scroll || {} }));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button || event.defaultPrevented);
  if (!link || !plain || link.target || link.hasAttribute("download") || link.origin !== location.origin || link.dataset.load !== undefined) return;
  if (link.hash && link.pathname + link.search === location.pathname + location.search) return;
  event.preventDefault();
  move(link.href);
});

// Keys stand at what they do: data-key="alt+n" clicks, or focuses a field.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape") drawer(false);
  const held = [(event.ctrlKey || event.metaKey) && "mod", event.altKey && "alt"].filter(Boolean);
  if (!held.length && event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const key = event.altKey && event.code.startsWith("Digit") ? event.code.slice(5) : event.altKey && event.code.startsWith("Key") ? event.code.slice(3) : event.key;
  const pressed = [...held, key.toLowerCase()].join("+");
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === pressed);
  if (!target || document.querySelector("dialog[open], .q-dialog")) return;
  event.preventDefault();
  if (target.matches("input, textarea")) target.focus();
  else target.click();
});

// A menu is walked by its arrows; Quasar's own knows only Enter and Escape.
document.addEventListener("keydown", (event) => {
  const items = [...document.querySelectorAll(".q-menu [role=menuitem]")];
  const now = items.indexOf(document.activeElement);
  const next = { ArrowDown: now + 1, ArrowUp: now < 0 ? -1 : now - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined || !items.length) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(next % items.length).focus();
}, { capture: true });

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-drawer]")) return drawer(!document.body.classList.contains("drawer-open"));
  if (event.target.closest("[data-shortcuts]")) return document.getElementById("shortcuts").showModal();
  const button = event.target.closest(".code-copy, [data-copy]");
  if (!button) return;
  await copy(button.dataset.copy ?? button.closest(".code").querySelector("pre").textContent);
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
});

// A cable that was pulled tells nobody: so whoever acts finds out whether somebody answers.
const away = (is) => document.body.classList.toggle("away-now", is);
let asked = 0;
const ask = () => {
  if (!window.socket?.connected || Date.now() - asked < 1000) return;
  asked = Date.now();
  window.socket.timeout(QUIET).emit("alive", (failed) => {
    away(Boolean(failed));
    if (failed) setTimeout(ask, 1000);
  });
};
for (const act of ["pointerdown", "keydown"]) addEventListener(act, ask, { capture: true, passive: true });
addEventListener("offline", () => away(true));
addEventListener("online", ask);

// NiceGUI loads the page anew when the server has forgotten it: not under the fingers of who types, nor while it saves.
let typed = 0;
for (const act of ["keydown", "input"]) addEventListener(act, () => (typed = Date.now()), { capture: true, passive: true });
const calm = () => Date.now() - typed > CALM && !document.querySelector("[data-busy], [data-state=saving]");
const whenCalm = (act) => (calm() ? act() : setTimeout(whenCalm, 200, act));
const listen = () => {
  if (!window.socket) return setTimeout(listen, 50);
  const [failed] = window.socket.listeners("connect_error");
  window.socket.off("connect_error").on("connect_error", (error) => {
    whenCalm(() => failed(error));
    if (!window.socket.active) setTimeout(() => window.socket.connect(), LATER);
  });
  window.socket.on("disconnect", () => away(true));
  window.socket.on("connect", () => away(false));
};
listen();
