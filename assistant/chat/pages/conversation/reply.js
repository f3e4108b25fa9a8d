// The scroller of messages: the end that is followed, the part that is marked.
// Pixels; closer than this the reader is taken to read along.
const NEAR_END = 80;

export default {
  render() {
    return Vue.h("div", { onclick: this.click }, this.$slots.default());
  },
  props: { hit: Number },
  emits: ["keep"],
  mounted() {
    const [box, inner] = this.$el.querySelectorAll(".thread, .thread-inner");
    Object.assign(this, { box, end: true, top: 0, wanted: this.hit });
    this.keeper = this.$el.querySelector("[data-keep]");
    box.addEventListener("scroll", this.scrolled, { passive: true });
    this.sizes = new ResizeObserver(this.resized);
    for (const one of [box, inner]) this.sizes.observe(one);
    document.addEventListener("selectionchange", this.mark);
  },
  unmounted() {
    this.sizes.disconnect();
    document.removeEventListener("selectionchange", this.mark);
  },
  methods: {
    toEnd() {
      this.box.scrollTop = this.box.scrollHeight;
      this.scrolled();
    },
    scrolled() {
      const { scrollTop, scrollHeight, clientHeight } = this.box;
      // What grew since one was at the end has moved nobody away from it: only who scrolls up has left.
      this.end = scrollHeight - scrollTop - clientHeight < NEAR_END || (this.end && scrollTop >= this.top);
      this.top = scrollTop;
      this.$el.classList.toggle("away-from-end", !this.end);
    },
    resized() {
      if (!this.box.clientHeight) return;
      const hit = this.wanted && document.getElementById("m" + this.wanted);
      if (hit) hit.scrollIntoView({ block: "center" });
      else if (this.anchor) this.box.scrollTop += this.anchor.getBoundingClientRect().top - this.from;
      else if (this.end && this.box.scrollTop >= this.top) this.toEnd();
      this.wanted = null;
      // It stays until what is earlier has come.
      if (this.anchor !== this.box.querySelector("article")) this.anchor = null;
      this.scrolled();
    },
    click({ target }) {
      const at = (name) => target.closest(`[data-${name}]`);
      if (at("to-end")) this.toEnd();
      if (at("unfold")) at("unfold").ariaExpanded = at("unfold").closest("article").classList.toggle("unfolded");
      const beside = { earlier: "article", later: ":nth-last-child(1 of .message) article" }[at("do")?.dataset.do];
      if (beside) this.from = (this.anchor = this.box.querySelector(beside)).getBoundingClientRect().top;
      if (at("keep")) this.$emit("keep", this.marked);
      if (at("keep")) this.keeper.hidden = true;
      if (at("write") && matchMedia("(hover: hover)").matches) document.querySelector(".composer textarea").focus();
    },
    mark() {
      if (!this.keeper) return;
      const range = getSelection().rangeCount && getSelection().getRangeAt(0);
      const part = String(getSelection()).trim();
      const at = part && range.commonAncestorContainer;
      const row = at && (at.closest ? at : at.parentElement).closest("article");
      if ((this.keeper.hidden = !row || !this.$el.contains(row))) return;
      const { bottom, left } = range.getBoundingClientRect();
      this.marked = { id: Number(row.id.slice(1)), part };
      const [top, beside] = [Math.min(bottom + 6, innerHeight - 60), Math.max(8, Math.min(left, innerWidth - 150))];
      this.keeper.style.cssText = `top: ${top}px; left: ${beside}px`;
    },
  },
};
