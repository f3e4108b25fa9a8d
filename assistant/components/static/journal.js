// What is typed into notes waits in this browser, note by note, until the server has stored it.
import { keep, kept, newKey } from "./browser.js";

// Milliseconds until what is typed is in the browser's own store.
const KEEP = 150;
// Milliseconds after which the copy of a tab that is gone is taken over.
const ABANDONED = 120000;
// Bytes that a browser still sends while a page goes away.
const LEAVING = 60000;

const tab = (sessionStorage.tab ??= newKey());

// What the server says; its problem is thrown, with status 0 where it did not answer.
async function put(path, body, options) {
  const away = () => Promise.reject({ status: 0 });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, { method: "PUT", body: JSON.stringify(body), headers, ...options }).catch(away);
  const said = await answer.json().catch(answer.ok ? away : () => ({}));
  if (!answer.ok) throw { ...said, status: answer.status };
  return said;
}

// The notes of this page that the server may not have as they are here, whichever of them is shown.
export const unsaved = new Set();
const leave = () => unsaved.forEach((note) => note.leave());
const again = () => unsaved.forEach((note) => note.state === "away" && note.save());
addEventListener("pagehide", leave);
addEventListener("online", again);
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : again()));

export class Note {
  constructor(user, stored, tell) {
    const clean = { state: "clean", problem: null, conflict: null, unheard: null, tries: 0, newest: 0, tags: [] };
    Object.assign(this, { user, tell, tab, key: newKey(), ...clean });
    this.take(stored);
    while ([...unsaved].some((other) => other.place === this.place)) this.tab += "+";
    if (!this.recover() && !this.id) Object.assign(this, stored.wanted);
  }
  // Each tab keeps a copy of its own: another tab of the same note must not overwrite or delete it.
  get places() {
    return `note:${this.user}:${this.id || "new"}:`;
  }
  get place() {
    return this.places + this.tab;
  }
  get dirty() {
    return this.text !== this.saved.text || this.title !== this.saved.title || this.tags.length > 0 || this.beside;
  }
  get busy() {
    return this.running || this.dirty || this.conflict;
  }
  take({ id, text, version, title, title_set }) {
    this.saved = { text, title: title_set ? title : "" };
    Object.assign(this, { id, version, ...this.saved });
  }
  turn(state, { problem = null, what = "" } = {}) {
    Object.assign(this, { state, problem });
    this.tell(this, what);
  }
  // What was typed here, so that a title which another device gave meanwhile stays.
  get news() {
    const { text, title, saved, version, unheard, key, tags, beside } = this;
    const written = text === saved.text && !beside ? {} : { text, unheard, beside };
    return { ...written, title: title === saved.title ? undefined : title, version, key, tags };
  }
  recover() {
    // Those of tabs that are gone: a tab that is open writes again and again, or has saved.
    const gone = (place) => place.startsWith(this.places) && kept(place).at < Date.now() - ABANDONED;
    const from = kept(this.place) ? this.place : Object.keys(localStorage).find(gone);
    if (!from) return false;
    const { version, ...words } = kept(from);
    keep(from, null);
    Object.assign(this, words);
    if (this.text !== this.saved.text) this.version = version;
    this.keep();
    return true;
  }
  keep() {
    clearTimeout(this.keeper);
    keep(this.place, this.dirty ? { ...this.news, at: Date.now() } : null);
  }
  tag(names) {
    this.tags = [...this.tags, ...names];
    this.typed(0);
  }
  typed(pause) {
    unsaved.add(this);
    clearTimeout(this.keeper);
    this.keeper = setTimeout(() => this.keep(), KEEP);
    this.saveSoon(pause);
    this.turn(this.state === "away" ? "away" : "dirty");
  }
  saveSoon(pause) {
    clearTimeout(this.saver);
    this.saver = setTimeout(() => this.save(), pause);
  }
  leave() {
    this.keep();
    if (this.dirty && !this.conflict) this.save({ keepalive: this.text.length * 3 < LEAVING });
  }
  // One save at a time; whoever asks meanwhile waits for it, and for another if there is more.
  async save(options) {
    while (this.running) await this.running;
    this.running = this.saveNow(options).finally(() => (this.running = null));
    return this.running;
  }
  async saveNow(options) {
    clearTimeout(this.saver);
    if (this.conflict) return;
    if (!this.dirty || !(this.id || this.text.trim() || this.title.trim())) return this.settled();
    unsaved.add(this);
    if (this.state !== "away") this.turn("saving");
    const { text } = this;
    try {
      await this.send(this.news, options);
    } catch (problem) {
      return this.failed(problem, text);
    }
    this.tries = 0;
    this.keep();
    return this.dirty ? this.saveNow(options) : this.settled();
  }
  async send(news, options) {
    const { text, title } = this;
    const answer = await put(`/api/v1/notes/${this.id || 0}/draft`, news, options);
    if (!this.id) this.become(answer.id);
    const now = answer.text ?? text;
    if (news.beside) this.beside = null;
    // A merged text that one typed on beside: what is typed still stands on the older version.
    const beside = now !== text && this.text !== text;
    Object.assign(this, beside ? { unheard: text } : { unheard: null, version: answer.version });
    this.saved.text = beside ? text : now;
    if (now !== text && !beside) {
      this.text = now;
      this.tell(this, "taken");
    }
    if (answer.problem?.field !== "title") this.saved.title = title;
    if (answer.problem) throw { ...answer.problem, status: 422 };
    this.tags = this.tags.slice(news.tags.length);
  }
  become(id) {
    keep(this.place, null);
    Object.assign(this, { id, tab });
    this.tell(this, "created");
  }
  settled() {
    this.keep();
    unsaved.delete(this);
    this.turn(this.state === "clean" || !this.id ? "clean" : "saved");
    this.changed(this.newest);
  }
  failed(problem, text) {
    this.keep();
    if (problem.status === 409 && problem.theirs !== undefined) {
      this.conflict = problem;
      return this.turn("conflict", { what: "conflict" });
    }
    if (problem.field === "tags") this.tell(this, "untagged");
    if (problem.status && problem.status < 500) return this.turn("refused", { problem });
    this.unheard = text;
    this.saveSoon(Math.min(10000, 500 * 2 ** this.tries++));
    this.turn("away", { problem: problem.status ? problem : null });
  }
  // The note has this version now, says the server.
  changed(version) {
    this.newest = Math.max(this.newest, version);
    if (this.id && this.newest > this.version && !this.busy) this.tell(this, "behind");
  }
  // From the server: the note as it is now.
  renew(stored) {
    if (this.busy || stored.version < this.version) return;
    this.take(stored);
    this.turn("clean", { what: "taken" });
  }
  // The other text goes into the history.
  settle(which) {
    const [{ theirs, both, version }, mine] = [this.conflict, this.text];
    const [text, beside] = { mine: [mine, theirs], theirs: [theirs, mine], both: [both] }[which];
    Object.assign(this, { conflict: null, unheard: null, version, text, beside });
    this.saved.text = theirs;
    this.turn("dirty", { what: "taken" });
    this.save();
  }
}
