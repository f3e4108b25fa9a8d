import { ask } from "/static/api.js";

const PAUSE = 10; // ms after a key: a query takes less than the time between two of them, and the next cancels it
const LIMIT = 50;

export default {
  template: `
  <section :class="['notelist', compact ? 'notelist-compact' : 'notelist-full']" aria-label="Notes">
    <div class="notelist-top">
      <div v-if="!compact" class="row notelist-title">
        <h1 class="grow">{{ heading }}</h1>
        <a class="quiet-button" href="/notes/import">Import</a>
        <button v-if="templates.length" type="button" class="quiet-button" aria-haspopup="menu" :aria-expanded="menu === 'templates'" @click.stop="menu = menu === 'templates' ? '' : 'templates'">From a template</button>
        <a class="main-button" href="/notes/new"><span v-html="icons.plus"></span>New note</a>
        <div v-if="menu === 'templates'" class="floating-menu notelist-templates" role="menu">
          <button v-for="t in templates" :key="t.id" role="menuitem" @click="fromTemplate(t)">{{ t.title }}</button>
        </div>
      </div>
      <a v-else class="main-button" href="/notes/new"><span v-html="icons.plus"></span>New note</a>
      <input v-show="where !== 'trash'" ref="search" type="search" class="field" v-model="words" placeholder="Search notes" aria-label="Search notes" @input="typed" @keydown.down.prevent="toFirst" @keydown.enter.prevent="toFirst">
      <button v-if="where === 'trash' && rows.length && !compact" type="button" class="quiet-button notelist-empty-trash" @click="emptyTrash">Empty the trash</button>
      <div v-if="!compact" v-show="where !== 'trash'" class="chips" role="group" aria-label="Filters">
        <button v-for="c in chips" :key="c.token" type="button" class="chip" :aria-pressed="has(c.token)" @click="toggle(c.token)">{{ c.label }}</button>
        <label v-if="tags.length" class="chip"><span class="visually-hidden">With the tag</span><select @change="addTagFilter"><option value="">Tag</option><option v-for="t in tags" :key="t.name">{{ t.name }}</option></select></label>
        <label class="chip"><span>Changed after</span><input type="date" :value="date('after')" @change="setDate('after', $event.target.value)"></label>
        <label class="chip"><span>before</span><input type="date" :value="date('before')" @change="setDate('before', $event.target.value)"></label>
        <span v-if="tag" class="tag tag-chosen">{{ tag }}<button type="button" :aria-label="'Show all, not only ' + tag" @click="go({tag: ''})" v-html="icons.close"></button></span>
        <span class="grow"></span>
        <label class="sorted"><span class="visually-hidden">Order</span><select v-model="sort" @change="resort"><option value="changed">Last changed</option><option value="created">Newest</option><option value="title">Title</option></select></label>
        <button type="button" class="icon-button" :aria-label="grid ? 'Show as a list' : 'Show as cards'" :title="grid ? 'Show as a list' : 'Show as cards'" @click="regrid" v-html="grid ? icons.rows : icons.grid"></button>
      </div>
    </div>
    <div v-if="chosen.size" class="chosen" role="toolbar" aria-label="Chosen notes">
      <strong>{{ chosen.size }} chosen</strong><button v-if="chosen.size < rows.length" class="quiet-button" @click="rows.forEach((n) => chosen.add(n.id))">All {{ rows.length }} shown</button><span class="grow"></span>
      <template v-if="where === 'trash'"><button class="quiet-button" @click="bulk('restore')">Take back</button></template>
      <template v-else>
        <form class="row" @submit.prevent="tagChosen"><input class="field chosen-tag" v-model="newTag" placeholder="Tag" aria-label="Tag for the chosen notes"><button class="quiet-button" :disabled="!newTag.trim()">Add tag</button></form>
        <button class="quiet-button" @click="bulk(where === 'archive' ? 'unarchive' : 'archive')">{{ where === 'archive' ? 'Out of the archive' : 'Archive' }}</button>
        <button class="quiet-button" @click="exportChosen">Export</button>
        <button class="quiet-button danger" @click="bulk('trash')">Delete</button>
      </template>
      <button class="icon-button" aria-label="Choose none" title="Choose none" @click="chosen.clear()" v-html="icons.close"></button>
    </div>
    <p v-if="problem" class="composer-problem" role="alert">{{ problem }}</p>
    <div v-if="loading && !rows.length" class="notelist-wait" role="status" aria-label="Loading"></div>
    <ul :class="['notes', grid && !compact ? 'notes-grid' : 'notes-rows']">
      <li v-for="n in rows" :key="n.id" v-memo="[n, n.id === current, chosen.has(n.id)]" :class="['note', n.colour && 'note-coloured colour-' + n.colour, {current: n.id === current, chosen: chosen.has(n.id)}]">
        <a :href="'/notes/' + n.id" :aria-current="n.id === current ? 'page' : null">
          <span class="note-title"><span v-if="n.pinned" class="note-pin" role="img" aria-label="Pinned" v-html="icons.pin"></span><span v-if="n.titleHtml" v-html="n.titleHtml"></span><span v-else>{{ n.title || 'Untitled' }}</span></span>
          <span v-if="n.snippet" class="note-excerpt" v-html="n.snippet"></span>
          <span v-else-if="n.excerpt" class="note-excerpt">{{ n.excerpt }}</span>
          <span class="note-foot"><time :datetime="n.updated">{{ when(n.updated) }}</time><span v-for="t in n.tags" :key="t" class="tag">{{ t }}</span></span>
        </a>
        <label v-if="!compact" class="note-choose"><input type="checkbox" :checked="chosen.has(n.id)" :aria-label="'Choose ' + (n.title || 'Untitled')" @change="choose(n.id)"></label>
      </li>
    </ul>
    <div v-if="!loading && !rows.length && !problem" class="notelist-empty">
      <template v-if="asked()"><h2>No note has all this</h2><p class="muted">Try fewer words. "exact words", -without, tag:name and is:pinned work too.</p></template>
      <template v-else-if="where === 'trash'"><h2>The trash is empty</h2><p class="muted">Deleted notes stay here for 30 days.</p></template>
      <template v-else-if="where === 'archive'"><h2>Nothing is archived</h2></template>
      <template v-else-if="tag"><h2>No note has this tag</h2></template>
      <template v-else-if="!compact"><h2>Nothing written yet</h2><p class="muted">A shopping list, a plan, a thousand pages: they stay on this machine.</p><p><a class="main-button" href="/notes/new">Write the first note</a></p></template>
    </div>
    <p v-if="words.trim() && rows.length >= limit" class="muted notelist-end">These are the best {{ limit }}. Another word finds fewer.</p>
    <div ref="more" class="notelist-more" aria-hidden="true"></div>
  </section>`,
  props: { compact: Boolean, current: Number, icons: Object, zone: String, start: Object },
  emits: ["bulk_done"],
  data() {
    return {
      limit: LIMIT, words: this.start.q || "", where: this.start.where || "notes", tag: this.start.tag || "",
      sort: localStorage.getItem("notes:sort") || "changed", grid: localStorage.getItem("notes:grid") === "1",
      rows: [], tags: [], next: null, loading: true, problem: "", chosen: new Set(), newTag: "", templates: [], menu: "",
      chips: [{ token: "is:pinned", label: "Pinned" }, { token: "is:archived", label: "Archived" }],
    };
  },
  computed: {
    heading() {
      return this.tag || { notes: "Notes", archive: "Archive", trash: "Trash" }[this.where];
    },
  },
  mounted() {
    this.seen = new IntersectionObserver((entries) => entries[0].isIntersecting && this.loadMore(), { rootMargin: "600px" });
    this.seen.observe(this.$refs.more);
    this.onShow = (event) => this.go(event.detail);
    this.onClick = () => (this.menu = "");
    addEventListener("notes:show", this.onShow);
    document.addEventListener("click", this.onClick);
    if (!this.compact && matchMedia("(hover: hover)").matches) this.$refs.search.focus();
    if (!this.compact) ask("GET", "/api/notes/tags").then((a) => (this.tags = a.tags || a), () => {});
    if (!this.compact) ask("GET", "/api/notes/templates").then((a) => (this.templates = a.rows || a), () => {});
    this.onHide = () => sessionStorage.setItem("notes:place", JSON.stringify({ at: location.href, count: this.rows.length, top: this.$el.scrollTop }));
    if (!this.compact) addEventListener("pagehide", this.onHide);
    this.load().then(() => this.comeBack());
  },
  unmounted() {
    removeEventListener("pagehide", this.onHide);
    this.seen.disconnect();
    removeEventListener("notes:show", this.onShow);
    document.removeEventListener("click", this.onClick);
  },
  methods: {
    async load() {
      this.asking?.abort();
      const asking = (this.asking = new AbortController());
      this.loading = true;
      try {
        const page = await this.page("", asking.signal);
        this.rows = page.rows;
        this.next = page.next;
        this.problem = "";
      } catch (error) {
        if (error.name === "AbortError") return;
        this.problem = error.message;
      }
      this.loading = false;
      this.$nextTick(() => this.$refs.more?.getBoundingClientRect().top < innerHeight && this.loadMore());
    },
    async page(after, signal, limit = LIMIT) {
      const asked = this.asked();
      if (asked) {
        const found = await ask("GET", `/api/notes/search?limit=${LIMIT}&q=${encodeURIComponent(asked)}`, undefined, { signal });
        const text = (html) => html.replace(/<\/?mark>/g, "");
        return { rows: found.hits.map((h) => ({ ...h, titleHtml: h.title, title: text(h.title) })), next: null };
      }
      const query = new URLSearchParams({ where: this.where, sort: this.sort, limit });
      if (this.tag) query.set("tag", this.tag);
      if (after) query.set("after", after);
      return ask("GET", `/api/notes?${query}`, undefined, { signal });
    },
    // What is typed, without a filter that has only begun.
    asked() {
      const begun = /^(-|"|-?(tag|is|before|after):"?)$/i;
      return this.words.slice(0, 2000).split(/\s+/).filter((word) => word && !begun.test(word)).join(" ").replace(/.+/, (asked) => {
        const here = [this.tag && `tag:"${this.tag}"`, this.where === "archive" && "is:archived"].filter(Boolean);
        return [...here, asked].join(" ");
      });
    },
    async loadMore() {
      if (!this.next || this.loading || this.more) return;
      this.more = true;
      const { asking } = this;
      try {
        const page = await this.page(this.next, asking.signal);
        const known = new Set(this.rows.map((n) => n.id));
        this.rows = [...this.rows, ...page.rows.filter((n) => !known.has(n.id))];
        this.next = page.next;
      } catch (error) {
        if (error.name !== "AbortError") this.problem = error.message;
      }
      this.more = false;
      // The watcher speaks only when the end comes into view, and it may still be there.
      this.$nextTick(() => this.$refs.more?.getBoundingClientRect().top < innerHeight + 600 && this.loadMore());
    },
    // Back from a note: as far down the list as before.
    async comeBack() {
      const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
      const place = back && !this.compact && JSON.parse(sessionStorage.getItem("notes:place"));
      if (!place || place.at !== location.href) return;
      while (this.next && this.rows.length < place.count) {
        const page = await this.page(this.next, undefined, Math.min(200, place.count - this.rows.length + LIMIT)).catch(() => null);
        if (!page) break;
        this.rows = [...this.rows, ...page.rows];
        this.next = page.next;
      }
      this.$nextTick(() => (this.$el.scrollTop = place.top));
    },
    // From the server: something changed; what is on the screen is read again, not all that was scrolled.
    changed() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.refresh(), 250);
    },
    async refresh() {
      if (this.asked() || this.rows.length <= LIMIT) return this.load();
      try {
        const page = await this.page("", undefined, Math.min(200, this.rows.length));
        const fresh = new Set(page.rows.map((n) => n.id));
        this.rows = [...page.rows, ...this.rows.slice(page.rows.length).filter((n) => !fresh.has(n.id))];
      } catch {
        // The next change, or the next visit, shows it.
      }
    },
    typed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.address();
        this.load();
      }, PAUSE);
    },
    address() {
      if (this.compact) return;
      const query = new URLSearchParams();
      if (this.words) query.set("q", this.words.slice(0, 1000));
      if (this.where !== "notes") query.set("where", this.where);
      if (this.tag) query.set("tag", this.tag);
      history.replaceState(null, "", "/notes" + (query.size ? "?" + query : ""));
    },
    go(to) {
      Object.assign(this, { words: "", where: "notes", tag: "", ...to });
      this.chosen.clear();
      this.address();
      this.load();
    },
    toFirst() {
      this.$el.querySelector(".note > a")?.focus();
    },
    has(token) {
      return this.words.split(/\s+/).includes(token);
    },
    toggle(token) {
      const rest = this.words.split(/\s+/).filter((word) => word && word !== token);
      this.words = (this.has(token) ? rest : [...rest, token]).join(" ");
      if (this.words && !this.words.endsWith(" ")) this.words += " ";
      this.typed();
    },
    addTagFilter(event) {
      const name = event.target.value;
      event.target.value = "";
      if (!name) return;
      this.words = [this.words.trim(), /\s/.test(name) ? `tag:"${name}"` : `tag:${name}`].filter(Boolean).join(" ") + " ";
      this.typed();
    },
    date(name) {
      return new RegExp(`(?:^|\\s)${name}:(\\d{4}-\\d\\d-\\d\\d)`).exec(this.words)?.[1] || "";
    },
    setDate(name, value) {
      const rest = this.words.split(/\s+/).filter((word) => word && !word.startsWith(name + ":"));
      this.words = [...rest, ...(value ? [`${name}:${value}`] : [])].join(" ") + " ";
      this.typed();
    },
    resort() {
      localStorage.setItem("notes:sort", this.sort);
      this.load();
    },
    regrid() {
      this.grid = !this.grid;
      localStorage.setItem("notes:grid", this.grid ? "1" : "0");
    },
    choose(id) {
      if (!this.chosen.delete(id)) this.chosen.add(id);
    },
    async bulk(action, more = {}) {
      const ids = [...this.chosen];
      try {
        const { count } = await ask("POST", "/api/notes/bulk", { ids, action, tags: [], ...more });
        this.chosen.clear();
        this.$emit("bulk_done", { action, ids, count });
        this.load();
      } catch (error) {
        this.problem = error.message;
      }
    },
    async tagChosen() {
      const tags = this.newTag.split(",").map((t) => t.trim()).filter(Boolean);
      await this.bulk("tag", { tags });
      this.newTag = "";
    },
    exportChosen() {
      location.href = "/notes/export?ids=" + [...this.chosen].join(",");
    },
    async emptyTrash() {
      if (!window.confirm("Delete everything in the trash for good? This cannot be undone.")) return;
      await ask("POST", "/api/notes/trash/empty").catch((error) => (this.problem = error.message));
      this.load();
    },
    async fromTemplate(template) {
      try {
        const note = await ask("GET", `/api/notes/${template.id}`);
        const tags = note.tags.filter((t) => t.toLowerCase() !== "template");
        const key = crypto.randomUUID?.() || String(Math.random());
        const made = await ask("POST", "/api/notes", { text: note.text, title: "", tags, key });
        location.href = `/notes/${made.id}`;
      } catch (error) {
        this.problem = error.message;
      }
    },
    when(instant) {
      const then = new Date(instant);
      const [day, today] = [this.form({}, "en-CA").format(then), this.form({}, "en-CA").format(new Date())];
      if (day === today) return this.form({ hour: "2-digit", minute: "2-digit" }).format(then);
      const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" };
      return this.form({ day: "numeric", month: "short", ...year }).format(then);
    },
    // Making one takes as long as drawing a whole row.
    form(options, language = "en-GB") {
      const key = language + JSON.stringify(options);
      this.forms ||= new Map();
      if (!this.forms.has(key)) this.forms.set(key, new Intl.DateTimeFormat(language, { timeZone: this.zone, ...options }));
      return this.forms.get(key);
    },
  },
};
