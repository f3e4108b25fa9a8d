// The box in which a note is written; its journal keeps and saves what is typed.
import * as CodeMirror from "nicegui-codemirror";
import { Note, unsaved } from "/static/journal.js";
import { ACTS, insert, KEYS } from "/static/writing.js";

const { basicSetup, Compartment, EditorState, EditorView, keymap, Prec, syntaxHighlighting } = CodeMirror;
// Milliseconds after the last key until the note is saved.
const PAUSE = 500;
// Milliseconds after the last key until the title is saved, which links follow.
const RENAME = 1500;
// Milliseconds until the preview follows.
const SHOW = 180;
// Characters that the preview shows.
const SHOWN = 200000;
// Finding and completing: the set-up brings them, but not by names of their own.
const BOUND = basicSetup.at(-1).value;
const FIND = BOUND.filter((one) => one.scope?.includes("search-panel"));
const ACCEPT = BOUND.findLast((one) => one.key === "Enter").run;
const COMPLETION = basicSetup[12];
const MARKDOWN = await CodeMirror.languages.find(({ name }) => name === "Markdown").load();
const STYLED = syntaxHighlighting({ style: (tags) => tags.map(({ name }) => "md-" + name).join(" ") });
const WRITTEN = { "aria-multiline": "true", spellcheck: "true", autocorrect: "on", autocapitalize: "sentences" };

