// The scroller of messages: the text of an answer being written, the end that is followed, the part that is marked.
import { LiveText } from "/static/live.js";

const NEAR_END = 80; // pixels; closer than this the reader is taken to read along

export default {
  // A button keeps what is marked as it is.
  template: `<div @click="click" @mousedown="(event) => event.target.closest('button') && event.preventDefault()"><slot></slot></div>`,
  props: { hit: Number },
  emits: ["keep", "gap"],
  mounted() {
    const [box, inner] = this.$el.querySelectorAll(".thread, .thread-inner");
    Object.assign(this, { box, live: new Map(), end: true, top: 0, wanted: this.hit, keeper: this.$el.querySelector("[data-keep]") });
    box.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.sizes = new ResizeObserver(() => this.resized());
    for (const one of [box, inner]) this.sizes.observe(one);
    this.ears = [["keydown", this.key], ["selectionchange", this.mark]];
    for (const [name, ear] of this.ears) document.addEventListener(name, ear);
  },
  updated() {
    for (const id of this.live.keys()) this.paint(id);
  },
  unmounted() {
    this.sizes.disconnect();
    for (const [name, ear] of this.ears) document.removeEventListener(name, ear);
  },
  methods: {
    // From the server: what came since. Offsets count UTF-16 units, so that none is lost or doubled; 0 begins anew.
    delta(id, textFrom, text, thinkingFrom, thinking, status, thought, final) {
      const live = (textFrom || thinkingFrom) && this.live.get(id) || { text: "", thinking: "" };
      this.live.set(id, live);
      if (textFrom > live.text.length || thinkingFrom > live.thinking.length) return this.$emit("gap", id);
      live.text += text.slice(live.text.length - textFrom);
      live.thinking += thinking.slice(live.thinking.length - thinkingFrom);
      Object.assign(live, { status, thought });
      this.paint(id);
      if (final) this.$el.querySelector("[data-announce]").textContent = live.text;
    },
    paint(id) {
      const live = this.live.get(id);
      const place = document.querySelector(`#m${id} .message-live`);
      const row = place?.closest("article");
      if (!place) return this.live.delete(id);
      if (live.place !== place) Object.assign(live, { place, writer: new LiveText(place) });
      if (live.writer.text !== live.text) live.writer.append(live.text.slice(live.writer.text.length));
      Object.assign(row.dataset, { status: live.text ? "writing" : live.status, thinks: live.thinking ? "yes" : "" });
      row.querySelector(".thinking-text").textContent = live.thinking;
      row.querySelector(".thinking-seconds").textContent = live.thought.toFixed(live.text && live.thought < 10 ? 1 : 0);
    },
    toEnd() {
      this.box.scrollTop = this.box.scrollHeight;
      this.scrolled();
    },
    scrolled() {
      this.top = this.box.scrollTop;
      this.end = this.box.scrollHeight - this.top - this.box.clientHeight < NEAR_END;
      this.$el.classList.toggle("away-from-end", !this.end);
    },
    resized() {
      if (!this.box.clientHeight) return;
      const hit = this.wanted && document.getElementById("m" + this.wanted);
      if (hit) hit.scrollIntoView({ block: "center" });
      else if (this.anchor) this.box.scrollTop += this.anchor.getBoundingClientRect().top - this.from;
      else if (this.box.scrollTop === this.top && this.end) this.toEnd();
      this.wanted = this.anchor = null;
      this.scrolled();
    },
    click({ target }) {
      const at = (name) => target.closest(`[data-${name}]`);
      if (at("to-end")) this.toEnd();
      if (at("unfold")) at("unfold").ariaExpanded = at("unfold").closest("article").classList.toggle("unfolded");
      if (at("do")?.dataset.do === "earlier") this.from = (this.anchor = this.box.querySelector("article")).getBoundingClientRect().top;
      if (at("keep")) this.$emit("keep", this.marked);
      if (at("keep")) this.keeper.hidden = true;
      if (at("write") && matchMedia("(hover: hover)").matches) document.querySelector(".composer textarea").focus();
    },
    mark() {
      const range = getSelection().rangeCount && getSelection().getRangeAt(0);
      const part = String(getSelection()).trim();
      const at = part && range.commonAncestorContainer;
      const row = at && (at.closest ? at : at.parentElement).closest("article");
      if (!this.keeper || (this.keeper.hidden = !row || !this.$el.contains(row))) return;
      const { bottom, left } = range.getBoundingClientRect();
      this.marked = { id: Number(row.id.slice(1)), part };
      this.keeper.style.cssText = `top: ${Math.min(bottom + 6, innerHeight - 60)}px; left: ${Math.max(8, Math.min(left, innerWidth - 150))}px`;
    },
    // Escape ends a composition, a dialog or a menu first.
    key(event) {
      const stops = event.key === "Escape" || (event.key === "." && (event.ctrlKey || event.metaKey));
      const busy = event.isComposing || event.keyCode === 229 || document.querySelector(".q-dialog, .q-menu, dialog[open]");
      if (stops && !busy) document.querySelector(".stop-button:not(.hidden)")?.click();
    },
  },
};
