// A form whose words wait in this browser until the server has stored them: through a lost socket, a reload, a
// restart. Its fields are drawn by the server and have no value there, so nothing that is drawn anew takes words away.
import { keep, kept, newKey } from "/static/browser.js";

// Milliseconds after which what was sent without an answer may be sent again.
const PATIENCE = 10000;
// Characters of a field that does not say otherwise.
const LONGEST = 10000;
const NONE = "{}";
const sum = (text) => [...text].reduce((all, sign) => Math.imul(all ^ sign.codePointAt(0), 16777619), 2166136261) >>> 0;

export default {
  render() {
    const { typed, tell, enter: onkeydown, submit: onsubmit } = this;
    const typing = { oninput: typed, onchange: typed, onCompositionend: typed, onClickCapture: tell };
    const onKeydownCapture = ({ key }) => key === "Escape" && tell();
    return Vue.h("form", { ...typing, onKeydownCapture, onkeydown, onsubmit }, this.$slots.default());
  },
  props: { draft: String, values: Object, pause: Number },
  emits: ["changed", "done", "kept", "long"],
  mounted() {
    Object.assign(this, { place: this.draft, state: { ...this.values }, fits: {}, long: NONE, held: true });
    Object.assign(this, { edits: 0, touched: {} });
    if (!this.load()) return;
    this.$emit("changed", { values: this.fits, name: "", at: 0 });
    this.$emit("kept", { values: this.fits, key: this.keyed(), at: 0 });
  },
  updated() {
    this.write();
  },
  unmounted() {
    clearTimeout(this.timer);
  },
  methods: {
    load() {
      const draft = kept(this.place);
      this.key = draft?.key || newKey();
      Object.assign(this.state, draft?.values);
      this.write(true);
      return draft;
    },
    named() {
      return [...this.$el.elements].filter((field) => field.name && field.type !== "file");
    },
    // Puts the values into fields that are new here, or into all.
    write(all = false) {
      for (const field of this.named()) {
        if (field.filled && !all) continue;
        field.filled = true;
        if (!(field.name in this.state)) this.state[field.name] = this.read(field);
        const value = this.state[field.name] ?? "";
        if (Array.isArray(value)) field.checked = value.includes(field.value);
        else if (field.type === "checkbox") field.checked = value;
        else if (field.type === "radio") field.checked = field.value === String(value);
        else if (field.value !== String(value)) field.value = value;
      }
      this.measure();
    },
    // What is too long for the socket stays here: the server hears how long it is, and what was there before.
    measure() {
      const long = {};
      for (const [name, text] of Object.entries(this.state)) {
        const most = this.$el.elements[name]?.dataset?.longest ?? LONGEST;
        const count = text?.length > most && text.replace(/[^\0-\uffff]/gu, "x").length;
        if (count > most) long[name] = [count, new Blob([text]).size, this.held];
        this.fits[name] = count > most ? this.fits[name] ?? "" : text;
      }
      const told = JSON.stringify(long);
      if (told !== this.long) this.$emit("long", long);
      this.long = told;
    },
    read({ name, type, value, checked }) {
      const same = this.named().filter((field) => field.name === name);
      const on = same.filter((field) => field.checked).map((field) => field.value);
      if (type === "radio") return on[0] ?? "";
      if (type !== "checkbox") return value;
      return same.length > 1 || Array.isArray(this.state[name]) ? on : checked;
    },
    typed({ target: field, type, isComposing }) {
      if (!field.name || field.type === "file") return;
      this.state[field.name] = this.read(field);
      this.touched[field.name] = ++this.edits;
      this.keep();
      this.measure();
      if (isComposing) return;
      clearTimeout(this.timer);
      this.untold = field.name;
      this.timer = setTimeout(this.tell, type === "change" ? 0 : this.pause);
    },
    // What is clicked next may be about what was typed just now.
    tell() {
      if (this.untold) this.$emit("changed", { values: this.fits, name: this.untold, at: this.edits });
      this.untold = "";
    },
    // Whether there is anything that was not there at first.
    news() {
      return Object.entries(this.state).some(([name, value]) => String(value ?? "") !== String(this.values[name] ?? ""));
    },
    // Secrets are not kept, nor what says nothing new.
    keep() {
      const open = Object.entries(this.state).filter(([name]) => this.$el.elements[name]?.type !== "password");
      this.held = keep(this.place, this.news() && { key: this.key, values: Object.fromEntries(open) });
    },
    enter(event) {
      if (event.key !== "Enter") return;
      if (event.isComposing || event.keyCode === 229) return event.preventDefault();
      const send = event.target.dataset.enter;
      const line = send === "line" || (send === "auto" && !matchMedia("(hover: hover)").matches);
      if (send === undefined || event.shiftKey || (line && !event.ctrlKey && !event.metaKey)) return;
      event.preventDefault();
      this.submit();
    },
    // The same for the same words, from whichever tab and however often they are sent; another for others.
    keyed() {
      return this.key + "-" + sum(JSON.stringify(Object.entries(this.fits).sort())).toString(36);
    },
    submit(event) {
      event?.preventDefault();
      if (this.long !== NONE) return;
      const key = this.keyed();
      if (this.pending?.key === key && Date.now() - this.pending.at < PATIENCE) return;
      this.untold = "";
      this.pending = { key, at: Date.now() };
      this.$el.classList.add("waiting"); // the sheet says when that is worth telling
      this.$emit("done", { values: this.fits, key, at: this.edits });
    },
    settle() {
      this.pending = null;
      this.$el.classList.remove("waiting");
    },
    // What the server calls. What was sent under this key is stored; the next words belong to `draft`.
    stored(key, draft) {
      const same = this.keyed() === key && this.long === NONE;
      if (!same && this.pending?.key !== key) return;
      this.settle();
      keep(this.place, null);
      this.place = draft ?? this.place;
      this.key = newKey();
      if (!same) return this.keep();
      this.state = { ...this.values };
      this.write(true);
    },
    // It was not stored, and why stands beside it; what was typed stays.
    refused(key) {
      if (this.pending?.key === key) this.settle();
    },
    // Other values, as of a sentence that follows a form; without them all is as at first. What was typed after the
    // edit `at`, the last that the server had heard of, stays.
    fill(values, at) {
      const free = ([name]) => !(this.touched[name] > at);
      Object.assign(this.state, Object.fromEntries(Object.entries(values ?? this.values).filter(free)));
      this.keep();
      this.write(true);
    },
    // Of what is too long so much stays, or only what was there before; or all comes `back`.
    cut(name, most, back) {
      const old = this.state[name];
      this.fill({ [name]: back ? this.out : most ? old.slice(0, most) : this.fits[name] });
      this.out = old;
    },
    // What made it too long goes out as a file of a dropzone.
    hand(name, zone) {
      const rest = this.state[name].replace(this.fits[name], "");
      window.getElement(zone).take([[`${this.key}-${sum(rest)}`, new Blob([rest])]]);
    },
    // What is typed belongs elsewhere now, or to nothing any more.
    turn(draft) {
      keep(this.place, null);
      this.place = draft;
      this.news() ? this.keep() : this.load();
    },
    forget() {
      clearTimeout(this.timer);
      keep(this.place, null);
    },
    focus(name, all) {
      this.$el.elements[name]?.focus();
      if (all) this.$el.elements[name]?.select();
    },
  },
};
