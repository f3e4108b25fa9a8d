// A list whose rows the server draws as HTML. One listener hears of all that is done in them: data-do says what,
// data-of to which. Rows with draggable may be dropped on what has data-drop; the end in sight asks for more.
export default {
  template: `<component :is="tag" @click="click" @change="change" @keydown="key" @dragstart="drag" @dragover="over" @dragleave="leave" @drop="drop" @dragend="leave"><slot></slot></component>`,
  props: { tag: { type: String, default: "ul" } },
  emits: ["act", "end"],
  mounted() {
    this.watch = new MutationObserver(() => this.settle());
    this.watch.observe(this.$el, { childList: true, subtree: true });
    this.sight = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.$emit("end"), { rootMargin: "600px" });
    this.settle();
  },
  unmounted() {
    this.watch.disconnect();
    this.sight.disconnect();
  },
  methods: {
    act(what, of, more = "") {
      this.$emit("act", what, of ?? "", more);
    },
    click(event) {
      const at = event.target.closest("[data-do]");
      if (!at || at.matches("input, select, textarea") || (at.tagName === "A" && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
      event.preventDefault();
      at.classList.add("acting");
      this.left(at);
      this.act(at.dataset.do, at.dataset.of, event.shiftKey ? "shift" : "");
    },
    left(at) {
      this.last = [at.dataset.do, at.dataset.of, [...this.$el.children].findIndex((row) => row.contains(at))];
    },
    change(event) {
      const field = event.target.closest("[data-do]");
      if (!field) return;
      this.left(field);
      this.act(field.dataset.do, field.dataset.of, field.type === "checkbox" ? (field.checked ? "on" : "off") : field.value);
    },
    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.closest("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
      const stops = [...this.$el.querySelectorAll("[data-row]")];
      const now = stops.findIndex((stop) => stop === document.activeElement || stop.parentElement.contains(document.activeElement));
      event.preventDefault();
      stops[Math.max(0, Math.min(stops.length - 1, now + step))]?.focus();
    },
    // After rows were drawn anew: focus goes back to where it was, or to the row that took its place.
    settle() {
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
