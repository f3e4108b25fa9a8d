import { LiveText } from "/static/live.js";

const NEAR_END = 80; // pixels; closer than this the reader is taken to read along

export default {
  template: `
  <div>
    <div class="thread" ref="scroller" @scroll.passive="scrolled">
    <div class="thread-inner" ref="inner" role="log" aria-label="Conversation" aria-live="off">
      <button v-if="earlier" class="quiet-button thread-earlier" @click="$emit('earlier')">Show earlier messages</button>
      <article v-for="m in messages" :key="m.id" :id="'m' + m.id" tabindex="-1" :class="['message', 'message-' + m.role, {'message-hit': m.id === hit}]"
        :aria-label="m.role === 'user' ? 'You' : (m.model || 'Assistant')">
        <p v-if="m.left_out" class="message-note">{{ leftOut(m) }}</p>
        <div v-if="m.images.length" class="message-images">
          <a v-for="i in m.images" :key="i" :href="'/images/' + i" target="_blank" rel="noopener">
            <img :src="'/images/' + i" alt="Attached picture" loading="lazy"></a>
        </div>
        <template v-if="m.role === 'user'">
          <form v-if="editing === m.id" class="message-edit" @submit.prevent="saveEdit(m)">
            <textarea v-model="edited" :ref="focusEdit" aria-label="Edit your message" maxlength="100000" rows="3"
              @keydown.enter.exact="enterEdit($event, m)" @keydown.esc.stop.prevent="cancelEdit"></textarea>
            <div class="row-end">
              <button type="button" class="quiet-button" @click="cancelEdit">Cancel</button>
              <button type="submit" class="main-button" :disabled="!edited.trim()">Send</button>
            </div>
          </form>
          <div v-else-if="m.text" class="message-bubble">{{ m.text }}</div>
        </template>
        <template v-else>
          <details v-if="m.thinking || m.status === 'thinking'" class="thinking">
            <summary>{{ thinkingTitle(m) }}</summary>
            <div class="thinking-text" :ref="el => keep('thinking', m.id, el)"></div>
          </details>
          <div v-if="m.state === 'writing'" class="prose message-live" :ref="el => keep('live', m.id, el)"></div>
          <div v-else class="prose" v-html="m.html"></div>
          <p v-if="m.state === 'writing' && !m.begun" class="message-status"><span class="pulse" aria-hidden="true"></span>{{ waiting(m) }}</p>
          <div v-if="outcome(m)" :class="['outcome', 'outcome-' + m.state]" :role="m.state === 'failed' ? 'alert' : null">
            <span>{{ outcome(m) }}</span>
            <span class="outcome-actions">
              <button v-if="m.text && m.state !== 'done'" class="quiet-button" @click="act('keep_on', m)">Continue</button>
              <button class="quiet-button" @click="act('again', m)">Retry</button>
            </span>
          </div>
        </template>
        <footer v-if="m.state !== 'writing' && editing !== m.id" class="message-actions">
          <span v-if="m.versions > 1" class="versions">
            <button class="icon-button" aria-label="Earlier version" :disabled="m.version < 2" @click="choose(m, -1)" v-html="icons.back"></button>
            <span aria-live="polite">{{ m.version }}/{{ m.versions }}</span>
            <button class="icon-button" aria-label="Later version" :disabled="m.version >= m.versions" @click="choose(m, 1)" v-html="icons.forward"></button>
          </span>
          <button v-if="m.text" class="icon-button" :aria-label="copied === m.id ? 'Copied' : 'Copy'" :title="copied === m.id ? 'Copied' : 'Copy'" @click="copy(m)" v-html="copied === m.id ? icons.check : icons.copy"></button>
          <button v-if="m.role === 'user'" class="icon-button" aria-label="Edit and send again" title="Edit and send again" @click="edit(m)" v-html="icons.edit"></button>
          <button v-else-if="m.text" class="icon-button" aria-label="Write again" title="Write again" @click="act('again', m)" v-html="icons.again"></button>
          <button v-if="m.role !== 'user'" class="icon-button" aria-label="Write again with another model" title="Write again with another model" @click="act('again_with', m)" v-html="icons.swap"></button>
          <button v-if="m.text && keeps" class="icon-button" aria-label="Save to a note" title="Save to a note" @mousedown.prevent @click="keepNote(m)" v-html="icons.notes"></button>
          <button v-if="m.text && reminds" class="icon-button" aria-label="Remind me" title="Remind me" @click="remind(m)" v-html="icons.reminders"></button>
          <button class="icon-button" aria-label="Delete" title="Delete" @click="act('remove', m)" v-html="icons.trash"></button>
          <span v-if="m.stats" class="message-stats">{{ m.stats }}</span>
        </footer>
      </article>
      <p v-if="unanswered" class="outcome"><span>This question has no answer.</span><button class="quiet-button" @click="act('answer', unanswered)">Answer it</button></p>
    </div>
    </div>
    <button v-if="marked" class="quiet-button keep-selection" :style="marked.place" @mousedown.prevent @click="keepNote(marked.message)">Save to a note</button>
    <button v-show="!atEnd && messages.length" class="to-end" aria-label="Go to the end" title="Go to the end" @click="toEnd(true)" v-html="icons.down"></button>
    <div class="visually-hidden" aria-live="polite" ref="announcer"></div>
  </div>`,
  computed: {
    unanswered() {
      const last = this.messages.at(-1);
      return last?.role === "user" && last;
    },
  },
  props: { initial: Array, earlier_shown: Boolean, keeps: Boolean, reminds: Boolean, icons: Object, hit: Number },
  emits: ["again", "again_with", "edit", "choose", "remove", "keep_on", "earlier", "gap", "answer", "keep"],
  data() {
    return {
      messages: this.initial.map((m) => ({ ...m, begun: false })),
      earlier: this.earlier_shown,
      atEnd: true,
      editing: 0,
      edited: "",
      copied: 0,
      marked: null, // text of a message that is selected, and where
      now: Date.now(),
    };
  },
  created() {
    this.live = new Map(); // answers being written: their text never passes through Vue
    this.gapAsked = 0;
  },
  mounted() {
    this.clock = setInterval(() => this.messages.some((m) => m.state === "writing") && (this.now = Date.now()), 1000);
    this.observer = new ResizeObserver(() => this.atEnd && this.toEnd());
    this.observer.observe(this.$refs.inner);
    this.observer.observe(this.$refs.scroller);
    this.onMark = () => {
      clearTimeout(this.marking);
      this.marking = setTimeout(() => this.mark(), 150);
    };
    if (this.keeps) document.addEventListener("selectionchange", this.onMark);
    const hit = this.hit && document.getElementById("m" + this.hit);
    if (hit) {
      this.atEnd = false;
      hit.scrollIntoView({ block: "center" });
    } else this.toEnd();
  },
  beforeUnmount() {
    document.removeEventListener("selectionchange", this.onMark);
  },
  unmounted() {
    clearInterval(this.clock);
    this.observer.disconnect();
  },
  methods: {
    // From the server: the ids in their order, and those messages that changed.
    sync(ids, changed, earlier) {
      const known = new Map(this.messages.map((m) => [m.id, m]));
      for (const m of changed) {
        const old = known.get(m.id);
        if (old?.state === "writing" && m.state !== "writing") this.finished(m);
        if (m.state !== "writing") this.live.delete(m.id);
        else if (old && old.state !== "writing") this.live.delete(m.id);
        known.set(m.id, { begun: false, ...m });
      }
      this.messages = ids.map((id) => known.get(id)).filter(Boolean);
      this.earlier = earlier;
      this.$nextTick(() => this.atEnd && this.toEnd());
    },
    // From the server: what came since; offsets count UTF-16 units, so that none is lost or doubled.
    delta(id, textFrom, text, thinkingFrom, thinking, status) {
      const m = this.messages.find((x) => x.id === id);
      if (!m || m.state !== "writing") return;
      m.status = status;
      const live = this.liveOf(id);
      const ok = this.grow(live, "text", textFrom, text) && this.grow(live, "thinking", thinkingFrom, thinking);
      if (!ok) return this.gap(id);
      if (live.text) m.begun = true;
      if (live.thinking && !m.thinking) m.thinking = " ";
      if (live.thinking && !live.since) live.since = Date.now();
      if (live.text && live.since && !live.thought) m.thinking_seconds = live.thought = (Date.now() - live.since) / 1000;
      this.paint(id);
    },
    grow(live, part, from, piece) {
      const have = live[part].length;
      if (from > have) return false;
      live[part] += piece.slice(have - from);
      return true;
    },
    gap(id) {
      if (Date.now() - this.gapAsked < 1000) return;
      this.gapAsked = Date.now();
      Object.assign(this.liveOf(id), { text: "", thinking: "" });
      this.$emit("gap", { id });
    },
    liveOf(id) {
      if (!this.live.has(id)) this.live.set(id, { text: "", thinking: "", shown: 0, since: 0, thought: 0 });
      return this.live.get(id);
    },
    // Vue calls a template ref again at each rendering: only a new element means something.
    keep(part, id, element) {
      if (!element) return;
      const m = this.messages.find((x) => x.id === id);
      if (m?.state !== "writing") {
        if (m && part === "thinking" && element.textContent !== m.thinking) element.textContent = m.thinking;
        return;
      }
      const live = this.liveOf(id);
      if (live[part + "Element"] === element) return;
      live[part + "Element"] = element;
      if (part === "live") live.writer = new LiveText(element);
      this.paint(id);
    },
    paint(id) {
      const live = this.liveOf(id);
      if (live.writer && live.writer.text.length !== live.text.length) {
        if (live.text.startsWith(live.writer.text)) live.writer.append(live.text.slice(live.writer.text.length));
        else live.writer.set(live.text);
      }
      if (live.thinkingElement) live.thinkingElement.textContent = live.thinking;
    },
    finished(m) {
      this.$refs.announcer.textContent = m.text || m.error || "";
    },
    scrolled() {
      const box = this.$refs.scroller;
      this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    },
    toEnd(smooth) {
      const box = this.$refs.scroller;
      box.scrollTo({ top: box.scrollHeight, behavior: smooth ? "smooth" : "instant" });
      this.atEnd = true;
    },
    waiting(m) {
      return { loading: "Loading the model…", thinking: "Thinking…" }[m.status] || "Waiting for the model…";
    },
    thinkingTitle(m) {
      if (m.state === "writing" && !m.thinking_seconds) {
        const since = this.liveOf(m.id).since;
        const seconds = since ? Math.max(0, Math.round((this.now - since) / 1000)) : 0;
        return seconds ? `Thinking… ${seconds} s` : "Thinking…";
      }
      return m.thinking_seconds == null ? "Thoughts" : `Thought for ${m.thinking_seconds.toFixed(m.thinking_seconds < 10 ? 1 : 0)} s`;
    },
    outcome(m) {
      return {
        failed: m.error || "This answer failed.",
        stopped: "Stopped.",
        interrupted: "Interrupted: Assistant was restarted while this was written.",
      }[m.state] || "";
    },
    leftOut(m) {
      return m.left_out === 1
        ? "The oldest message no longer fits the model's context and was left out of this answer."
        : `The ${m.left_out} oldest messages no longer fit the model's context and were left out of this answer.`;
    },
    act(name, m) {
      this.$emit(name, { id: m.id });
      this.focusComposer();
    },
    // The button that was pressed goes away with its message; what comes next is writing.
    focusComposer() {
      if (matchMedia("(hover: hover)").matches) document.querySelector(".composer textarea")?.focus();
    },
    mark() {
      const selection = getSelection();
      const part = selection.rangeCount && !selection.isCollapsed ? selection.toString().trim() : "";
      const element = part && selection.getRangeAt(0).commonAncestorContainer;
      const article = element && (element.closest ? element : element.parentElement).closest(".message");
      const message = article && this.messages.find((m) => "m" + m.id === article.id);
      if (!message) return (this.marked = null);
      const box = selection.getRangeAt(0).getBoundingClientRect();
      const place = { top: Math.min(box.bottom + 6, innerHeight - 60) + "px", left: Math.max(8, Math.min(box.left, innerWidth - 150)) + "px" };
      this.marked = { message, part, place };
    },
    keepNote(m) {
      const part = this.marked?.message === m ? this.marked.part : "";
      this.marked = null;
      this.$emit("keep", { id: m.id, part });
    },
    // Heard by the reminders, which ask when.
    remind(m) {
      const line = m.text.split("\n").find((each) => each.trim()) || "";
      const text = line.replace(/^[#>\s*+-]+|[*_`~]/g, "").trim();
      dispatchEvent(new CustomEvent("reminders:about", { detail: { kind: "message", id: m.id, text } }));
    },
    choose(m, step) {
      this.$emit("choose", { id: m.id, version: m.version + step });
    },
    async copy(m) {
      try {
        await navigator.clipboard.writeText(m.text);
      } catch {
        // Over plain HTTP from another device there is no clipboard API.
        const area = document.createElement("textarea");
        area.value = m.text;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      this.copied = m.id;
      setTimeout(() => (this.copied = 0), 1500);
    },
    edit(m) {
      this.edited = m.text;
      this.editing = m.id;
    },
    focusEdit(element) {
      if (!element || element.dataset.focused) return;
      element.dataset.focused = "1";
      // Vue calls this before the element is in the page.
      this.$nextTick(() => {
        element.focus();
        element.setSelectionRange(element.value.length, element.value.length);
      });
    },
    cancelEdit() {
      this.editing = 0;
      this.focusComposer();
    },
    enterEdit(event, m) {
      if (event.isComposing) return;
      event.preventDefault();
      this.saveEdit(m);
    },
    saveEdit(m) {
      if (!this.edited.trim()) return;
      this.$emit("edit", { id: m.id, text: this.edited, key: crypto.randomUUID?.() || String(Math.random()) });
    },
    // From the server: the edit is stored (or refused, and then what was typed stays).
    edited_stored() {
      this.editing = 0;
      this.focusComposer();
    },
  },
};
