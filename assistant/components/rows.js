// A list whose rows the server draws as HTML. One listener hears of all that is done in them: data-do says what,
// data-of to which. Rows with draggable may be dropped on what has data-drop. Of a long list only a window is drawn: in
// place of the rows that are left out stands a gap of their size.
// Pixels beyond what is seen in which rows should be there.
const NEAR = 600;
// Milliseconds after which nothing was done, should it still be there.
const ACTING = 3000;

export default {
  render() {
    const { click: onclick, change: onchange, drag: ondragstart, drop, leave } = this;
    const drags = { ondragstart, ondragover: drop, ondragleave: leave, ondrop: drop, ondragend: leave };
    return Vue.h(this.tag, { onclick, onchange, ...drags }, this.$slots.default());
  },
  props: { tag: String },
  emits: ["act", "rest"],
  mounted() {
    // For page.js.
    this.$el.remember = this.remember;
    this.watch = new MutationObserver(this.settle);
    this.watch.observe(this.$el, { childList: true, subtree: true });
    this.size = new ResizeObserver(this.place);
    this.size.observe(this.$el);
    this.box = this.$el.closest("[data-scroll]");
    this.near = new IntersectionObserver(this.look, { root: this.box, rootMargin: NEAR + "px 0px" });
    this.settle();
  },
  unmounted() {
    for (const one of [this.watch, this.size, this.near]) one.disconnect();
  },
  methods: {
    all(selector) {
      return [...this.$el.querySelectorAll(selector)];
    },
    click(event) {
      const at = event.target.closest("[data-do]");
      this.shift = event.shiftKey;
      const elsewhere = at?.tagName === "A" && (event.ctrlKey || event.metaKey || event.shiftKey);
      if (!at || elsewhere || at.matches("input, select, textarea")) return;
      event.preventDefault();
      at.classList.add("acting");
      setTimeout(() => at.classList.remove("acting"), ACTING);
      this.act(at, event.shiftKey ? "shift" : "");
    },
    change({ target }) {
      const { type, value, checked, dataset } = target;
      if (!dataset.do) return;
      const range = "range" in dataset && this.shift;
      this.act(target, type !== "checkbox" ? value : range ? "shift" : checked ? "on" : "off");
    },
    remember(at) {
      this.last = [at.dataset.do, at.dataset.of, [...this.$el.children].findIndex((row) => row.contains(at))];
    },
    act(at, more) {
      this.remember(at);
      this.$emit("act", at.dataset.do, at.dataset.of ?? "", more);
    },
    // Brings another current or fresh row into sight, once it and the list are there; to ask for a size takes a layout.
    place() {
      const row = this.box && this.$el.querySelector("[aria-current], .fresh [data-row]");
      const name = row && (row.href || row.dataset.of);
      if (!row || name === this.seen || !this.$el.clientHeight) return;
      row.scrollIntoView({ block: "nearest" });
      this.seen = name;
    },
    // Tells from where to where in the whole list, from 0 to 1, rows should be there once some of them are not.
    look(gaps) {
      if (!gaps.some((gap) => gap.isIntersecting)) return;
      const [seen, whole] = [this.box, this.$el].map((part) => part.getBoundingClientRect());
      const share = (y) => Math.max(0, Math.min(1, (y - whole.top) / whole.height));
      this.$emit("rest", [share(seen.top - NEAR), share(seen.bottom + NEAR)]);
    },
    // After rows were drawn anew: focus goes back to where it was, or to the row that took its place. A form that did
    // goes again.
    settle() {
      this.place();
      this.near.disconnect();
      for (const gap of this.all(".gap")) this.near.observe(gap);
      if (!this.last || document.activeElement !== document.body) return;
      const [what, of, index] = this.last;
      const same = this.all("[data-do]").find(({ dataset }) => dataset.do === what && dataset.of === of);
      const row = this.$el.children[index] ?? this.$el.lastElementChild;
      const to = same || row?.querySelector("[data-row], [data-do]");
      if (!to) return;
      to.focus({ preventScroll: true });
      this.last = null;
    },
    drag({ target, dataTransfer }) {
      this.dragged = target.closest("[draggable]")?.dataset.of;
      dataTransfer.setData("text/plain", target.textContent.trim());
    },
    leave() {
      for (const one of this.all(".over")) one.classList.remove("over");
    },
    drop(event) {
      const at = this.dragged !== undefined && event.target.closest("[data-drop]");
      this.leave();
      if (!at) return;
      event.preventDefault();
      if (event.type === "dragover") return at.classList.add("over");
      this.$emit("act", "drop", this.dragged, at.dataset.drop);
      this.dragged = undefined;
    },
  },
};
