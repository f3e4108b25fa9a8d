// Rings with the page closed: shows what is pushed, and carries the answers back.
// Milliseconds in which a page in the background may have shown the same.
const JUST = 30e3;
const ACTIONS = [{ action: "done", title: "Done" }, { action: "snooze", title: "Snooze" }];
// Apple takes a subscription away that shows nothing; others let a page in front speak for itself.
const mustShow = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);

const pages = () => clients.matchAll({ type: "window", includeUncontrolled: true });
const post = (address, body) =>
  fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function show({ id, ring, title, body, address }) {
  if (!mustShow && ring && (await pages()).some((page) => page.focused)) return;
  const tag = ring ? "ring" + ring : id;
  const shown = await registration.getNotifications({ tag });
  const renotify = !shown.some((note) => Date.now() - note.data.shown < JUST);
  const data = { ring, address, shown: Date.now() };
  const actions = ring ? ACTIONS : [];
  await registration.showNotification(title, { body, tag, renotify, data, actions, icon: "/static/icon-192.png" });
}

async function answer({ action, notification }) {
  notification.close();
  const { ring, address } = notification.data;
  const state = action === "done" ? "done" : "snoozed";
  const body = { state, until: "usual" };
  if (action && (await post(`/api/v1/reminders/rings/${ring}/answer`, body).catch(() => null))?.ok) return;
  // A page that is open shows the card itself; sent elsewhere, it would lose what is being typed.
  const [page] = await pages();
  await (page && ring ? page.focus() : clients.openWindow(address));
}

async function subscribeAgain({ oldSubscription: old, newSubscription }) {
  const fresh = newSubscription || (old && (await registration.pushManager.subscribe(old.options)));
  if (fresh) await post("/api/v1/reminders/ways/here", fresh);
}

addEventListener("push", (event) => event.waitUntil(show(event.data.json())));
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));
addEventListener("notificationclick", (event) => event.waitUntil(answer(event)));
