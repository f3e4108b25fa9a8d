// The text of a note: what is typed waits in this browser, note by note, until the server has stored it.
import { basicSetup, Compartment, defaultKeymap, EditorState, EditorView, history, historyKeymap, keymap, placeholder, Prec } from "nicegui-codemirror";
import { ACTS, insert, KEYS } from "/static/writing.js";
import { styled } from "/static/styled.js";

const PAUSE = 500; // ms after the last key until the note is saved
const RENAME = 1500; // ms after the last key until the title is saved, which links follow
const CALM = 2000; // ms without a key after which the page may come back to the server
const AGAIN = 700; // ms between two tries to reach the server again
const KEEP = 150; // ms until what is typed is in the browser's own store
const SHOW = 180; // ms until the preview follows
const ABANDONED = 120000; // ms after which the copy of a tab that is gone is taken over
const LEAVING = 60000; // bytes that a browser still sends while a page goes away
const SHOWN = 200000; // characters that the preview shows
// Finding in a text of which only what is in sight is drawn; the set-up brings it, but not by a name of its own.
const FIND = basicSetup.flat(9).flatMap((one) => (Array.isArray(one?.value) ? one.value : [])).filter((one) => one?.scope?.includes("search-panel"));

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
const unsaved = new Set();
const leave = () => unsaved.forEach((note) => note.leave());
const again = () => unsaved.forEach((note) => note.state === "away" && note.save());
addEventListener("pagehide", leave);
addEventListener("online", again);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : again()));

