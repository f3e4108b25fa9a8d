// What rings, on every page: cards at the corner with their answers, the number in the tab's title
// and in the menu, a sound and a notification of the system where the person allowed them.
import { ask } from "/static/api.js";
import { wall } from "/static/reminders/words.js";
import { allow, renew, show, tidy } from "/static/reminders/device.js";

const SAID = 8e3; // ms for which it is told what was done
const snoozes = [
  ["10 min", () => new Date(Date.now() + 10 * 60e3).toISOString(), "in 10 minutes"],
  ["1 h", () => new Date(Date.now() + 3600e3).toISOString(), "in an hour"],
  ["Tonight", () => "tonight", "tonight at 20:00"],
  ["Tomorrow", () => "tomorrow", "tomorrow at 9:00"],
];
// How many cards there is room for; more than that become one.
const shown = () => (innerWidth < 700 ? 2 : 3);
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

async function answer(ring, body, told, back) {
  try {
    await ask("POST", `/api/reminders/rings/${ring.id}/answer`, body);
    say(told, back);
  } catch (error) {
    if (error.status !== 404) return alertIn(document.getElementById("ring" + ring.id), error.message);
  }
  look();
}

const snoozed = (ring, until, words) => answer(ring, { state: "snoozed", until }, `“${ring.text}” rings again ${words}.`);

function alertIn(card, sentence) {
  const line = card?.querySelector("[role=alert]") || card?.appendChild(make("p", "form-error"));
  line?.setAttribute("role", "alert");
  if (line) line.textContent = sentence;
}

// What was done, for a while, with a way back where there is one.
function say(words, back) {
  const box = make("section", "offer said");
  box.setAttribute("role", "status");
  const end = () => {
    if (offers.includes(box)) offers.splice(offers.indexOf(box), 1);
    draw();
  };
  const row = make("div", "row");
  row.append(make("p", "grow", words));
  if (back) row.append(button("Undo", () => back().then(end, (error) => alertIn(box, error.message))));
  box.append(row);
  offers.push(box);
  setTimeout(end, SAID);
  draw();
}

// Times are typed as the person's clock shows them, wherever this browser thinks it is.
function pick(ring, choices) {
  const form = make("form", "row ring-pick");
  const when = make("input", "field");
  when.type = "datetime-local";
  when.setAttribute("aria-label", "Ring again at");
  const parts = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
  when.value = new Intl.DateTimeFormat("sv-SE", parts).format(new Date(Date.now() + 3600e3)).replace(" ", "T");
  form.append(when, make("button", "main-button", "Set"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (when.value) snoozed(ring, when.value, wall(when.value));
  });
  choices.replaceChildren(form);
  when.focus();
}

// The choices stand below the buttons, which stay where they are.
function snooze(ring) {
  const toggle = button("Snooze", () => {
    choices.hidden = !choices.hidden;
    toggle.setAttribute("aria-expanded", String(!choices.hidden));
  });
  toggle.setAttribute("aria-expanded", "false");
  const choices = make("div", "ring-choices");
  choices.hidden = true;
  for (const [label, until, words] of snoozes) choices.append(button(label, () => snoozed(ring, until(), words)));
  choices.append(button("Pick…", () => pick(ring, choices)));
  return [toggle, choices];
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
  const undone = () => ask("POST", `/api/reminders/${ring.reminder}/undone`).then(look);
  row.append(button("Done", () => answer(ring, { state: "done" }, `“${ring.text}” is done.`, undone), "main-button"));
  const [toggle, choices] = snooze(ring);
  const open = make("a", "quiet-button", "Open");
  open.href = ring.address;
  const dismiss = button("Dismiss", () => answer(ring, { state: "dismissed" }, `“${ring.text}” is silent. It waits among the overdue.`));
  row.append(toggle, open, dismiss);
  box.append(row, choices);
  return box;
}

function many(rings, count, others) {
  const box = make("section", "ring");
  box.id = "rings-many";
  const late = rings.every((ring) => ring.late);
  box.append(make("h2", "", late ? `${count} reminders rang while you were away` : `${count} ${others ? "more " : ""}reminders ring`));
  box.append(make("p", "muted", rings.slice(0, 3).map((ring) => ring.text).join(", ") + (count > 3 ? " …" : "")));
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
  const room = shown();
  if (total <= room) return rings.map((ring) => kept(ring) || card(ring));
  const alone = rings.filter((ring) => !ring.late).slice(0, room - 1);
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
  if (found && turn === asked) take(found);
}

// What rings, as this page asked for it or was told.
function take(found) {
  asked += 1;
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
    fresh.slice(0, 3).forEach(tell);
  }
  first = false;
  dispatchEvent(new CustomEvent("reminders:told", { detail: { overdue: found.overdue } }));
}

function draw() {
  place ||= make("div", "rings");
  place.setAttribute("aria-live", "assertive");
  // Outside of a modal dialog nothing can be pressed.
  const home = [...document.querySelectorAll("dialog[open]")].filter((each) => each.matches(":modal")).at(-1) || document.body;
  if (place.parentNode !== home) home.append(place);
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

addEventListener("reminders:changed", (event) => take(event.detail));
addEventListener("reminders:set", ({ detail }) => {
  if (detail) say(...detail);
  offerNotifications();
});
addEventListener("reminders:about", async (event) => {
  const { remindAbout } = await import("/static/reminders/remind.js");
  remindAbout({ ...event.detail, zone });
});
for (const moved of ["close", "toggle"]) document.addEventListener(moved, (event) => event.target.matches?.("dialog") && draw(), true);
document.addEventListener("visibilitychange", () => document.hidden || look());
renew();
look();
