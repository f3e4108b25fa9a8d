// Rings with the page closed: shows what is pushed, and carries the answers back. It serves no pages.
const SNOOZE = 10 * 60e3;
const JUST = 30e3;
// Apple takes a subscription away that shows nothing; others let a page in front speak.
const mustShow = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);

const post = (path, said) => fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) });
const pages = () => clients.matchAll({ type: "window", includeUncontrolled: true });

async function ring(told) {
  if (!mustShow && told.ring && (await pages()).some((page) => page.focused)) return;
  const actions = told.ring ? [{ action: "done", title: "Done" }, { action: "snooze", title: "Snooze 10 min" }] : [];
  const tag = told.ring ? "ring" + told.ring : "test";
  // A page in the background may have shown the same a moment ago.
  const there = (await registration.getNotifications({ tag })).some((note) => Date.now() - note.data.shown < JUST);
  await registration.showNotification(told.title, {
    body: told.body,
    tag,
    renotify: !there,
    icon: "/static/icon-192.png",
    data: { ring: told.ring, address: told.address, shown: Date.now() },
    actions,
  });
}

async function open(address) {
  // A page that is open shows the card itself, and keeps what is being typed.
  const page = (await pages())[0];
  return page ? page.focus() : clients.openWindow(address);
}

async function answer(action, { ring, address }) {
  const body = action === "done" ? { state: "done" } : { state: "snoozed", until: new Date(Date.now() + SNOOZE).toISOString() };
  const answered = await post(`/api/reminders/rings/${ring}/answer`, body).catch(() => null);
  if (!answered?.ok) await open(address);
}

async function subscribeAgain(event) {
  const options = event.oldSubscription?.options;
  const fresh = event.newSubscription || (options && (await registration.pushManager.subscribe(options)));
  if (fresh) await post("/api/reminders/ways/here", fresh);
}

addEventListener("install", () => skipWaiting());
addEventListener("push", (event) => event.waitUntil(ring(event.data.json())));
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  const told = event.notification.data;
  event.waitUntil(event.action ? answer(event.action, told) : open(told.address));
});