class Note {
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

export default {
  template: `
  <div class="writing" @keydown.ctrl.s.prevent="note.save()" @keydown.meta.s.prevent="note.save()">
    <input ref="title" class="editor-title" :placeholder="words.title" :aria-label="words.title" :readonly="locked" @input="typed(RENAME)" @change="note.save()" @keydown.enter.prevent="view.focus()">
    <slot></slot>
    <p v-if="problem" class="editor-problem" role="alert">{{ problem }}</p>
    <div ref="text" class="source"></div>
    <ul v-if="found.length" class="completion" role="listbox" :aria-label="words.notes" :style="at"><li v-for="(t, i) in found" role="option" :aria-selected="i === pick" @mousedown.prevent="complete(t)">{{ t }}</li></ul>
  </div>`,
  props: { user: Number, words: Object, first: Object },
  watch: {
    first(stored) {
      if (stored && stored.turn !== this.turn) this.open(stored);
    },
  },
  emits: ["ready", "opened", "created", "conflict", "preview", "completing", "left"],
  data: () => ({ RENAME, problem: "", found: [], pick: 0, at: {}, locked: true }),
  mounted() {
    this.root = this.$el.closest(".editor");
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("input", ({ target }) => target.matches("[data-tags]") && target.value.includes(",") && this.tag(target, true));
    this.root.addEventListener("change", ({ target }) => target.matches("[data-tags]") && this.tag(target));
    this.root.addEventListener("mousedown", (event) => event.target.closest("[data-write]") && event.preventDefault());
    this.preview = this.root.querySelector("[data-preview]");
    this.lock = new Compartment();
    this.view = new EditorView({ parent: this.$refs.text, extensions: EditorView.editable.of(false) });
    this.view.scrollDOM.addEventListener("scroll", () => this.follow(), { passive: true });
    addEventListener("pagehide", (this.remember = () => this.remembered()));
    this.calm = setInterval(() => this.comeBackCalmly(), AGAIN);
    this.look(localStorage.getItem("notes:view") || "write");
    if (this.first) this.open(this.first);
    else this.$emit("ready");
  },
  unmounted() {
    removeEventListener("pagehide", this.remember);
    clearInterval(this.calm);
    window.socket?.io.reconnection(true);
    if (window.socket?.disconnected) window.socket.connect();
    this.show(null);
    this.view.destroy();
  },
  methods: {
    // Another note in the box; the former goes on saving by itself.
    show(note) {
      if (this.note) this.note.tell = () => {};
      this.note?.save();
      this.note = note;
    },
    // From the server: the note to write in, as it has it.
    open(stored) {
      const tell = (note, what) => this.heard(note, what);
      const known = stored.id && [...unsaved].find((note) => note.id === stored.id);
      Object.assign(this, { locked: stored.locked, turn: stored.turn });
      this.show(known || new Note(this.user, stored, tell));
      this.note.tell = tell;
      this.write(0);
      this.comeBackToPlace();
      this.heard(this.note, this.note.conflict && "conflict");
      if (!stored.id || !stored.text) this.view.focus();
      if (this.note.dirty) this.note.save();
      this.$emit("opened");
    },
    // The whole text anew: undo knows only what was typed in the one before, and would mix the two.
    write(anchor) {
      const { text, title } = this.note;
      const { scrollTop } = this.view.scrollDOM;
      this.$refs.title.value = title;
      this.view.setState(EditorState.create({ doc: text, selection: { anchor: Math.min(anchor, text.length) }, extensions: this.extensions() }));
      if (anchor) this.view.scrollDOM.scrollTop = scrollTop;
      this.showSoon(0);
    },
    heard(note, what) {
      this.root.dataset.state = note.state;
      this.root.querySelector("[data-words]").textContent = this.words[note.state] || "";
      this.problem = note.problem && (this.words[note.problem.status] || note.problem.detail);
      if (what === "taken" && note.text !== this.view.state.doc.toString()) this.write(this.view.state.selection.main.head);
      if (what === "taken") this.$refs.title.value = note.title;
      this.root.querySelector("[data-pending]").textContent = note.tags.join(" ");
      if (what === "untagged") this.root.querySelector("[data-tags]").value = note.tags.splice(0).join(", ");
      if (what === "created" && location.pathname === "/notes/new") window.assistant.address(`/notes/${note.id}`);
      if (what === "created") this.$emit("created", note.id);
      // Over the socket, which a megabyte would break, goes what one can read of it.
      let room = SHOWN;
      if (what === "conflict") this.$emit("conflict", note.conflict.differences.slice(0, 1000).map(([kind, text]) => [kind, text.slice(0, Math.max(0, (room -= text.length) + text.length))]));
    },
    // From the server: the note has this version now, and may be in the trash.
    changed(id, version, locked) {
      if (id !== this.note?.id) return;
      this.locked = locked;
      this.view.dispatch({ effects: this.lock.reconfigure(EditorState.readOnly.of(locked)) });
      this.note.changed(version);
    },
    // From the server: whether it has the note as it is here.
    async stored() {
      await this.note.save();
      return !this.note.dirty;
    },
    extensions() {
      const files = (data) => data?.files.length > 0;
      const escape = () => this.found.length > 0 && Boolean((this.found = []));
      const list = [
        { key: "ArrowDown", run: () => this.step(1) }, { key: "ArrowUp", run: () => this.step(-1) }, { key: "Escape", run: escape },
        { key: "Enter", run: (view) => this.complete() || ACTS.newLine(view) }, { key: "Tab", run: (view) => this.complete() || ACTS.indent(view) },
      ]; // prettier-ignore
      return [
        Prec.highest(keymap.of([...list, ...KEYS])), keymap.of([...FIND, ...defaultKeymap, ...historyKeymap]), history(), styled, EditorView.lineWrapping,
        this.lock.of(EditorState.readOnly.of(this.locked)), placeholder(this.words.text),
        EditorView.contentAttributes.of({ "aria-label": this.words.label, spellcheck: "true", autocorrect: "on", autocapitalize: "sentences" }),
        // Files are for what takes them around the text.
        EditorView.domEventHandlers({ paste: (event) => files(event.clipboardData), drop: (event) => files(event.dataTransfer), blur: () => void this.left() }),
        EditorView.updateListener.of((update) => update.docChanged && this.typed(PAUSE)),
      ]; // prettier-ignore
    },
    typed(pause) {
      Object.assign(this.note, { text: this.view.state.doc.toString(), title: this.$refs.title.value });
      this.lastKey = Date.now();
      this.note.typed(pause);
      if (pause === RENAME) return;
      this.showSoon();
      this.lookForLink(this.view.state);
    },
    async left() {
      const { note } = this;
      this.found = [];
      await note.save();
      if (note.id && !note.dirty) this.$emit("left", note.id);
    },
    lookForLink(state) {
      const { head } = state.selection.main;
      this.prefix = /\[\[([^[\]\n|#]{0,80})$/.exec(state.sliceDoc(Math.max(0, head - 90), head))?.[1];
      this.found = [];
      if (this.prefix !== undefined && window.socket?.connected) this.$emit("completing", this.prefix);
    },
    offer(prefix, titles) {
      if (prefix !== this.prefix) return;
      const [caret, here] = [this.view.coordsAtPos(this.view.state.selection.main.head), this.$el.getBoundingClientRect()];
      this.at = caret && { left: Math.max(0, Math.min(caret.left - here.left, here.width - 300)) + "px", top: caret.bottom - here.top + 4 + "px" };
      Object.assign(this, { found: titles.filter((title) => title !== this.note.title), pick: 0 });
    },
    step(by) {
      this.pick = (this.pick + by + this.found.length) % (this.found.length || 1);
      return this.found.length > 0;
    },
    complete(title = this.found[this.pick]) {
      if (!this.found.length) return false;
      const { head } = this.view.state.selection.main;
      const closed = this.view.state.sliceDoc(head, head + 2) === "]]";
      return insert(this.view, title + (closed ? "" : "]]"), { from: head - this.prefix.length, to: head });
    },
    tag(field, going = false) {
      const names = field.value.split(",");
      field.value = going ? names.pop().trimStart() : "";
      const written = names.map((name) => name.trim()).filter(Boolean);
      if (written.length) this.note.tag(written);
    },
    // From the server: a picture that it stored.
    insert(text) {
      insert(this.view, text);
    },
    // What stands around the text says by its data what a click does here.
    click(event) {
      const { target } = event;
      const { write, look, settle, task } = target.closest("[data-write], [data-look], [data-settle], [data-task]")?.dataset || {};
      if (write === "image") this.root.querySelector("input[type=file]").click();
      else if (write) ACTS[write](this.view);
      if (look) this.look(this.root.dataset.view === look ? "write" : look);
      if (settle) this.note.settle(settle).then(() => this.view.focus());
      if (task && !this.tick(Number(task) + 1)) event.preventDefault();
    },
    // Where lines came or went since the preview was drawn, its tasks stand elsewhere by now.
    tick(number) {
      const same = this.preview.dataset.lines === String(this.note.text.slice(0, SHOWN).split("\n").length);
      const line = same && !this.locked && this.view.state.doc.line(number);
      const box = line && /\[[ xX]\]/.exec(line.text);
      if (!box) return false;
      const from = line.from + box.index + 1;
      this.view.dispatch({ changes: { from, to: from + 1, insert: box[0] === "[ ]" ? "x" : " " }, userEvent: "input" });
      this.ticked = number - 1;
      return true;
    },
    // From the server: the preview is drawn anew, and with it what had the focus.
    drawn() {
      if (document.activeElement === document.body) this.preview.querySelector(`[data-task="${this.ticked}"]`)?.focus();
    },
    look(view) {
      this.root.dataset.view = view;
      localStorage.setItem("notes:view", view);
      for (const button of this.root.querySelectorAll("[data-look]")) button.ariaPressed = String(button.dataset.look === view);
      if (this.note && view === "write") this.view.focus();
      if (this.note) this.showSoon(0);
    },
    showSoon(pause = SHOW) {
      clearTimeout(this.shower);
      const show = () => window.socket?.connected && this.note && this.$emit("preview", this.note.text.slice(0, SHOWN));
      if (this.root.dataset.view !== "write") this.shower = setTimeout(show, pause);
    },
    follow() {
      const { view: { scrollDOM: box }, preview } = this;
      if (this.root.dataset.view === "both") preview.scrollTop = (box.scrollTop / Math.max(1, box.scrollHeight - box.clientHeight)) * (preview.scrollHeight - preview.clientHeight);
    },
    // After a restart of the server NiceGUI loads the page anew: not under the fingers of who types.
    comeBackCalmly() {
      const { socket, nextMessageId } = window;
      socket?.io.reconnection(false);
      if (!socket?.disconnected || Date.now() - (this.lastKey || 0) < CALM || this.note?.running) return;
      socket.io.opts.query.next_message_id = nextMessageId; // as NiceGUI itself does, so that it misses nothing
      socket.connect();
    },
    remembered() {
      const { anchor, head } = this.view.state.selection.main;
      if (this.view.hasFocus) sessionStorage.setItem("note:place", JSON.stringify({ id: this.note.id, anchor, head, top: this.view.scrollDOM.scrollTop, at: Date.now() }));
    },
    comeBackToPlace() {
      const place = JSON.parse(sessionStorage.getItem("note:place"));
      sessionStorage.removeItem("note:place");
      if (!place || place.id !== this.note.id || Date.now() - place.at > 15000) return;
      const within = (at) => Math.min(at, this.note.text.length);
      this.view.dispatch({ selection: { anchor: within(place.anchor), head: within(place.head) } });
      this.view.focus();
      requestAnimationFrame(() => (this.view.scrollDOM.scrollTop = place.top));
    },
  },
};
