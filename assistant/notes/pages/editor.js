import { ask, AWAY } from "/static/api.js";
import { code, indent, insert, link, newLine, prefix, wrap } from "/static/writing.js";

const PAUSE = 500; // ms after the last key until the note is saved
const RENAME = 1500; // ms after the last key until the title is saved, which links follow
const CALM = 2000; // ms without a key after which the page may come back to the server
const KEEP = 150; // ms until what is typed is in the browser's own store
const SHOW = 180; // ms until the preview follows
const ABANDONED = 120000; // ms after which the copy of a tab that is gone is taken over
const LEAVING = 60000; // bytes that a browser still sends while a page goes away

export default {
  template: `
  <div class="editor" :class="['view-' + view, {'editor-trashed': trashed}]" @keydown="shortcut">
    <header class="editor-top">
      <h1 class="visually-hidden">{{ title || firstLine || 'Note' }}</h1>
      <a class="icon-button editor-back" href="/notes" aria-label="All notes" title="All notes" v-html="icons.back"></a>
      <span class="editor-state" role="status" :class="'state-' + state">{{ stateWords }}</span>
      <span class="grow"></span>
      <span class="editor-views" role="group" aria-label="View">
        <button v-for="v in views" :key="v.name" type="button" class="icon-button" :class="'for-' + v.name" :aria-pressed="view === v.name" :aria-label="v.label" :title="v.label" @click="look(v.name)" v-html="icons[v.icon]"></button>
      </span>
      <button type="button" class="icon-button" :aria-pressed="meta.pinned" :aria-label="meta.pinned ? 'Unpin' : 'Pin'" :title="meta.pinned ? 'Unpin' : 'Pin'" :disabled="!id" @click="patch({pinned: !meta.pinned})" v-html="icons.pin"></button>
      <button type="button" class="icon-button" aria-label="More" title="More" aria-haspopup="menu" :aria-expanded="menu" :disabled="!id || conflict" @click.stop="openMenu" v-html="icons.more"></button>
    </header>
    <div v-if="menu" class="floating-menu editor-menu" role="menu" ref="menu" @keydown="menuKey" @click.stop>
      <div class="colours" role="group" aria-label="Colour">
        <button v-for="c in colours" :key="c" type="button" role="menuitemradio" class="colour" :class="'colour-' + (c || 'none')" :aria-checked="meta.colour === c" :aria-label="c || 'No colour'" :title="c || 'No colour'" @click="patch({colour: c})"></button>
      </div>
      <button role="menuitem" @click="act(showHistory)">History</button>
      <button role="menuitem" @click="act(duplicate)">Duplicate</button>
      <button role="menuitem" @click="act(() => patch({archived: !meta.archived}))">{{ meta.archived ? 'Take out of the archive' : 'Archive' }}</button>
      <a role="menuitem" :href="'/?note=' + id">Ask about this</a>
      <button v-if="!trashed" role="menuitem" @click="act(remind)">Remind me</button>
      <a role="menuitem" :href="'/notes/' + id + '/print'" target="_blank">Print</a>
      <a role="menuitem" :href="'/notes/' + id + '/export'" download>Export as Markdown</a>
      <button v-if="!trashed" role="menuitem" class="danger" @click="act(remove)">Delete</button>
    </div>

    <p v-if="trashed" class="banner editor-banner"><span class="grow">This note is in the trash.</span><button class="quiet-button" @click="restore">Take it back</button></p>
    <p v-else-if="meta.archived" class="banner editor-banner"><span class="grow">This note is in the archive.</span><button class="quiet-button" @click="patch({archived: false})">Take it out</button></p>
    <p v-if="problem" class="composer-problem editor-problem" role="alert">{{ problem }}</p>

    <section v-if="conflict" class="conflict" aria-label="Two versions">
      <h2>This note was changed somewhere else in the same place</h2>
      <p class="muted">Nothing is lost: both texts are here. Choose what to keep; the other one stays in the history.</p>
      <div class="conflict-sides">
        <div><h3>Yours</h3><pre class="diff"><span v-for="(d, i) in conflict.mine" :key="i" :class="'diff-' + d[0]">{{ d[1] }}</span></pre></div>
        <div><h3>The other one</h3><pre class="diff"><span v-for="(d, i) in conflict.theirs" :key="i" :class="'diff-' + d[0]">{{ d[1] }}</span></pre></div>
      </div>
      <div class="row">
        <button class="main-button" @click="settle('mine')">Keep mine</button>
        <button class="quiet-button" @click="settle('theirs')">Keep theirs</button>
        <button class="quiet-button" @click="settle('both')">Edit both</button>
      </div>
    </section>

    <div v-show="!conflict" class="editor-head">
      <input class="editor-title" v-model="title" :placeholder="firstLine || 'Title'" aria-label="Title" @input="titleTyped" @change="rename" @keydown.enter.prevent="toText">
      <div class="tags">
        <span v-for="tag in meta.tags" :key="tag" class="tag"><a :href="'/notes?tag=' + encodeURIComponent(tag)">{{ tag }}</a><button type="button" :aria-label="'Remove the tag ' + tag" @click="untag(tag)" v-html="icons.close"></button></span>
        <input class="tag-input" v-model="newTag" list="tag-list" placeholder="Add a tag" aria-label="Add a tag" @input="completeTag" @keydown.enter.prevent="addTag" @change="addTag">
        <datalist id="tag-list"><option v-for="t in tagList" :key="t" :value="t"></option></datalist>
      </div>
      <p v-if="tagProblem" class="form-error" role="alert">{{ tagProblem }}</p>
      <div class="toolbar" role="toolbar" aria-label="Format" v-show="view !== 'read'">
        <button v-for="t in tools" :key="t.icon" type="button" class="icon-button" :aria-label="t.label" :title="t.label" @mousedown.prevent @click="t.act" v-html="icons[t.icon]"></button>
        <input ref="file" type="file" accept="image/png,image/jpeg,image/webp,image/gif" multiple hidden aria-label="Choose pictures" tabindex="-1" @change="chosen">
      </div>
    </div>
    <div v-show="!conflict" class="panes">
      <div class="pane-source">
        <ul v-if="found.length" class="floating-menu completion" role="listbox" aria-label="Notes">
          <li v-for="(t, i) in found" :key="t" role="option" :aria-selected="i === pick" @mousedown.prevent="complete(t)">{{ t }}</li>
        </ul>
        <textarea ref="box" :key="epoch" v-model="text" class="source" aria-label="Text of the note" placeholder="Write here. Markdown works, [[ links to another note." spellcheck="true"
          :disabled="!loaded" :readonly="trashed" @input="typed" @keydown="key" @paste="paste" @dragover.prevent @drop.prevent="drop" @blur="left" @scroll.passive="follow"></textarea>
      </div>
      <div class="pane-preview" ref="preview" tabindex="0" aria-label="Preview" role="region">
        <div class="prose" v-html="html" @click="ticked"></div>
        <p v-if="!text.trim() && loaded" class="muted">Nothing written yet.</p>
      </div>
    </div>
    <footer v-if="reminders.length && !conflict" class="backlinks">
      <h2>Reminders</h2>
      <a v-for="r in reminders" :key="r.id" :href="'/reminders?open=' + r.id">{{ r.text }}{{ r.at ? ', ' + when(r.at) : '' }}</a>
    </footer>
    <footer v-if="backlinks.length && !conflict" class="backlinks">
      <h2>Linked from</h2>
      <a v-for="b in backlinks" :key="b.id" :href="'/notes/' + b.id">{{ b.title || 'Untitled' }}</a>
    </footer>

    <dialog ref="history" class="history" aria-labelledby="history-title" @close="seen = null">
      <h2 id="history-title">History</h2>
      <p v-if="!versions.length" class="muted">Earlier versions appear here as you write.</p>
      <div class="history-sides">
        <ul class="history-list">
          <li v-for="v in versions" :key="v.id"><button type="button" :aria-current="seen && seen.id === v.id" @click="showVersion(v)"><span>{{ when(v.created) }}</span><span class="muted">{{ reasons[v.reason] || '' }}</span></button></li>
        </ul>
        <div v-if="seen" class="history-text">
          <p class="muted">Against what is written now: <span class="diff-removed">only then</span> <span class="diff-added">only now</span></p>
          <pre class="diff"><span v-for="(d, i) in seen.differences" :key="i" :class="'diff-' + d[0]">{{ d[1] }}</span></pre>
        </div>
      </div>
      <div class="row-end">
        <button type="button" class="quiet-button" @click="$refs.history.close()">Close</button>
        <button v-if="seen" type="button" class="main-button" @click="restoreVersion">Restore this version</button>
      </div>
    </dialog>
  </div>`,
  props: { note: Number, user: Number, zone: String, icons: Object, wanted: String },
  data() {
    return {
      id: this.note, text: "", title: "", version: 0, html: "", loaded: false, trashed: false,
      meta: { pinned: false, archived: false, colour: "", tags: [] },
      state: "loading", problem: "", conflict: null, backlinks: [], reminders: [], menu: false,
      epoch: 0, tagProblem: "", newTag: "", tagList: [], found: [], pick: 0, versions: [], seen: null,
      view: "both",
      colours: ["", "red", "orange", "yellow", "green", "blue", "purple", "grey"],
      reasons: { edit: "", merge: "before a merge", restore: "before a restore", import: "imported" },
      views: [
        { name: "write", label: "Write", icon: "edit" },
        { name: "both", label: "Write and read", icon: "columns" },
        { name: "read", label: "Read", icon: "eye" },
      ],
      tools: [
        { icon: "heading", label: "Heading (Ctrl+Alt+1)", act: () => prefix(this.$refs.box, "## ") },
        { icon: "bold", label: "Bold (Ctrl+B)", act: () => wrap(this.$refs.box, "**") },
        { icon: "italic", label: "Italic (Ctrl+I)", act: () => wrap(this.$refs.box, "*") },
        { icon: "list", label: "List (Ctrl+Shift+8)", act: () => prefix(this.$refs.box, "- ") },
        { icon: "task", label: "Tasks (Ctrl+Shift+9)", act: () => prefix(this.$refs.box, "- [ ] ") },
        { icon: "link", label: "Link (Ctrl+K)", act: () => link(this.$refs.box) },
        { icon: "code", label: "Code (Ctrl+E)", act: () => code(this.$refs.box) },
        { icon: "image", label: "Picture", act: () => this.$refs.file.click() },
      ],
    };
  },
  computed: {
    firstLine() {
      return (this.text.split("\n").find((line) => line.trim()) || "").replace(/^[#>\s*+-]+(\[[ xX]\])?/, "").replace(/[*_`~]/g, "").trim().slice(0, 80);
    },
    stateWords() {
      return { loading: "", clean: "", saved: "Saved", dirty: "", saving: "Saving…", away: "Not saved yet: the server does not answer. What you typed is kept in this browser.", conflict: "Two versions", refused: "Not saved" }[this.state];
    },
    // Each tab keeps a copy of its own: another tab of the same note must not overwrite or delete it.
    store() {
      return `note:${this.user}:${this.id || "new"}:${this.tab}`;
    },
  },
  created() {
    this.saved = { text: "", title: "" };
    this.unheard = null;
    this.newKey = crypto.randomUUID?.() || Date.now() + "-" + Math.random();
    this.tab = sessionStorage.getItem("tab") || Math.random().toString(36).slice(2);
    sessionStorage.setItem("tab", this.tab);
    this.tries = 0;
    this.unsent = {}; // changes of what is beside the text
    this.sending = this.confirmed = null;
    this.heard = 0; // the newest version that the server told of while there was something to save
  },
  async mounted() {
    this.view = localStorage.getItem("notes:view") || (innerWidth >= 1180 ? "both" : "write");
    this.onLeave = () => this.leave();
    this.onVisible = () => (document.visibilityState === "hidden" ? this.leave() : this.state === "away" && this.save());
    this.onClick = () => (this.menu = false);
    this.onTold = () => this.loadReminders();
    addEventListener("reminders:told", this.onTold);
    addEventListener("pagehide", this.onLeave);
    addEventListener("online", this.onVisible);
    document.addEventListener("visibilitychange", this.onVisible);
    document.addEventListener("click", this.onClick);
    this.comeBackCalmly();
    await this.load();
    this.comeBackToPlace();
  },
  unmounted() {
    clearTimeout(this.connecting);
    removeEventListener("pagehide", this.onLeave);
    removeEventListener("online", this.onVisible);
    document.removeEventListener("visibilitychange", this.onVisible);
    document.removeEventListener("click", this.onClick);
    removeEventListener("reminders:told", this.onTold);
  },
  methods: {
    // Loading, and what another page changed
    async load() {
      if (this.id) {
        try {
          this.take(await ask("GET", `/api/notes/${this.id}`));
        } catch (error) {
          this.problem = error.message;
          this.state = "refused";
          if (error.status !== 0) return;
          setTimeout(() => this.load(), 2000);
          return;
        }
        this.problem = "";
        this.loadBacklinks();
        this.loadReminders();
      }
      this.takeDraft();
      this.loaded = true;
      this.$nextTick(() => {
        if (!this.id || !this.text) this.$refs.box.focus();
        if (this.dirty()) this.save();
        else this.state = "clean";
      });
    },
    take(note) {
      this.replace(note.text);
      this.title = note.title_set ? note.title : "";
      this.version = note.version;
      if (!this.sending) this.meta = { pinned: note.pinned, archived: note.archived, colour: note.colour, tags: note.tags };
      this.trashed = Boolean(note.trashed);
      this.saved = { text: note.text, title: this.title };
      if (note.html || !note.text) this.draw(note.html, note.missing);
      else this.showSoon();
      this.followed = note.title;
      this.titled();
    },
    // Another text in the box: the browser's undo knows only what was typed, and would mix the two.
    replace(text) {
      if (text === this.text) return;
      const box = this.$refs.box;
      const kept = box && { focused: document.activeElement === box, from: box.selectionStart, to: box.selectionEnd, top: box.scrollTop };
      this.text = text;
      this.epoch += 1;
      this.$nextTick(() => {
        if (!kept) return;
        if (kept.focused) this.$refs.box.focus();
        if (kept.focused) this.$refs.box.setSelectionRange(kept.from, kept.to);
        this.$refs.box.scrollTop = kept.top;
      });
    },
    titled() {
      const title = this.title || this.firstLine || (this.id ? "Untitled" : "New note");
      const count = /^\(\d+\) /.exec(document.title)?.[0] || "";
      document.title = `${count}${title} · Assistant`;
      const top = document.querySelector(".top-title");
      if (top) top.textContent = title;
    },
    takeDraft() {
      const draft = this.readDraft();
      if (!draft) {
        if (!this.id && this.wanted) this.title = this.wanted;
        return;
      }
      if (draft.text === this.text && [this.title, draft.titleBefore].includes(draft.title)) return localStorage.removeItem(this.store);
      if (draft.version) this.version = draft.version;
      if (draft.key) this.newKey = draft.key;
      this.replace(draft.text);
      // Only a title that was typed here: another device may have given it a new one meanwhile.
      if (draft.title !== draft.titleBefore) this.title = draft.title;
      this.showSoon();
    },
    async loadBacklinks() {
      this.backlinks = await ask("GET", `/api/notes/${this.id}/backlinks`).then((a) => a.rows || a, () => []);
    },
    async loadReminders() {
      if (this.id) this.reminders = await ask("GET", `/api/reminders/linked?kind=note&id=${this.id}`).then((rows) => rows.filter((row) => row.state !== "done"), () => this.reminders);
    },
    // Heard by the reminders, which ask when.
    remind() {
      dispatchEvent(new CustomEvent("reminders:about", { detail: { kind: "note", id: this.id, text: this.title || this.firstLine || "this note" } }));
    },
    // From the server: the note has this version now.
    async changed(version, meta) {
      if (!this.id || !this.loaded) return;
      if (meta) {
        this.trashed = meta.trashed;
        Object.assign(this.meta, { pinned: meta.pinned, archived: meta.archived, colour: meta.colour });
      }
      if (version <= this.version) return;
      if (this.saving || this.dirty() || this.conflict) return (this.heard = Math.max(this.heard, version));
      const note = await ask("GET", `/api/notes/${this.id}`).catch(() => null);
      if (!note || this.dirty() || this.saving) return;
      this.take(note);
      this.state = "clean";
    },

    // After a restart of the server NiceGUI loads the page anew: not under the fingers of who types.
    comeBackCalmly() {
      const socket = window.socket;
      if (!socket?.io) return;
      socket.io.reconnection(false);
      const again = () => {
        clearTimeout(this.connecting);
        const calm = Date.now() - (this.lastKey || 0) > CALM && !this.saving;
        this.connecting = setTimeout(() => (calm ? socket.connect() : again()), 700);
      };
      socket.on("disconnect", again);
      socket.on("connect_error", again);
    },
    comeBackToPlace() {
      const place = JSON.parse(sessionStorage.getItem("note:place"));
      sessionStorage.removeItem("note:place");
      if (!place || place.id !== this.id || Date.now() - place.at > 15000) return;
      this.$nextTick(() => {
        const box = this.$refs.box;
        box.focus();
        box.setSelectionRange(place.from, place.to);
        box.scrollTop = place.top;
      });
    },

    // Keeping and saving
    dirty() {
      return this.text !== this.saved.text || this.title !== this.saved.title;
    },
    readDraft() {
      const start = `note:${this.user}:${this.id || "new"}:`;
      const drafts = Object.keys(localStorage).filter((key) => key.startsWith(start)).map((key) => {
        try {
          return { ...JSON.parse(localStorage.getItem(key)), from: key };
        } catch {
          return null;
        }
      });
      // Those of tabs that are gone: a tab that is open writes again and again, or has saved.
      const old = Date.now() - ABANDONED;
      const found = drafts.find((draft) => draft?.from === this.store) || drafts.find((draft) => draft && draft.at < old);
      if (found && found.from !== this.store) localStorage.removeItem(found.from);
      return found;
    },
    keep() {
      clearTimeout(this.keeper);
      this.keeper = setTimeout(() => this.keepNow(), KEEP);
    },
    keepNow() {
      clearTimeout(this.keeper);
      try {
        if (this.dirty()) localStorage.setItem(this.store, JSON.stringify({ text: this.text, title: this.title, titleBefore: this.saved.title, version: this.version, key: this.newKey, at: Date.now() }));
        else localStorage.removeItem(this.store);
      } catch {
        // The browser's store is full; the server has what was saved.
      }
    },
    typed() {
      this.lastKey = Date.now();
      this.problem = "";
      if (this.state !== "away") this.state = "dirty";
      this.keep();
      this.showSoon();
      this.lookForLink();
      clearTimeout(this.saver);
      this.saver = setTimeout(() => this.save(), PAUSE);
    },
    leave() {
      if (!this.loaded) return;
      const box = this.$refs.box;
      if (document.activeElement === box) sessionStorage.setItem("note:place", JSON.stringify({ id: this.id, from: box.selectionStart, to: box.selectionEnd, top: box.scrollTop, at: Date.now() }));
      this.keepNow();
      if (Object.keys(this.unsent).length) this.sendChanges({ keepalive: true });
      if (this.dirty() && !this.conflict) this.save({ keepalive: this.text.length * 3 < LEAVING });
    },
    // One save at a time; whoever asks meanwhile waits for it, and for another if there is more.
    async save(options = {}) {
      while (this.running) await this.running;
      this.running = this.saveNow(options).finally(() => (this.running = null));
      return this.running;
    },
    async saveNow(options) {
      clearTimeout(this.saver);
      if (this.saving || this.conflict || !this.loaded) return;
      const empty = !this.id && !this.text.trim() && !this.title.trim();
      if (empty || !this.dirty()) return this.settled();
      this.saving = true;
      if (this.state !== "away") this.state = "saving";
      const sent = { text: this.text, title: this.title };
      try {
        if (this.id) await this.put(sent, options);
        else await this.create(sent, options);
        this.tries = 0;
      } catch (error) {
        this.saving = false;
        return this.failed(error, sent);
      }
      this.saving = false;
      this.keepNow();
      if (this.dirty()) return this.saveNow(options);
      this.settled();
    },
    async create(sent, options) {
      const { tags } = this.meta;
      // After an answer that was lost this is the note of that time, with the text of that time.
      const note = await ask("POST", "/api/notes", { text: sent.text, title: sent.title, tags, key: this.newKey }, options);
      localStorage.removeItem(this.store);
      this.id = note.id;
      this.version = note.version;
      this.saved = { text: note.text, title: note.title_set ? note.title : "" };
      if (this.meta.tags !== tags) this.patch({ tags: this.meta.tags });
      this.followed = note.title;
      this.loadBacklinks();
      history.replaceState(null, "", `/notes/${note.id}`);
      this.$emit("created", note.id);
    },
    async put(sent, options) {
      if (sent.text !== this.saved.text) {
        const answer = await ask("PUT", `/api/notes/${this.id}`, { text: sent.text, version: this.version, title: null, unheard: this.unheard }, options);
        const typedOn = this.text !== sent.text;
        this.saved.text = sent.text;
        // A merged text that one typed on beside: what is typed still stands on the older version.
        this.unheard = answer.text != null && typedOn ? sent.text : null;
        if (!this.unheard) this.version = answer.version;
        if (answer.text != null && !typedOn) {
          this.saved.text = answer.text;
          this.replace(answer.text);
          this.showSoon();
        }
      }
      if (sent.title !== this.saved.title) {
        const named = await ask("PATCH", `/api/notes/${this.id}`, { title: sent.title }, options);
        this.saved.title = sent.title;
        if (named.version === this.version + 1 && this.heard <= named.version) this.version = named.version;
      }
    },
    settled() {
      if (this.state !== "clean") this.state = this.id ? "saved" : "clean";
      this.titled();
      this.keepNow();
      this.changed(this.heard);
    },
    failed(error, sent) {
      this.keepNow();
      if (error.status === 409 && error.problem.theirs !== undefined) return this.collide(error.problem);
      if (error.status === 0 || error.status >= 500) {
        this.unheard = sent.text;
        this.state = "away";
        if (error.status) this.problem = error.message;
        const wait = Math.min(10000, 500 * 2 ** this.tries++);
        clearTimeout(this.saver);
        this.saver = setTimeout(() => this.save(), wait);
        return;
      }
      this.state = "refused";
      this.problem = error.message;
    },

    // Two versions
    collide(problem) {
      const differences = problem.differences;
      // Both means what they share once, and of what differs first theirs and then mine.
      const both = differences.map((d) => d[1]).join("\n");
      this.$nextTick(() => this.$el.querySelector(".conflict button").focus());
      this.conflict = {
        theirText: problem.theirs, version: problem.version, both,
        theirs: differences.filter((d) => d[0] !== "added"), mine: differences.filter((d) => d[0] !== "removed"),
      };
      this.state = "conflict";
    },
    async settle(which) {
      const { theirText, version } = this.conflict;
      const mine = this.text;
      const text = { mine, theirs: theirText, both: this.conflict.both }[which];
      const beside = { mine: theirText, theirs: mine, both: null }[which];
      try {
        const answer = await ask("PUT", `/api/notes/${this.id}`, { text, version, title: null, unheard: null, beside });
        this.conflict = null;
        this.problem = "";
        this.version = answer.version;
        this.saved.text = answer.text ?? text;
        this.replace(this.saved.text);
        this.unheard = null;
      } catch (error) {
        if (error.problem?.theirs !== undefined) return this.collide(error.problem);
        return (this.problem = error.message);
      }
      this.state = "saved";
      this.keepNow();
      this.showSoon();
      this.$nextTick(() => this.$refs.box.focus());
      if (this.dirty()) this.save();
    },

    // The preview
    showSoon() {
      if (this.view === "write") return;
      clearTimeout(this.shower);
      this.shower = setTimeout(() => this.show(), SHOW);
    },
    async show() {
      this.showing?.abort();
      this.showing = new AbortController();
      try {
        const drawn = await ask("POST", "/api/notes/render", { text: this.text }, { signal: this.showing.signal });
        this.draw(drawn.html, drawn.missing);
      } catch {
        // An older preview stays; the next key tries again.
      }
    },
    draw(html, missing) {
      this.html = html;
      const gone = new Set((missing || []).map((t) => t.toLowerCase()));
      this.$nextTick(() => {
        for (const a of this.$refs.preview.querySelectorAll("a.wiki")) {
          const isGone = gone.has(a.dataset.title.toLowerCase());
          a.classList.toggle("wiki-missing", isGone);
          a.title = isGone ? "This note does not exist yet. Open it to write it." : "";
        }
      });
    },
    look(view) {
      this.view = view;
      localStorage.setItem("notes:view", view);
      if (view !== "write") this.show();
      else this.$nextTick(() => this.$refs.box.focus());
    },
    follow() {
      if (this.view !== "both") return;
      const [box, preview] = [this.$refs.box, this.$refs.preview];
      const share = box.scrollTop / Math.max(1, box.scrollHeight - box.clientHeight);
      preview.scrollTop = share * (preview.scrollHeight - preview.clientHeight);
    },
    async ticked(event) {
      const task = event.target.dataset?.task;
      if (task === undefined) return;
      const on = event.target.checked;
      event.preventDefault();
      await this.save();
      if (this.dirty()) return;
      const before = this.text;
      try {
        const answer = await ask("POST", `/api/notes/${this.id}/tick`, { index: Number(task), on, version: this.version });
        // Typed meanwhile: it stands on the version before, and is merged with the tick.
        if (this.text !== before) return this.save();
        this.version = answer.version;
        this.saved.text = answer.text;
        this.mark(answer.text);
      } catch (error) {
        this.problem = error.message;
        return this.changed(Infinity);
      }
      this.state = "saved";
      await this.show();
      this.$nextTick(() => this.$refs.preview.querySelector(`[data-task="${task}"]`)?.focus());
    },
    // Puts the mark of a task where it belongs as if it were typed, so that undo takes it back.
    mark(text) {
      const at = [...this.text].length === this.text.length ? [...text].findIndex((sign, i) => sign !== this.text[i]) : -1;
      const box = this.$refs.box;
      if (at < 0 || !box.offsetParent || this.text.slice(at + 1) !== text.slice(at + 1)) return this.replace(text);
      const [from, to, top] = [box.selectionStart, box.selectionEnd, box.scrollTop];
      insert(box, text[at], at, at + 1);
      box.setSelectionRange(from, to);
      box.scrollTop = top;
      clearTimeout(this.saver);
    },

    // Keys, links, pictures
    shortcut(event) {
      const command = event.ctrlKey || event.metaKey;
      if (!command) return;
      const key = event.key.toLowerCase();
      const box = this.$refs.box;
      const act = {
        s: () => this.save(),
        ...(event.target === box && !event.shiftKey && { b: () => wrap(box, "**"), i: () => wrap(box, "*"), k: () => link(box), e: () => code(box) }),
        ...(event.target === box && event.shiftKey && { "*": () => prefix(box, "- "), 8: () => prefix(box, "- "), "(": () => prefix(box, "- [ ] "), 9: () => prefix(box, "- [ ] ") }),
        ...(event.target === box && event.altKey && { 1: () => prefix(box, "## ") }),
      }[key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    key(event) {
      if (event.isComposing) return;
      if (this.found.length && this.completionKey(event)) return;
      if (event.key === "Tab" && !event.ctrlKey && indent(event.target, event.shiftKey)) event.preventDefault();
      if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && newLine(event.target)) event.preventDefault();
    },
    completionKey(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) this.pick = (this.pick + step + this.found.length) % this.found.length;
      else if (event.key === "Enter" || event.key === "Tab") this.complete(this.found[this.pick]);
      else if (event.key === "Escape") this.found = [];
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    async lookForLink() {
      const box = this.$refs.box;
      const open = /\[\[([^\[\]\n|#]{0,80})$/.exec(box.value.slice(Math.max(0, box.selectionStart - 90), box.selectionStart));
      if (!open) return (this.found = []);
      const asked = (this.asked = open[1]);
      const titles = await ask("GET", `/api/notes/titles?prefix=${encodeURIComponent(asked)}`).catch(() => []);
      if (asked !== this.asked) return;
      this.found = (titles.titles || titles).filter((t) => t !== this.title);
      this.pick = 0;
    },
    complete(title) {
      const box = this.$refs.box;
      const from = box.value.lastIndexOf("[[", box.selectionStart) + 2;
      const closed = box.value.slice(box.selectionStart, box.selectionStart + 2) === "]]";
      this.found = [];
      insert(box, title + (closed ? "" : "]]"), from, box.selectionStart);
    },
    paste(event) {
      const files = [...(event.clipboardData?.files || [])].filter((f) => f.type.startsWith("image/"));
      if (!files.length) return;
      event.preventDefault();
      this.upload(files);
    },
    drop(event) {
      this.upload([...(event.dataTransfer?.files || [])]);
    },
    chosen(event) {
      this.upload([...event.target.files]);
      event.target.value = "";
    },
    async upload(files) {
      for (const file of files) {
        if (file.size > 10 * 1024 * 1024) {
          this.problem = `${file.name} is larger than 10 MB.`;
          continue;
        }
        try {
          const where = this.id ? `note=${this.id}&` : "";
          const stored = await ask("POST", `/api/notes/attachments?${where}name=${encodeURIComponent(file.name)}`, file);
          insert(this.$refs.box, `![${file.name.replace(/[\[\]]/g, "")}](${stored.address})\n`);
        } catch (error) {
          this.problem = error.status === 0 ? "The picture was not stored: the server does not answer. Add it again later." : error.message;
        }
      }
    },

    // Title, tags and the rest
    titleTyped() {
      this.lastKey = Date.now();
      if (this.state !== "away") this.state = "dirty";
      this.keep();
      clearTimeout(this.saver);
      this.saver = setTimeout(() => this.save(), RENAME);
    },
    async rename() {
      this.keep();
      await this.save();
    },
    // Links to a title that is the first line follow when one has finished writing it.
    async left(event) {
      this.found = [];
      if (event?.type === "blur") await this.save();
      const now = this.title || this.firstLine;
      if (!this.id || this.title || !this.followed || this.followed === now || this.dirty()) return;
      const old = this.followed;
      this.followed = now;
      await ask("PATCH", `/api/notes/${this.id}`, { followed: old }).catch(() => (this.followed = old));
    },
    toText() {
      this.rename();
      this.$refs.box.focus();
    },
    // Shown at once, sent one after the other; what is changed meanwhile goes together into the next.
    async patch(values) {
      if (!this.id) return false;
      this.confirmed ||= { ...this.meta };
      Object.assign(this.meta, values);
      Object.assign(this.unsent, values);
      this.sending ||= this.sendChanges().finally(() => (this.sending = this.confirmed = null));
      return this.sending;
    },
    async sendChanges(options) {
      while (Object.keys(this.unsent).length) {
        const values = this.unsent;
        this.unsent = {};
        try {
          const row = await ask("PATCH", `/api/notes/${this.id}`, values, options);
          this.confirmed = { pinned: row.pinned, archived: row.archived, colour: row.colour, tags: row.tags };
          this.problem = "";
        } catch (error) {
          this.unsent = {};
          this.meta = this.confirmed;
          this.problem = error.message;
          return false;
        }
      }
      this.meta = this.confirmed;
      return true;
    },
    async completeTag() {
      if (this.newTag.includes(",")) return this.addTag();
      const prefix = this.newTag;
      if (!prefix) return (this.tagList = []);
      const found = await ask("GET", `/api/notes/tags/complete?prefix=${encodeURIComponent(prefix)}`).catch(() => []);
      if (prefix === this.newTag) this.tagList = (found.tags || found).map((t) => t.name || t);
    },
    async addTag() {
      const added = this.newTag.split(",").map((t) => t.trim().replace(/^#/, "")).filter((t) => t && !this.meta.tags.includes(t));
      const typed = this.newTag;
      this.newTag = "";
      this.tagList = [];
      if (!added.length) return;
      const tags = [...this.meta.tags, ...added];
      if (!this.id) this.meta.tags = tags;
      else if (!(await this.patch({ tags }))) {
        this.newTag = typed;
        [this.tagProblem, this.problem] = [this.problem, ""];
        return;
      }
      this.tagProblem = "";
    },
    untag(tag) {
      const tags = this.meta.tags.filter((t) => t !== tag);
      if (this.id) this.patch({ tags });
      else this.meta.tags = tags;
    },
    openMenu(event) {
      this.opener = event.currentTarget;
      this.menu = !this.menu;
      this.$nextTick(() => this.$refs.menu?.querySelector("[role=menuitem]").focus());
    },
    menuKey(event) {
      const items = [...this.$refs.menu.querySelectorAll("[role=menuitem]")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
      } else if (event.key === "Escape") {
        event.stopPropagation();
        this.menu = false;
        this.opener.focus();
      }
    },
    act(what) {
      this.menu = false;
      what();
    },
    async duplicate() {
      await this.save();
      const copy = await ask("POST", `/api/notes/${this.id}/duplicate`).catch((error) => (this.problem = error.message, null));
      if (copy) location.href = `/notes/${copy.id}`;
    },
    async remove() {
      await this.save();
      try {
        await ask("DELETE", `/api/notes/${this.id}`);
        localStorage.removeItem(this.store);
        location.href = `/notes?deleted=${this.id}`;
      } catch (error) {
        this.problem = error.message;
      }
    },
    async restore() {
      try {
        await ask("POST", `/api/notes/${this.id}/restore`);
        this.trashed = false;
        if (this.dirty()) return this.save();
        this.take(await ask("GET", `/api/notes/${this.id}`));
      } catch (error) {
        this.problem = error.message;
      }
    },
    async showHistory() {
      await this.save();
      const answer = await ask("GET", `/api/notes/${this.id}/versions`).catch((error) => (this.problem = error.message, []));
      this.versions = answer.versions || answer;
      this.seen = null;
      this.$refs.history.showModal();
    },
    async showVersion(kept) {
      const version = await ask("GET", `/api/notes/${this.id}/versions/${kept.id}`).catch((error) => (this.problem = error.message, null));
      if (version) this.seen = { ...version, id: kept.id };
    },
    async restoreVersion() {
      try {
        await ask("POST", `/api/notes/${this.id}/versions/${this.seen.id}/restore`);
        this.take(await ask("GET", `/api/notes/${this.id}`));
        this.state = "saved";
      } catch (error) {
        this.problem = error.message;
      }
      this.$refs.history.close();
    },
    when(instant) {
      return new Intl.DateTimeFormat("en-GB", { timeZone: this.zone, day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
    },
  },
};
