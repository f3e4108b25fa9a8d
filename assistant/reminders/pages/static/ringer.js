// What rings, on every page: cards at the corner with their answers, the number in the tab's title
// and in the menu, a sound and a notification of the system where the person allowed them.
import { ask } from "/static/api.js";
import { renew, show, tidy } from "/static/reminders/device.js";

const snoozes = [
  ["10 min", () => new Date(Date.now() + 10 * 60e3)],
  ["1 h", () => new Date(Date.now() + 3600e3)],
  ["Tonight", "tonight"],
  ["Tomorrow", "tomorrow"],
];
const seen = new Set();
let first = true;
let place;

const make = (name, className, text) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

function button(label, act, className = "quiet-button") {
  const made = make("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

async function answer(ring, body) {
  try {
    await ask("POST", `/api/reminders/rings/${ring.id}/answer`, body);
  } catch (error) {
    if (error.status !== 404) return alertIn(ring, error.message);
  }
  look();
}

function alertIn(ring, sentence) {
  const card = document.getElementById("ring" + ring.id);
  const line = card?.querySelector("[role=alert]") || card?.appendChild(make("p", "form-error"));
  line?.setAttribute("role", "alert");
  if (line) line.textContent = sentence;
}

function pick(ring, card) {
  const form = make("form", "row ring-pick");
  const when = make("input", "field");
  when.type = "datetime-local";
  when.setAttribute("aria-label", "Ring again at");
  const now = new Date(Date.now() + 3600e3);
  when.value = new Date(now - now.getTimezoneOffset() * 60e3).toISOString().slice(0, 16);
  const go = make("button", "main-button", "Snooze");
  form.append(when, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (when.value) answer(ring, { state: "snoozed", until: new Date(when.value).toISOString() });
  });
  card.querySelector(".ring-pick")?.remove();
  card.append(form);
  when.focus();
}

function card(ring) {
  const box = make("section", "ring");
  box.id = "ring" + ring.id;
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", "Reminder: " + ring.text);
  box.append(make("h2", "", ring.text));
  const words = [ring.when, ring.late, ring.missed].filter(Boolean).join(" · ");
  if (words) box.append(make("p", ring.late ? "ring-late" : "muted", words));
  const row = make("div", "row");
  row.append(button("Done", () => answer(ring, { state: "done" }), "main-button"));
  const snooze = make("details", "ring-snooze");
  snooze.append(make("summary", "quiet-button", "Snooze"));
  const menu = make("div", "floating-menu");
  for (const [label, until] of snoozes) menu.append(button(label, () => answer(ring, { state: "snoozed", until: typeof until === "string" ? until : until().toISOString() }), ""));
  menu.append(button("Pick…", () => { snooze.open = false; pick(ring, box); }, ""));
  snooze.append(menu);
  const open = make("a", "quiet-button", "Open");
  open.href = ring.address;
  row.append(snooze, open, button("Dismiss", () => answer(ring, { state: "dismissed" })));
  box.append(row);
  return box;
}

function many(rings) {
  const box = make("section", "ring");
  box.append(make("h2", "", `${rings.length} reminders rang while you were away`));
  box.append(make("p", "muted", rings.slice(0, 3).map((ring) => ring.text).join(", ") + (rings.length > 3 ? " …" : "")));
  const row = make("div", "row");
  const open = make("a", "main-button", "See them");
  open.href = "/reminders?view=overdue";
  row.append(open, button("Dismiss all", async () => {
    for (const ring of rings) await ask("POST", `/api/reminders/rings/${ring.id}/answer`, { state: "dismissed" }).catch(() => {});
    look();
  }));
  box.append(row);
  return box;
}

function sound() {
  if (localStorage.getItem("reminders:sound") !== "1") return;
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = 784;
    volume.gain.setValueAtTime(0.15, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.9);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.9);
  } catch {
    // Browsers allow a sound only after the page was touched.
  }
}

function tell(ring) {
  if (!("Notification" in window) || Notification.permission !== "granted" || !document.hidden) return;
  show(ring);
}

function number(count, overdue) {
  document.title = (count ? `(${count}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  const link = document.querySelector('.rail a[href="/reminders"]');
  if (!link) return;
  link.querySelector(".badge")?.remove();
  if (!overdue) return;
  const badge = make("span", "badge", overdue > 99 ? "99+" : String(overdue));
  badge.setAttribute("aria-label", `${overdue} overdue`);
  link.append(badge);
}

export async function look() {
  const found = await ask("GET", "/api/reminders/rings").catch(() => null);
  if (!found) return;
  place ||= document.body.appendChild(make("div", "rings"));
  place.setAttribute("aria-live", "assertive");
  const fresh = found.rings.filter((ring) => !seen.has(ring.id + ring.rang));
  for (const ring of fresh) seen.add(ring.id + ring.rang);
  const old = found.rings.filter((ring) => ring.late);
  const cards = old.length > 3 ? [many(old), ...found.rings.filter((ring) => !ring.late).map(card)] : found.rings.map(card);
  place.replaceChildren(...cards);
  number(found.rings.length, found.overdue);
  tidy(found.rings);
  if (!first && fresh.length) {
    sound();
    fresh.forEach(tell);
  }
  first = false;
  dispatchEvent(new CustomEvent("reminders:told"));
}

addEventListener("reminders:changed", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
renew();
look();
