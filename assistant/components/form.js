// A form whose words wait in this browser until the server has stored them: through a lost socket, a reload, a
// restart. Its fields are drawn by the server and have no value there, so nothing that is drawn anew takes words away.
const PATIENCE = 10000; // ms after which what was sent without an answer may be sent again
const SLOW = 1500; // ms after which a form says that it waits: its class is then "waiting"
const newKey = () => crypto.randomUUID?.() || Date.now() + "-" + Math.random().toString(36).slice(2);
const sum = (text) => [...text].reduce((all, sign) => Math.imul(all ^ sign.codePointAt(0), 16777619), 2166136261) >>> 0;

export default {
  template: `<form @submit.prevent="submit" @input="typed" @change="typed" @compositionend="typed" @keydown.enter="enter" @click.capture="tell" @keydown.esc.capture="tell" novalidate autocomplete="off"><slot></slot></form>`,
  props: { draft: String, values: Object, pause: { type: Number, default: 60 } },
  emits: ["changed", "done", "kept"],
  mounted() {
    Object.assign(this, { place: this.draft, state: { ...this.values }, seen: new WeakSet(), pending: null, edits: 0, touched: {} });
    this.load();
    // What is drawn out of sight has no height yet.
    this.size = new ResizeObserver(() => this.named().forEach(this.grow));
    this.size.observe(this.$el);
    if (!this.kept) return;
    this.$emit("changed", { values: this.state, name: "", at: 0 });
    this.$emit("kept", { values: this.state, key: this.keyed(), at: 0 });
  },
  updated() {
    this.write();
  },
  unmounted() {
    this.size.disconnect();
    clearTimeout(this.timer);
    clearTimeout(this.slow);
  },
  methods: {
    load() {
      const kept = JSON.parse((this.place && localStorage.getItem(this.place)) || "null");
      this.kept = Boolean(kept);
      this.key = kept?.key || newKey();
      Object.assign(this.state, kept?.values);
      this.write(true);
    },
    named() {
      return [...this.$el.elements].filter((field) => field.name && field.type !== "file");
    },
    // Puts the values into fields that are new here, or into all.
    write(all = false) {
      for (const field of this.named()) {
        if (this.seen.has(field) && !all) continue;
        this.seen.add(field);
        if (!(field.name in this.state)) this.take(field);
        const value = this.state[field.name];
        if (Array.isArray(value)) field.checked = value.includes(field.value);
        else if (field.type === "checkbox") field.checked = Boolean(value);
        else if (field.type === "radio") field.checked = field.value === String(value);
        else if (field.value !== String(value ?? "")) field.value = value ?? "";
        this.grow(field);
      }
    },
    take(field) {
      const same = this.named().filter((other) => other.name === field.name);
      if (field.type === "checkbox" && (same.length > 1 || Array.isArray(this.state[field.name])))
        this.state[field.name] = same.filter((one) => one.checked).map((one) => one.value);
      else if (field.type === "checkbox") this.state[field.name] = field.checked;
      else if (field.type === "radio") this.state[field.name] = same.find((one) => one.checked)?.value ?? "";
      else this.state[field.name] = field.value;
    },
    grow(field) {
      if (field.dataset.grow === undefined || !field.offsetParent) return;
      field.style.height = "auto";
      field.style.height = Math.min(field.scrollHeight + 2, innerHeight * 0.4) + "px";
    },
    typed(event) {
      const field = event.target;
      if (!field.name || field.type === "file") return;
      this.take(field);
      this.touched[field.name] = ++this.edits;
      this.grow(field);
      this.keep();
      if (event.isComposing) return;
      clearTimeout(this.timer);
      this.untold = field.name;
      this.timer = setTimeout(this.tell, event.type === "change" ? 0 : this.pause);
    },
    // What is clicked next may be about what was typed just now.
    tell() {
      if (this.untold) this.$emit("changed", { values: this.state, name: this.untold, at: this.edits });
      this.untold = "";
    },
    keep() {
      if (!this.place) return;
      try {
        const open = (name, value) => (this.$el.elements[name]?.type === "password" ? undefined : value); // secrets are not kept
        localStorage.setItem(this.place, JSON.stringify({ values: this.state, key: this.key }, open));
      } catch {
        this.$emit("changed", { values: this.state, name: "", full: true });
      }
    },
    enter(event) {
      // Safari ends a composition with a key that only its old number gives away.
      if (event.isComposing || event.keyCode === 229) return event.preventDefault();
      const send = event.target.dataset?.enter;
      if (send === undefined || event.shiftKey || (send === "auto" && !matchMedia("(hover: hover)").matches)) return;
      event.preventDefault();
      this.submit();
    },
    // The same for the same words, from whichever tab and however often they are sent; another for others.
    keyed() {
      return this.key + "-" + sum(JSON.stringify(Object.entries(this.state).sort())).toString(36);
    },
    submit() {
      const key = this.keyed();
      if (this.pending?.key === key && Date.now() - this.pending.at < PATIENCE) return;
      clearTimeout(this.timer);
      this.untold = "";
      this.pending = { key, at: Date.now() };
      clearTimeout(this.slow);
      this.slow = setTimeout(() => this.$el.classList.add("waiting"), SLOW);
      this.$emit("done", { values: this.state, key, at: this.edits });
    },
    // From the server: what was sent under this key is stored; the next words belong to `draft`.
    stored(key, draft) {
      const same = this.keyed() === key;
      if (!same && this.pending?.key !== key) return;
      this.settle();
      if (this.place) localStorage.removeItem(this.place);
      this.place = draft ?? this.place;
      this.key = newKey();
      if (same) {
        this.state = { ...this.values };
        this.write(true);
      } else this.keep();
    },
    // From the server: it was not stored, and why stands beside it; what was typed stays.
    refused(key) {
      if (this.pending?.key === key) this.settle();
    },
    settle() {
      this.pending = null;
      clearTimeout(this.slow);
      this.$el.classList.remove("waiting");
    },
    // From the server: other values, as of a sentence that follows a form; without them all is as at first. What was
    // typed after the edit `at`, the last that the server had heard of, stays.
    fill(values, at) {
      for (const [name, value] of Object.entries(values ?? this.values)) if (at == null || !(this.touched[name] > at)) this.state[name] = value;
      this.write(true);
      this.keep();
    },
    // From the server: what is typed belongs elsewhere now, or to nothing any more.
    turn(draft) {
      if (this.place) localStorage.removeItem(this.place);
      const typed = this.named().some(({ name }) => this.state[name] && String(this.state[name]) !== String(this.values?.[name] ?? ""));
      this.place = draft;
      if (typed) this.keep();
      else this.load();
    },
    forget() {
      clearTimeout(this.timer);
      if (this.place) localStorage.removeItem(this.place);
    },
    focus(name, all) {
      this.$el.elements[name]?.focus();
      if (all) this.$el.elements[name]?.select();
    },
  },
};
