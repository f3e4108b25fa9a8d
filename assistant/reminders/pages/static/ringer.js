// What rings, on every page: cards at the corner with their answers, the number in the tab's title
// and in the menu, a sound and a notification of the system where the person allowed them.
import { ask } from "/static/api.js";
import { allow, renew, show, tidy } from "/static/reminders/device.js";

const SHOWN = 3; // cards at once; more than that become one
const snoozes = [
  ["10 min", () => new Date(Date.now() + 10 * 60e3).toISOString()],
  ["1 h", () => new Date(Date.now() + 3600e3).toISOString()],
  ["Tonight", () => "tonight"],
  ["Tomorrow", () => "tomorrow"],
];
const seen = new Set();
let first = true;
let place;
const offers = []; // what is asked beside the rings
let asked = 0;
let drawn = [];
let zone = "UTC"; // in which times show

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
    if (error.status !== 404) return alertIn(document.getElementById("ring" + ring.id), error.message);
  }
  look();
}

function alertIn(card, sentence) {
  const line = card?.querySelector("[role=alert]") || card?.appendChild(make("p", "form-error"));
  line?.setAttribute("role", "alert");
  if (line) line.textContent = sentence;
}

// Times are typed as the person's clock shows them, wherever this browser thinks it is.
function pick(ring, card) {
  const form = make("form", "row ring-pick");
  const when = make("input", "field");
  when.type = "datetime-local";
  when.setAttribute("aria-label", "Ring again at");
  const parts = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
  when.value = new Intl.DateTimeFormat("sv-SE", parts).format(new Date(Date.now() + 3600e3)).replace(" ", "T");
  const go = make("button", "main-button", "Snooze");
  form.append(when, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (when.value) answer(ring, { state: "snoozed", until: when.value });
  });
  card.querySelector(".ring-pick")?.remove();
  card.append(form);
  when.focus();
}

function card(ring) {
  const box = make("section", "ring");
  box.id = "ring" + ring.id;
  box.dataset.rang = ring.rang;
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
  for (const [label, until] of snoozes) menu.append(button(label, () => answer(ring, { state: "snoozed", until: until() }), ""));
  menu.append(button("Pick…", () => { snooze.open = false; pick(ring, box); }, ""));
  snooze.append(menu);
  const open = make("a", "quiet-button", "Open");
  open.href = ring.address;
  row.append(snooze, open, button("Dismiss", () => answer(ring, { state: "dismissed" })));
  box.append(row);
  return box;
}

function many(rings, count, others) {
  const box = make("section", "ring");
  box.id = "rings-many";
  const late = rings.every((ring) => ring.late);
  box.append(make("h2", "", late ? `${count} reminders rang while you were away` : `${count} ${others ? "more " : ""}reminders ring`));
  box.append(make("p", "muted", rings.slice(0, SHOWN).map((ring) => ring.text).join(", ") + (count > SHOWN ? " …" : "")));
  const row = make("div", "row");
  const open = make("a", "main-button", "See them");
  open.href = "/reminders?view=overdue";
  row.append(open, button("Dismiss all", async () => {
    try {
      await ask("POST", "/api/reminders/rings/dismiss");
    } catch (error) {
      return alertIn(box, error.message);
    }
    look();
  }));
  box.append(row);
  return box;
}

// Few rings are a card each; of many, those that ring just now, and one card for the others.
function cards({ rings, total }) {
  if (total <= SHOWN) return rings.map((ring) => kept(ring) || card(ring));
  const alone = rings.filter((ring) => !ring.late).slice(0, SHOWN - 1);
  const rest = rings.filter((ring) => !alone.includes(ring));
  return [...alone.map((ring) => kept(ring) || card(ring)), many(rest, total - alone.length, alone.length)];
}

// A card in which the person may be choosing a time stays as it is.
function kept(ring) {
  const old = document.getElementById("ring" + ring.id);
  return old?.dataset.rang === ring.rang && !old.querySelector("[role=alert]") ? old : null;
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
  const turn = ++asked;
  const found = await ask("GET", "/api/reminders/rings").catch(() => null);
  if (!found || turn !== asked) return;
  zone = found.zone;
  const fresh = found.rings.filter((ring) => !seen.has(ring.id + ring.rang));
  for (const ring of fresh) seen.add(ring.id + ring.rang);
  drawn = cards(found);
  draw();
  if (first) offerZone();
  number(found.total, found.overdue);
  if (found.total === found.rings.length) tidy(found.rings);
  if (!first && fresh.length) {
    sound();
    fresh.slice(0, SHOWN).forEach(tell);
  }
  first = false;
  dispatchEvent(new CustomEvent("reminders:told", { detail: { overdue: found.overdue } }));
}

function draw() {
  place ||= document.body.appendChild(make("div", "rings"));
  place.setAttribute("aria-live", "assertive");
  const wanted = [...offers, ...drawn];
  // Only what changed is touched: a card that is replaced would lose what is typed in it.
  for (const old of [...place.children]) if (!wanted.includes(old)) old.remove();
  wanted.forEach((each, at) => place.children[at] === each || place.insertBefore(each, place.children[at] || null));
}

// Something to decide, in a card of its own; each is asked once in a browser.
function offer(key, title, words, yes, act) {
  if (localStorage.getItem(key)) return;
  const box = make("section", "offer");
  box.setAttribute("aria-label", title);
  box.append(make("h2", "", title), make("p", "muted", words));
  const row = make("div", "row");
  const end = () => {
    localStorage.setItem(key, "1");
    offers.splice(offers.indexOf(box), 1);
    draw();
  };
  const accept = async () => {
    try {
      await act();
      end();
    } catch (error) {
      alertIn(box, error.message);
    }
  };
  row.append(button(yes, accept, "main-button"), button("Not now", end));
  box.append(row);
  offers.push(box);
  draw();
}

// When the first reminder is set it is clear what for.
function offerNotifications() {
  if (!("Notification" in window) || Notification.permission !== "default") return;
  offer("reminders:asked", "Ring outside this tab as well?", "Then a notification shows while you look at something else.", "Allow notifications", allow);
}

// A person who travels, or whose account was made for them, sees the times of another zone.
function offerZone() {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const shows = (zone) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format();
  if (!here || shows(here) === shows(zone)) return;
  offer(`zone:${here}`, `Are you in ${here.replaceAll("_", " ")}?`, `Assistant shows times in ${zone}, where it is ${shows(zone)}.`, "Use the time here", async () => {
    await ask("PATCH", "/api/preferences", { zone: here });
    location.reload();
  });
}

addEventListener("reminders:changed", look);
addEventListener("reminders:set", offerNotifications);
addEventListener("reminders:about", async (event) => {
  const { remindAbout } = await import("/static/reminders/remind.js");
  remindAbout({ ...event.detail, zone });
});
document.addEventListener("visibilitychange", () => document.hidden || look());
renew();
look();
