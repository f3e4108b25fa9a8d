// The browser's side of the frame: moving between views, keys, the drawer, copying, and whether the server is there.
import { copy, forget } from "./browser.js";

// Milliseconds without an answer after which the server counts as away.
const QUIET = 1500;
// Milliseconds without a key after which the page may be loaded anew.
const CALM = 2000;
// Milliseconds after which a server that refused the page is asked again.
const LATER = 5000;
const { classList } = document.body;
const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

function drawer(open) {
  classList.toggle("drawer-open", open);
  find("button[data-drawer]").ariaExpanded = open;
}

// Moving. The address changes at once; the server then draws the view as soon as it is there, or, where it has
// forgotten the page, the browser loads the address. Links inside a page leave no state.
// What had the cursor as one set out, until one types on.
let left;
function move(address, { replace = false, scroll = null } = {}) {
  const target = new URL(address, location.href);
  if (!window.socket || target.origin !== location.origin) return (location.href = target);
  drawer(false);
  find("dialog[open]")?.close();
  left = document.activeElement;
  // What was typed last is told.
  left?.blur();
  if (scroll === null && target.href !== location.href) {
    const here = Object.fromEntries(all("[data-scroll]").map((box) => [box.dataset.scroll, box.scrollTop]));
    history.replaceState({ ...history.state, scroll: here }, "");
    history[replace ? "replaceState" : "pushState"]({}, "", target);
  }
  classList.add("moving");
  emitEvent("move", { address: target.pathname + target.search, scroll });
}

// From the server: the view of the address stands; focus and scrolling follow.
function arrive(scroll) {
  classList.remove("moving");
  requestAnimationFrame(() => {
    const page = find("#page");
    // Who is elsewhere by now stays there.
    const free = [left, document.body].includes(document.activeElement);
    const wanted = matchMedia("(hover: hover)").matches && page?.querySelector("[data-focus]");
    if (free && wanted) wanted.focus({ preventScroll: true });
    // Also where what is wanted is out of sight.
    if (free && !page?.contains(document.activeElement)) page?.focus({ preventScroll: true });
    for (const box of all("[data-scroll]")) box.scrollTop = scroll?.[box.dataset.scroll] ?? box.scrollTop;
    if (!scroll) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  });
}

window.assistant = { arrive, move, copy, address: (to) => history.replaceState(history.state, "", to) };
history.scrollRestoration = "manual";
forget(find("meta[name=person]").content);
navigator.serviceWorker?.register("/service-worker.js");
addEventListener("popstate", ({ state: at }) => at && move(location.href, { scroll: at.scroll || {} }));

function follow(event, link) {
  const held = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button;
  if (held || event.defaultPrevented || link.target || link.hasAttribute("download") || "load" in link.dataset) return;
  const here = link.pathname + link.search === location.pathname + location.search;
  if (link.origin !== location.origin || (link.hash && here)) return;
  event.preventDefault();
  move(link.href);
}

async function copyFrom(button) {
  await copy(button.dataset.copy ?? button.closest(".code").querySelector("pre").textContent);
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
}

addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at("[data-drawer]")) drawer(!classList.contains("drawer-open"));
  else if (at("[data-dialog]")) find(at("[data-dialog]").dataset.dialog).showModal();
  else if (at(".code-copy, [data-copy]")) copyFrom(at(".code-copy, [data-copy]"));
  else if (at("a[href]")) follow(event, at("a[href]"));
});

// Some buttons leave what is marked, and the cursor, as they are.
addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-hold] button")) event.preventDefault();
});

// Keys stand at what they do: data-key="alt+n" clicks, or focuses a field. Safari ends a composition with a key that
// only its old number gives away.
addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const escape = event.key === "Escape";
  if (escape) drawer(false);
  const held = (event.ctrlKey || event.metaKey ? "mod+" : "") + (event.altKey ? "alt+" : "");
  if (!held && !escape && event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const letter = event.altKey && /^(?:Digit|Key)(.)$/.exec(event.code)?.[1];
  const key = CSS.escape(held + (letter || event.key).toLowerCase());
  const target = find(`[data-key~="${key}"]:not(.hidden)`);
  if (!target || find("dialog[open], .q-dialog, .q-menu")) return;
  event.preventDefault();
  if (target.matches("input, textarea")) target.focus();
  else target.click();
});

// The arrows walk a menu, as Quasar's own knows only Enter and Escape, and a list, from the field that controls it too.
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const menu = find(".q-menu");
  const controlled = document.getElementById(target.getAttribute("aria-controls"));
  const list = menu || controlled || (!target.matches("input, textarea, select") && target.closest("[data-list]"));
  if (!list || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = [...list.querySelectorAll("[role=menuitem], [data-row]")];
  const now = stops.findIndex((stop) => stop === target || (!menu && stop.parentElement.contains(target)));
  const above = now === 0 && find(`[aria-controls="${list.id}"]`);
  const to = {
    ArrowDown: stops[now + 1] ?? (menu && stops[0]), ArrowUp: stops[now - 1] ?? (menu ? stops.at(-1) : above),
    Home: menu && stops[0], End: menu && stops.at(-1),
  }[key]; // prettier-ignore
  if (!to) return;
  event.preventDefault();
  event.stopPropagation();
  to.focus();
  if (to !== above) list.remember?.(to);
}, { capture: true });

// A cable that was pulled tells nobody: whoever acts finds out whether somebody answers.
let [asked, typed] = [0, 0];
const away = (is) => classList.toggle("away-now", is);
function ask() {
  if (!window.socket?.connected || Date.now() - asked < 1000) return;
  asked = Date.now();
  window.socket.timeout(QUIET).emit("alive", (failed) => {
    away(Boolean(failed));
    if (failed) setTimeout(ask, 1000);
  });
}
const heard = (act, ...names) => names.forEach((name) => addEventListener(name, act, { capture: true, passive: true }));
heard(ask, "pointerdown", "keydown", "online");
heard(() => (typed = Date.now()), "keydown", "input");
heard(() => (left = null), "input");
heard(() => away(true), "offline");

// NiceGUI loads the page anew when the server has forgotten it: not while one types or it sends.
const calm = () => Date.now() - typed > CALM && !find("[data-busy], [data-state=saving]");
const whenCalm = (act) => (calm() ? act() : setTimeout(whenCalm, 200, act));
function listen() {
  const { socket } = window;
  if (!socket) return setTimeout(listen, 50);
  socket.io.reconnectionDelay(200);
  const [failed] = socket.listeners("connect_error");
  socket.off("connect_error").on("connect_error", (error) => {
    away(true);
    whenCalm(() => failed(error));
    // Whose login has ended while nobody could say so is let in no more.
    fetch("/api/v1/me").then(({ status }) => status === 401 && whenCalm(() => location.reload()), () => {});
    if (!socket.active) setTimeout(() => socket.connect(), LATER);
  });
  socket.on("disconnect", () => away(true)).on("connect", () => away(false));
}
listen();
