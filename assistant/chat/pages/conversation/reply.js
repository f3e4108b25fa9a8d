// The scroller of messages: an answer being written, the end that is followed, the part that is marked.
// The way from a part of a page down to a place in it, and where that leads in one that was drawn anew: of what stands
// between blocks nothing counts.
const below = (root, node) => [...(node === root ? node.children : node.childNodes)];
const way = (root, node) =>
  node === root ? [] : [...way(root, node.parentNode), below(root, node.parentNode).indexOf(node)];
const led = (root, [steps, to]) => {
  const node = steps.reduce((at, step) => below(root, at)[step] ?? at, root);
  return [node, Math.min(to, node.length ?? node.childNodes.length)];
};
const NEAR_END = 80; // pixels; closer than this the reader is taken to read along

export default {
  template: `<div @click="click" data-hold><slot></slot></div>`,
  props: { hit: Number },
  emits: ["keep", "gap"],
  mounted() {
    const [box, inner] = this.$el.querySelectorAll(".thread, .thread-inner");
    Object.assign(this, { box, live: new Map(), end: true, top: 0, wanted: this.hit });
    this.keeper = this.$el.querySelector("[data-keep]");
    box.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.sizes = new ResizeObserver(() => this.resized());
    for (const one of [box, inner]) this.sizes.observe(one);
    this.drawn = new MutationObserver(() => this.again());
    this.drawn.observe(inner, { childList: true, subtree: true });
    document.addEventListener("selectionchange", this.mark);
  },
  updated() {
    for (const id of this.live.keys()) this.paint(id);
  },
  unmounted() {
    for (const one of [this.sizes, this.drawn]) one.disconnect();
    document.removeEventListener("selectionchange", this.mark);
  },
  methods: {
    // From the server: what came since, each by its number, so that none is lost or doubled; 0 begins anew.
    delta(id, number, start, html, thinking, status, thought, final) {
      const live = number ? this.live.get(id) : { number: -1, blocks: [], thinking: "" };
      if (!live || number > live.number + 1) return this.$emit("gap", id);
      if (number <= live.number) return;
      const made = document.createElement("template");
      made.innerHTML = html;
      const kept = live.blocks.splice(start); // what is the same stays, and with it what is marked
      live.blocks.push(...[...made.content.children].map((one, at) => (kept[at]?.isEqualNode(one) ? kept[at] : one)));
      Object.assign(live, { number, status, thought, thinking: live.thinking + thinking });
      this.live.set(id, live);
      this.paint(id);
      const told = final && live.blocks.map((one) => one.innerText).join("\n");
      if (final) this.$el.querySelector("[data-announce]").textContent = told;
    },
    paint(id) {
      const { blocks, status, thinking, thought } = this.live.get(id);
      const place = document.querySelector(`#m${id} .message-live`);
      const row = place?.closest("article");
      if (!place) return this.live.delete(id);
      blocks.forEach((one, at) => place.children[at] !== one && place.insertBefore(one, place.children[at] ?? null));
      while (place.children.length > blocks.length) place.lastElementChild.remove();
      Object.assign(row.dataset, { status: blocks.length ? "writing" : status, thinks: thinking ? "yes" : "" });
      row.querySelector(".thinking-text").textContent = thinking;
      row.querySelector(".thinking-seconds").textContent = thought.toFixed(blocks.length && thought < 10 ? 1 : 0);
    },
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
      const range = getSelection().rangeCount && getSelection().getRangeAt(0);
      const part = String(getSelection()).trim();
      const at = part && range.commonAncestorContainer;
      const row = at && (at.closest ? at : at.parentElement).closest("article");
      const prose = row && this.$el.contains(row) && row.querySelector(".prose");
      this.held = null;
      if (prose && prose.contains(at)) {
        const { startContainer: from, startOffset, endContainer: to, endOffset } = range;
        this.held = { id: row.id, prose, ends: [[way(prose, from), startOffset], [way(prose, to), endOffset]] };
      }
      if (!this.keeper || (this.keeper.hidden = !row || !this.$el.contains(row))) return;
      const { bottom, left } = range.getBoundingClientRect();
      this.marked = { id: Number(row.id.slice(1)), part };
      const [top, beside] = [Math.min(bottom + 6, innerHeight - 60), Math.max(8, Math.min(left, innerWidth - 150))];
      this.keeper.style.cssText = `top: ${top}px; left: ${beside}px`;
    },
    // An answer that is done is drawn anew: what was marked in it is marked again.
    again() {
      const prose = this.held && !this.held.prose.isConnected && document.querySelector(`#${this.held.id} .prose`);
      if (prose) getSelection().setBaseAndExtent(...this.held.ends.flatMap((end) => led(prose, end)));
    },
  },
};
