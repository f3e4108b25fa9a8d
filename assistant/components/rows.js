// A list whose rows the server draws as HTML. One listener hears of all that is done in them: data-do says what,
// data-of to which. Rows with draggable may be dropped on what has data-drop; the end in sight asks for more. Of a
// long list only a window is drawn: `before` and `after` are how many rows are left out, as space of their size.
const NEAR = 600; // px beyond what is seen in which rows should be there

export default {
  template: `<component :is="tag" @click="click" @change="change" @keydown="key" @dragstart="drag" @dragover="over" @dragleave="leave" @drop="drop" @dragend="leave" :style="{'--before': before, '--after': after}"><slot></slot></component>`,
  props: { tag: { type: String, default: "ul" }, before: { type: Number, default: 0 }, after: { type: Number, default: 0 } },
  emits: ["act", "end", "rest"],
  mounted() {
    this.watch = new MutationObserver(() => this.settle());
    this.watch.observe(this.$el, { childList: true, subtree: true });
    this.sight = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.$emit("end"), { rootMargin: "600px" });
    this.box = this.$el.closest("[data-scroll]");
    this.box?.addEventListener("scroll", this.look, { passive: true });
    this.size = new ResizeObserver(() => this.place());
    this.size.observe(this.$el);
    this.settle();
    // From the field that controls this list the arrow down leads into it, and up from its first row back.
    this.field = (event) => event.key === "ArrowDown" && !event.isComposing && event.target === this.above() && this.enter(event);
    document.addEventListener("keydown", this.field);
  },
  updated() {
    this.settle();
  },
  unmounted() {
    clearTimeout(this.looking);
    this.size.disconnect();
    this.box?.removeEventListener("scroll", this.look);
    document.removeEventListener("keydown", this.field);
    this.watch.disconnect();
    this.sight.disconnect();
  },
  methods: {
    act(what, of, more = "") {
      this.$emit("act", what, of ?? "", more);
    },
    click(event) {
      const at = event.target.closest("[data-do]");
      this.shift = event.shiftKey;
      if (!at || at.matches("input, select, textarea") || (at.tagName === "A" && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
      event.preventDefault();
      at.classList.add("acting");
      setTimeout(() => at.classList.remove("acting"), 3000); // nothing was done, should it still be there
      this.remember(at);
      this.act(at.dataset.do, at.dataset.of, event.shiftKey ? "shift" : "");
    },
    change(event) {
      const field = event.target.closest("[data-do]");
      if (!field) return;
      this.remember(field);
      const range = field.dataset.range !== undefined && this.shift;
      this.act(field.dataset.do, field.dataset.of, field.type !== "checkbox" ? field.value : range ? "shift" : field.checked ? "on" : "off");
    },
    remember(at) {
      this.last = [at.dataset.do, at.dataset.of, [...this.$el.children].findIndex((row) => row.contains(at))];
    },
    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.closest("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
      const stops = [...this.$el.querySelectorAll("[data-row]")];
      if (!stops.length) return;
      const now = stops.findIndex((stop) => stop === document.activeElement || stop.parentElement.contains(document.activeElement));
      event.preventDefault();
      if (now + step < 0 && this.above()) return this.above().focus();
      stops[Math.max(0, Math.min(stops.length - 1, now + step))]?.focus();
    },
    reveal(of) {
      const show = () => [...this.$el.querySelectorAll("[data-row]")].find((row) => row.dataset.of === of)?.scrollIntoView({ block: "nearest" });
      this.$nextTick(show);
    },
    // Brings another current row into sight, once it and the list are there.
    place() {
      const current = this.box && this.$el.clientHeight && this.$el.querySelector("[aria-current]");
      if (current && current.href !== this.current) {
        this.current = current.href;
        const [row, seen] = [current, this.box].map((one) => one.getBoundingClientRect());
        if (row.top < seen.top || row.bottom > seen.bottom) this.box.scrollTop += row.top - seen.top - (seen.height - row.height) / 2;
      }
      this.look();
    },
    // Tells where in the whole list one is, from 0 to 1, once what is seen comes near to rows that are left out.
    look() {
      if (this.looking || !(this.before || this.after) || !this.box?.clientHeight || !this.$el.lastElementChild) return;
      const [seen, list, first, last] = [this.box, this.$el, this.$el.firstElementChild, this.$el.lastElementChild].map((one) => one.getBoundingClientRect());
      if (!(this.before && first.top > seen.top - NEAR) && !(this.after && last.bottom < seen.bottom + NEAR)) return;
      // Asked again as long as they do not come: the server may have been busy with other rows.
      this.looking = setTimeout(() => this.look((this.looking = 0)), 1000);
      this.$emit("rest", Math.max(0, Math.min(1, (seen.top + seen.height / 2 - list.top) / list.height)));
    },
    above() {
      return document.querySelector(`[aria-controls="${this.$el.id}"]`);
    },
    enter(event) {
      event.preventDefault();
      this.$el.querySelector("[data-row]")?.focus();
    },
    // After rows were drawn anew: focus goes back to where it was, or to the row that took its place.
    settle() {
      clearTimeout(this.looking);
      this.looking = 0;
      this.place();
      this.sight.disconnect();
      if (this.$el.lastElementChild) this.sight.observe(this.$el.lastElementChild);
      if (!this.last || document.activeElement !== document.body) return;
      const [what, of, index] = this.last;
      const same = [...this.$el.querySelectorAll("[data-do]")].find((one) => one.dataset.do === what && one.dataset.of === of);
      (same || this.$el.children[Math.min(index, this.$el.children.length - 1)]?.querySelector("[data-row], [data-do]"))?.focus({ preventScroll: true });
      this.last = null;
    },
    drag(event) {
      const at = event.target.closest("[draggable]");
      if (!at) return;
      this.dragged = at.dataset.of;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", at.textContent.trim());
    },
    over(event) {
      const at = event.target.closest("[data-drop]");
      this.leave();
      if (!at || this.dragged === undefined) return;
      event.preventDefault();
      at.classList.add("over");
    },
    leave() {
      this.$el.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
    },
    drop(event) {
      const at = event.target.closest("[data-drop]");
      this.leave();
      if (at && this.dragged !== undefined) this.act("drop", this.dragged, at.dataset.drop);
      this.dragged = undefined;
      if (at) event.preventDefault();
    },
  },
};
