// What is typed into notes waits in this browser, note by note, until the server has stored it.
const KEEP = 150; // ms until what is typed is in the browser's own store
const ABANDONED = 120000; // ms after which the copy of a tab that is gone is taken over
const LEAVING = 60000; // bytes that a browser still sends while a page goes away

const newKey = () => crypto.randomUUID?.() || Date.now() + "-" + Math.random();
const tab = sessionStorage.getItem("tab") || Math.random().toString(36).slice(2);
sessionStorage.setItem("tab", tab);

// What the server says; its problem is thrown, with status 0 where it did not answer.
async function ask(method, path, body, options) {
  const away = () => Promise.reject({ status: 0 });
  const answer = await fetch(path, { method, body: body && JSON.stringify(body), headers: { "Content-Type": "application/json" }, ...options }).catch(away);
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
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : again()));

export class Note {
  constructor(user, stored, tell) {
    Object.assign(this, { user, tell, tab, key: newKey(), unheard: null, tries: 0, newest: 0, conflict: null, state: "clean", problem: null, tags: [] });
    this.take(stored);
    while ([...unsaved].some((other) => other.place === this.place)) this.tab += "+";
    if (!this.recover() && !this.id) Object.assign(this, stored.wanted);
  }
  // Each tab keeps a copy of its own: another tab of the same note must not overwrite or delete it.
  get place() {
    return `note:${this.user}:${this.id || "new"}:${this.tab}`;
  }
  get dirty() {
    return this.text !== this.saved.text || this.title !== this.saved.title || this.tags.length > 0;
  }
  take({ id, text, version, title, title_set }) {
    this.saved = { text, title: title_set ? title : "" };
    Object.assign(this, { id, version, ...this.saved });
  }
  turn(state, { problem = null, what = "" } = {}) {
    Object.assign(this, { state, problem });
    this.tell(this, what);
  }
  recover() {
    const start = `note:${this.user}:${this.id || "new"}:`;
    const old = Date.now() - ABANDONED;
    const kept = (place) => JSON.parse(localStorage.getItem(place));
    // Those of tabs that are gone: a tab that is open writes again and again, or has saved.
    const from = kept(this.place) ? this.place : Object.keys(localStorage).find((place) => place.startsWith(start) && kept(place).at < old);
    if (!from) return false;
    const draft = kept(from);
    localStorage.removeItem(from);
    if (draft.text === this.text && [this.title, draft.titleBefore].includes(draft.title) && !draft.tags?.length) return true;
    Object.assign(this, { text: draft.text, version: draft.version || this.version, key: draft.key || this.key, tags: draft.tags || [] });
    // Only a title that was typed here: another device may have given it a new one meanwhile.
    if (draft.title !== draft.titleBefore) this.title = draft.title;
    this.keep();
    return true;
  }
  keep() {
    clearTimeout(this.keeper);
    const { text, title, saved, version, key, tags } = this;
    try {
      if (this.dirty) localStorage.setItem(this.place, JSON.stringify({ text, title, titleBefore: saved.title, version, key, tags, at: Date.now() }));
      else localStorage.removeItem(this.place);
    } catch {
      // The browser's store is full; the server has what was saved.
    }
  }
  tag(names) {
    this.tags = [...this.tags, ...names];
    this.typed(0);
  }
  typed(pause) {
    unsaved.add(this);
    clearTimeout(this.keeper);
    this.keeper = setTimeout(() => this.keep(), KEEP);
    clearTimeout(this.saver);
    this.saver = setTimeout(() => this.save(), pause);
    this.turn(this.state === "away" ? "away" : "dirty");
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
    const sent = { text: this.text, title: this.title };
    try {
      if (this.id) await this.put(sent, options);
      else await this.create(sent, options);
    } catch (problem) {
      return this.failed(problem, sent);
    }
    this.tries = 0;
    this.keep();
    return this.dirty ? this.saveNow(options) : this.settled();
  }
  async create(sent, options) {
    // After an answer that was lost this is the note of that time, with the text of that time.
    const { id, text, version, title, title_set } = await ask("POST", "/api/notes", { ...sent, key: this.key }, options);
    localStorage.removeItem(this.place);
    Object.assign(this, { id, version, tab, saved: { text, title: title_set ? title : "" } });
    this.tell(this, "created");
  }
  async put(sent, options) {
    const address = `/api/notes/${this.id}`;
    if (sent.text !== this.saved.text) {
      const answer = await ask("PUT", address, { text: sent.text, version: this.version, title: null, unheard: this.unheard }, options);
      const typedOn = this.text !== sent.text;
      this.saved.text = sent.text;
      // A merged text that one typed on beside: what is typed still stands on the older version.
      this.unheard = answer.text != null && typedOn ? sent.text : null;
      if (!this.unheard) this.version = answer.version;
      if (answer.text != null && !typedOn) {
        this.text = this.saved.text = answer.text;
        this.tell(this, "taken");
      }
    }
    if (sent.title !== this.saved.title) {
      const { version } = await ask("PATCH", address, { title: sent.title }, options);
      this.saved.title = sent.title;
      if (version === this.version + 1 && this.newest <= version) this.version = version;
    }
    const { tags } = this;
    if (tags.length) await ask("POST", "/api/notes/bulk", { ids: [this.id], action: "tag", tags }, options);
    this.tags = this.tags.slice(tags.length);
  }
  settled() {
    this.keep();
    unsaved.delete(this);
    this.turn(this.state === "clean" || !this.id ? "clean" : "saved");
    this.changed(this.newest);
  }
  failed(problem, sent) {
    this.keep();
    if (problem.status === 409 && problem.theirs !== undefined) return this.collide(problem);
    if (problem.field === "tags") this.tell(this, "untagged");
    if (problem.status && problem.status < 500) return this.turn("refused", { problem });
    this.unheard = sent.text;
    clearTimeout(this.saver);
    this.saver = setTimeout(() => this.save(), Math.min(10000, 500 * 2 ** this.tries++));
    this.turn("away", { problem: problem.status ? problem : null });
  }
  // The note has this version now, says the server.
  async changed(version) {
    if (!this.id || version <= this.version) return;
    const busy = () => this.running || this.dirty || this.conflict;
    if (busy()) return (this.newest = Math.max(this.newest, version));
    const stored = await ask("GET", `/api/notes/${this.id}`).catch(() => null);
    if (!stored || busy() || stored.version < this.version) return;
    this.take(stored);
    this.turn("clean", { what: "taken" });
  }
  collide(conflict) {
    this.conflict = conflict;
    this.turn("conflict", { what: "conflict" });
  }
  async settle(which) {
    const { theirs, version, differences } = this.conflict;
    const mine = this.text;
    // Both means what they share once, and of what differs first theirs and then mine.
    const text = { mine, theirs, both: differences.map((piece) => piece[1]).join("\n") }[which];
    const beside = { mine: theirs, theirs: mine, both: null }[which];
    try {
      const answer = await ask("PUT", `/api/notes/${this.id}`, { text, version, title: null, unheard: null, beside });
      Object.assign(this, { conflict: null, unheard: null, version: answer.version, text: answer.text ?? text });
      this.saved.text = this.text;
    } catch (problem) {
      return problem.theirs === undefined ? this.turn("conflict", { problem }) : this.collide(problem);
    }
    this.turn("saved", { what: "taken" });
    return this.save();
  }
}