export default {
  render() {
    return Vue.h("div", this.$slots.default());
  },
  props: { user: Number, words: Object, first: Object },
  watch: { first: "open" },
  emits: ["ready", "created", "behind", "conflict", "preview", "completing", "left"],
  mounted() {
    this.root = this.$el.closest(".editor");
    for (const act of ["click", "input", "change", "keydown"]) this.root.addEventListener(act, this[act] || this.input);
    [this.title, this.preview] = ["[data-title]", "[data-preview]"].map((part) => this.root.querySelector(part));
    this.$el.parentElement.receiver = this.receiver;
    this.lock = new Compartment();
    Object.assign(COMPLETION[2].value, { icons: false, interactionDelay: 0, override: [this.titles] });
    const parent = this.$el.querySelector(".source");
    this.view = new EditorView({ parent, extensions: EditorView.editable.of(false) });
    this.view.scrollDOM.addEventListener("scroll", this.follow, { passive: true });
    addEventListener("pagehide", this.remember);
    this.look(localStorage.getItem("notes:view") || "write");
    this.open(this.first);
    this.$emit("ready", this.turn);
  },
  unmounted() {
    removeEventListener("pagehide", this.remember);
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
    // What the server calls. The note to write in, as it has it:
    open(stored) {
      if (!stored || stored.turn === this.turn) return;
      this.turn = stored.turn;
      const known = stored.id && [...unsaved].find((note) => note.id === stored.id);
      this.show(known || new Note(this.user, stored, this.heard));
      this.note.tell = this.heard;
      const place = JSON.parse(sessionStorage.getItem("note:place"));
      sessionStorage.removeItem("note:place");
      const here = place?.id === this.note.id;
      this.write(here ? place : stored.begin);
      this.changed(stored.id, 0, stored.locked);
      this.heard(this.note, this.note.conflict && "conflict");
      if (here || !stored.text) this.view.focus();
      if (this.note.dirty) this.note.save();
    },
    // Where one writes, and what is seen.
    place() {
      return { id: this.note.id, at: this.view.state.selection.main.head, top: this.view.scrollDOM.scrollTop };
    },
    // The whole text anew: undo knows only what was typed in the one before, and would mix the two.
    write({ at, top } = this.place()) {
      const { text: doc, title } = this.note;
      this.title.value = title;
      const selection = { anchor: Math.min(at, doc.length) };
      this.view.setState(EditorState.create({ doc, selection, extensions: this.extensions() }));
      const scroll = () => (top >= 0 ? (this.view.scrollDOM.scrollTop = top) : this.go(at));
      scroll();
      // Again once lines have heights.
      requestAnimationFrame(scroll);
      this.showSoon(0);
    },
    // From the server: a part of the text that one wants to see.
    go(at) {
      const seen = EditorView.scrollIntoView(Math.min(at, this.note.text.length), { y: "start" });
      this.view.dispatch({ effects: seen });
    },
    heard(note, what) {
      const { state, problem, tags, conflict } = note;
      const say = (part, words = "") => (this.root.querySelector(`[data-${part}]`).textContent = words);
      this.root.dataset.state = state;
      say("words", this.words[state]);
      say("pending", tags.join(" "));
      say("problem", problem ? this.words[problem.status] || problem.detail : "");
      if (what === "taken" && note.text !== String(this.view.state.doc)) this.write();
      if (what === "taken") this.title.value = note.title;
      if (what === "untagged") this.root.querySelector("[data-tags]").value = tags.splice(0).join(", ");
      if (what === "created" && location.pathname === "/notes/new") window.assistant.address(`/notes/${note.id}`);
      if (what === "created" || what === "behind") this.$emit(what, note.id);
      if (what === "conflict") this.$emit("conflict", conflict.shown);
    },
    // The note has this version now, and may be in the trash.
    changed(id, version, locked) {
      if (id !== this.note?.id) return;
      this.title.readOnly = this.locked = locked;
      this.view.dispatch({ effects: this.lock.reconfigure(EditorState.readOnly.of(locked)) });
      this.note.changed(version);
    },
    // The note as it is now.
    renew(stored) {
      if (stored.id === this.note?.id) this.note.renew(stored);
    },
    // Whether it has the note as it is here; what was marked as it asked: from where to where, and the words.
    async stored() {
      const { from, to } = this.view.state.selection.main;
      const marked = [from, to, this.note.text.slice(from, to)];
      await this.note.save();
      return !this.note.dirty && marked;
    },
    // From the server: other words in place of these, where they stand there still.
    exchange(from, to, old, text) {
      return this.note.text.slice(from, to) === old && insert(this.view, text, { from, to });
    },
    extensions() {
      const files = ({ clipboardData, dataTransfer }) => (clipboardData || dataTransfer)?.files.length > 0;
      return [
        COMPLETION, Prec.high(keymap.of([{ key: "Tab", run: ACCEPT }, ...KEYS])),
        keymap.of([...FIND, ...CodeMirror.defaultKeymap, ...CodeMirror.historyKeymap]),
        CodeMirror.history(), MARKDOWN, STYLED, EditorView.lineWrapping,
        CodeMirror.placeholder(this.words.text),
        this.lock.of(EditorState.readOnly.of(this.locked)),
        EditorView.editorAttributes.of(({ state }) => ({ "data-marked": !state.selection.main.empty })),
        EditorView.contentAttributes.of({ ...WRITTEN, "aria-label": this.words.label }),
        // Files are for what takes them around the text.
        EditorView.domEventHandlers({
          paste: files, drop: files, blur: this.left,
        }),
        EditorView.updateListener.of((update) => update.docChanged && this.typed(PAUSE)),
      ]; // prettier-ignore
    },
    typed(pause) {
      Object.assign(this.note, { text: String(this.view.state.doc), title: this.title.value });
      this.note.typed(pause);
      if (pause === PAUSE) this.showSoon();
    },
    left() {
      const { note } = this;
      note.save().then(() => note.id && !note.dirty && this.$emit("left", note.id));
    },
    // Titles for a link that has begun.
    async titles(context) {
      const begun = context.matchBefore(/\[\[[^[\]\n|#]{0,80}/);
      if (!begun || !window.socket?.connected) return null;
      this.$emit("completing", begun.text.slice(2));
      const titles = await new Promise((heard) => (this.heardTitles = heard));
      const closed = context.state.sliceDoc(context.pos, context.pos + 2) === "]]" ? 2 : 0;
      const apply = (view, { label }, from, to) => insert(view, label + "]]", { from, to: to + closed });
      const options = titles.filter((label) => label !== this.note.title).map((label) => ({ label, apply }));
      return { from: begun.from + 2, options, filter: false };
    },
    offer(titles) {
      this.heardTitles?.(titles);
    },
    // What is done with a picture once it is stored: it belongs to the note that was open when it was taken.
    receiver() {
      const { note } = this;
      return (_name, { markdown }) => {
        const text = `${markdown}\n`;
        if (note === this.note) return insert(this.view, text);
        note.text += "\n" + text;
        note.typed(0);
      };
    },
    // What stands around the text says by its data what is done with it here.
    click(event) {
      const { write, look, settle, task } = event.target.closest("button, [data-task]")?.dataset || {};
      if (write === "image") this.root.querySelector("input[type=file]").click();
      else if (write) ACTS[write](this.view);
      if (look) this.look(this.root.dataset.view === look ? "write" : look);
      if (settle) this.note.settle(settle), this.view.focus();
      if (task && !this.tick(Number(task) + 1)) event.preventDefault();
    },
    keydown(event) {
      const save = event.key === "s" && (event.ctrlKey || event.metaKey);
      const enter = event.key === "Enter" && event.target === this.title && !event.isComposing;
      if (save) this.note.save();
      if (enter) this.view.focus();
      if (save || enter) event.preventDefault();
    },
    input({ target, type }) {
      const typing = type === "input";
      if (target.matches("[data-tags]")) this.tag(target, typing);
      else if (target === this.title && typing) this.typed(RENAME);
      else if (target === this.title) this.note.save();
    },
    // A comma ends a tag, and so does leaving the field.
    tag(field, typing) {
      const names = field.value.split(",").map((name) => name.trim());
      if (typing && names.length === 1) return;
      field.value = typing ? names.pop() : "";
      const written = names.filter(Boolean);
      if (written.length) this.note.tag(written);
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
    drawn(heading) {
      if (heading) document.getElementById(heading)?.scrollIntoView();
      if (document.activeElement === document.body) this.preview.querySelector(`[data-task="${this.ticked}"]`)?.focus();
    },
    look(view) {
      this.root.dataset.view = view;
      localStorage.setItem("notes:view", view);
      for (const one of this.root.querySelectorAll("[data-look]")) one.ariaPressed = one.dataset.look === view;
      if (this.note && view === "write") this.view.focus();
      this.showSoon(0);
    },
    showSoon(pause = SHOW) {
      clearTimeout(this.shower);
      const show = () => window.socket?.connected && this.note && this.$emit("preview", this.note.text.slice(0, SHOWN));
      if (this.root.dataset.view !== "write") this.shower = setTimeout(show, pause);
    },
    follow() {
      const { view: { scrollDOM: box }, preview } = this;
      if (this.root.dataset.view !== "both") return;
      const share = box.scrollTop / Math.max(1, box.scrollHeight - box.clientHeight);
      preview.scrollTop = share * (preview.scrollHeight - preview.clientHeight);
    },
    remember() {
      if (this.view.hasFocus) sessionStorage.setItem("note:place", JSON.stringify(this.place()));
    },
  },
};
