// The box in which a note is written; its journal keeps and saves what is typed.
import { basicSetup, Compartment, defaultKeymap, EditorState, EditorView, history, historyKeymap, keymap, placeholder, Prec } from "nicegui-codemirror";
import { Note, unsaved } from "/static/journal.js";
import { ACTS, insert, KEYS } from "/static/writing.js";
import { styled } from "/static/styled.js";

const PAUSE = 500; // ms after the last key until the note is saved
const RENAME = 1500; // ms after the last key until the title is saved, which links follow
const CALM = 2000; // ms without a key after which the page may come back to the server
const AGAIN = 700; // ms between two tries to reach the server again
const SHOW = 180; // ms until the preview follows
const SHOWN = 200000; // characters that the preview shows
// Finding in a text of which only what is in sight is drawn; the set-up brings it, but not by a name of its own.
const FIND = basicSetup.flat(9).flatMap((one) => (Array.isArray(one?.value) ? one.value : [])).filter((one) => one?.scope?.includes("search-panel"));

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
      if (stored) this.open(stored);
    },
  },
  emits: ["ready", "created", "conflict", "preview", "completing", "left"],
  data: () => ({ RENAME, problem: "", found: [], pick: 0, at: {}, locked: true }),
  mounted() {
    this.root = this.$el.closest(".editor");
    this.root.addEventListener("click", (event) => this.click(event));
    for (const name of ["input", "change"]) this.root.addEventListener(name, ({ target }) => target.matches("[data-tags]") && this.tag(target, name === "input"));
    this.root.addEventListener("mousedown", (event) => event.target.closest("[data-write]") && event.preventDefault());
    this.preview = this.root.querySelector("[data-preview]");
    this.lock = new Compartment();
    this.view = new EditorView({ parent: this.$refs.text, extensions: EditorView.editable.of(false) });
    this.view.scrollDOM.addEventListener("scroll", () => this.follow(), { passive: true });
    addEventListener("pagehide", this.remember);
    this.calm = setInterval(() => this.comeBackCalmly(), AGAIN);
    this.look(localStorage.getItem("notes:view") || "write");
    if (this.first) this.open(this.first);
    this.$emit("ready");
  },
  unmounted() {
    removeEventListener("pagehide", this.remember);
    clearInterval(this.calm);
    Object.assign(window.socket.io.reconnection(true), { skipReconnect: false });
    if (window.socket.disconnected) window.socket.connect();
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
      if (stored.turn === this.turn) return;
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
    // A comma ends a tag, and so does leaving the field.
    tag(field, typing) {
      const names = field.value.split(",").map((name) => name.trim());
      if (typing && names.length === 1) return;
      field.value = typing ? names.pop() : "";
      const written = names.filter(Boolean);
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
      if (socket?.connected) socket.io.reconnection(false);
      if (!socket?.disconnected || Date.now() - (this.lastKey || 0) < CALM || this.note?.running) return;
      socket.io.opts.query.next_message_id = nextMessageId; // as NiceGUI itself does, so that it misses nothing
      socket.io.skipReconnect = false;
      socket.connect();
    },
    remember() {
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
