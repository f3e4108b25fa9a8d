// This browser as a device that rings: notifications of the system, and push with the page closed.
import { ask } from "/static/api.js";

const WORKER = "/service-worker.js";
const HERE = "/api/reminders/ways/here";
const SETTLE = 5e3; // ms in which a page that has just looked may not know of a ring yet
const ACTIONS = [{ action: "done", title: "Done" }, { action: "snooze", title: "Snooze 10 min" }];

const worker = async () => navigator.serviceWorker?.getRegistration("/");

// Why this browser cannot ring with the page closed, in a sentence; empty when it can.
export function obstacle() {
  if (!isSecureContext) return "Browsers ring with the page closed only when its address begins with https://";
  if (/iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone) return "On an iPhone or iPad, first add Assistant to the home screen (Share, then “Add to Home Screen”) and open it from there.";
  if (!navigator.serviceWorker || !window.PushManager || !window.Notification) return "This browser cannot ring with the page closed. Firefox, Chrome, Edge and Safari can, outside of private windows.";
  if (Notification.permission === "denied") return "This browser was told to show no notifications from here. Allow them in its settings for this site, then load this page again.";
  return "";
}

export async function subscription() {
  return (await (await worker())?.pushManager?.getSubscription()) || null;
}

export async function allow() {
  const said = await Notification.requestPermission();
  if (said === "granted") await navigator.serviceWorker?.register(WORKER);
  return said;
}

export async function subscribe(key) {
  if ((await allow()) !== "granted") throw new Error(obstacle() || "Allow notifications when the browser asks for them.");
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made with another installation's key is of no use here.
  await (await pushManager.getSubscription())?.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => {
    throw new Error("This browser did not reach its push service. Check its connection, or try another browser.");
  });
  try {
    return await ask("POST", HERE, made);
  } catch (error) {
    await made.unsubscribe();
    throw error;
  }
}

export async function unsubscribe() {
  await (await subscription())?.unsubscribe();
}

// A browser that rang for somebody else, or whose session was ended, rings no more.
export async function renew() {
  const made = await subscription().catch(() => null);
  if (!made) return;
  const said = await ask("PUT", HERE, made).catch(() => null);
  if (said && !said.rings) await made.unsubscribe();
}

export async function show(ring) {
  const shown = { tag: "ring" + ring.id, body: [ring.when, ring.late, ring.missed].filter(Boolean).join(" · ") };
  const registered = await worker();
  if (registered) {
    const data = { ring: ring.id, address: ring.address, shown: Date.now() };
    return registered.showNotification(ring.text, { ...shown, icon: "/static/icon-192.png", data, actions: ACTIONS });
  }
  const note = new Notification(ring.text, shown);
  note.onclick = () => {
    focus();
    note.close();
  };
}

// Closes the system's notifications of what was answered elsewhere.
export async function tidy(rings) {
  const ringing = new Set(rings.map((ring) => "ring" + ring.id));
  const notes = (await (await worker())?.getNotifications()) || [];
  for (const note of notes) {
    const old = Date.now() - note.data?.shown > SETTLE;
    if (old && note.tag.startsWith("ring") && !ringing.has(note.tag)) note.close();
  }
}
