import { ask } from "/static/api.js";
import { Month } from "/static/reminders/month.js";
import { dayKey, dayName, interval, leadWords, moment, clock, plural, PRIORITIES, STOPPING, wall } from "/static/reminders/words.js";

const PAUSE = 150; // ms after a key until the sentence is read
const PIECE = 50; // rows of a list at a time
const AHEAD = 31; // days that the agenda shows at a time
const VIEWS = [["today", "Today"], ["coming", "Coming"], ["overdue", "Overdue"], ["someday", "Someday"], ["agenda", "Agenda"], ["calendar", "Calendar"], ["done", "Done"]];
const EMPTY = {
  today: ["Nothing today", "Say what and when above: “every weekday 8:30 stand-up” works as well."],
  coming: ["Nothing is coming", "What you set for tomorrow and later stands here."],
  overdue: ["Nothing is overdue", "What rang and was not done stands here."],
  someday: ["Nothing for someday", "Say something without a time, and it waits here."],
  agenda: ["Nothing in these days", "Repeating reminders stand here on each of their days."],
  done: ["Nothing done yet", "What you tick off stands here."],
};

export default {
  components: { Month },
  emits: ["open"],
  template: `
  <section class="reminders" aria-label="Reminders">
    <h1 class="visually-hidden">Reminders</h1>
    <form class="say" @submit.prevent="add">
      <div class="say-row">
        <input ref="say" class="field say-field" v-model="sentence" placeholder="call mum tomorrow at 9" aria-label="Remind me" aria-describedby="say-read" maxlength="10001" autocomplete="off" enterkeyhint="done" @input="typed">
        <button class="main-button" :disabled="!sentence.trim()"><span v-html="icons.plus"></span>Add</button>
        <button type="button" class="quiet-button" @click="details">Details</button>
      </div>
      <div id="say-read" class="say-read" role="status">
        <template v-if="reading && sentence.trim()">
          <p v-if="reading.text || reading.local"><strong>{{ reading.text || '…' }}</strong><span v-if="reading.local"> · {{ wall(reading.local) }}</span><span v-else-if="!reading.problems.some(stopping)"> · someday</span><span v-if="reading.words"> · {{ reading.words }}</span><span v-if="reading.after_done"> · again {{ interval(reading.after_done) }} after it is done</span><span v-if="reading.zone !== zone"> · {{ reading.zone }}</span><span v-if="leadWords(reading.leads)"> · rings {{ leadWords(reading.leads) }}</span></p>
          <p v-if="reading.next.length > 1" class="muted">Next: {{ reading.next.map((at) => moment(at, zone)).join(' · ') }}</p>
          <p v-for="p in reading.problems.filter((each) => each.sentence !== problem)" :key="p.sentence" :class="stopping(p) ? 'form-error' : 'say-assumed'">{{ p.sentence }}</p>
        </template>
        <p v-if="problem" class="form-error" role="alert">{{ problem }}</p>
      </div>
    </form>
    <div class="chips" role="group" aria-label="Views">
      <button v-for="v in views" :key="v[0]" type="button" class="chip" :aria-pressed="view === v[0]" @click="show(v[0])">{{ v[1] }}<span v-if="v[0] === 'overdue' && overdue" class="chip-count">{{ overdue }}</span></button>
      <span class="grow"></span>
      <a class="icon-button" href="/reminders/options" aria-label="Ringing and calendars" title="Ringing and calendars" v-html="icons.sliders"></a>
    </div>
    <div v-if="listing && (rows.length || filtered || selecting)" class="reminders-filters">
      <input type="search" class="field reminders-search" v-model="words" placeholder="Search" aria-label="Search reminders" @input="search">
      <select v-if="tags.length || tag" class="field" v-model="tag" aria-label="Tag" @change="load"><option value="">All tags</option><option v-for="t in tags" :key="t" :value="t">{{ t }}</option></select>
      <select class="field" v-model="priority" aria-label="Priority" @change="load"><option value="">Any priority</option><option v-for="(p, i) in priorities" :key="p" :value="i">{{ i ? p + ' priority' : 'No priority' }}</option></select>
      <span class="grow"></span>
      <button v-if="rows.length || selecting" type="button" class="quiet-button" :aria-pressed="selecting" @click="select(!selecting)">{{ selecting ? 'Stop selecting' : 'Select' }}</button>
    </div>
    <Month v-if="view === 'calendar'" ref="month" :icons="icons" :zone="zone" @open="openId" @add="$emit('open', [0, 'on ' + $event + ' at 9:00'])" @drop="drop"></Month>
    <template v-else>
      <section v-for="group in groups" :key="group.key" :class="['day-group', {over: over === group.key}]" :aria-label="group.title" @dragover="dragOver($event, group.key)" @dragleave="over = ''" @drop.prevent="dropOn(group.key)">
        <h2>{{ group.title }}</h2>
        <ul class="reminder-list">
          <li v-for="r in group.items" :key="r.key" :class="['reminder', 'priority-' + r.priority, {done: r.done, selected: chosen.has(r.id)}]" :draggable="movable(r)" @dragstart="drag($event, r)" @dragend="over = ''">
            <input v-if="selecting" type="checkbox" class="choose" :checked="chosen.has(r.id)" :aria-label="'Select ' + r.text" @click="choose($event, r)">
            <button v-else-if="!r.occurrence" type="button" class="tick" :aria-label="(r.done ? 'Not done after all: ' : 'Done: ') + r.text" @click="tick(r)" v-html="r.done ? icons.check : ''"></button>
            <button type="button" class="reminder-text" @click="selecting ? choose($event, r) : openId(r.id)"><span class="title">{{ r.text }}</span><span class="note-foot"><time v-if="r.at" :class="{overdue: isOver(r)}">{{ when(r) }}</time><span v-if="r.snoozed">snoozed until {{ moment(r.snoozed, zone) }}</span><span v-if="r.words">{{ r.words }}</span><span v-else-if="r.repeats">repeats</span><span v-if="r.after_done">{{ interval(r.after_done) }} after done</span><span v-for="t in r.tags" :key="t" class="tag">{{ t }}</span></span></button>
            <a v-if="r.link && !selecting" class="icon-button" :href="r.link.address" :aria-label="'Open ' + r.link.title" :title="r.link.title" v-html="icons[r.link.kind === 'note' ? 'notes' : 'chat']"></a>
            <button v-if="!r.occurrence && !selecting" type="button" class="icon-button" :aria-label="'Delete ' + r.text" title="Delete" @click="remove([r.id], r.text)" v-html="icons.trash"></button>
          </li>
        </ul>
      </section>
      <div v-if="unread" class="notelist-empty"><h2>The reminders could not be read</h2><p class="muted">{{ unread }}</p><button type="button" class="quiet-button" @click="load">Try again</button></div>
      <div v-else-if="!loaded" class="list-loading" aria-hidden="true"></div>
      <div v-else-if="!groups.length" class="notelist-empty"><h2>{{ filtered ? 'Nothing fits' : empty[0] }}</h2><p class="muted">{{ filtered ? 'Try fewer words, or another view.' : empty[1] }}</p><button v-if="filtered" type="button" class="quiet-button" @click="clearFilters">Clear the search and filters</button></div>
      <button v-if="next || view === 'agenda'" type="button" class="quiet-button" @click="loadMore">{{ view === 'agenda' ? 'Show later days' : 'Show more' }}</button>
    </template>
    <p v-if="!selecting" class="reminders-foot muted"><a href="/reminders/options">Ringing and calendars</a>: notifications, other devices, your calendar app, import.</p>
    <form v-if="selecting" class="reminders-bar" aria-label="With what is selected" @submit.prevent>
      <strong class="grow">{{ plural(chosen.size, 'reminder') }}</strong>
      <button type="button" class="quiet-button" @click="chooseAll">{{ chosen.size && chosen.size === rows.length ? 'None' : 'All' }}</button>
      <button type="button" class="quiet-button" :disabled="!chosen.size" @click="several(view === 'done' ? 'undone' : 'done')">{{ view === 'done' ? 'Not done' : 'Done' }}</button>
      <label class="quiet-button date-button" :class="{disabled: !chosen.size}">Move to <input type="date" :min="today" :disabled="!chosen.size" aria-label="Move to this day" @change="moveTo($event.target)"></label>
      <input class="field bar-tag" v-model="newTag" placeholder="Add a tag" aria-label="Add a tag" list="bar-tags" maxlength="100" :disabled="!chosen.size" @keydown.enter.prevent="addTag" @change="addTag"><datalist id="bar-tags"><option v-for="t in tags" :key="t" :value="t"></option></datalist>
      <select class="field bar-priority" aria-label="Set the priority" :disabled="!chosen.size" @change="setPriority($event.target)"><option value="">Priority</option><option v-for="(p, i) in priorities" :key="p" :value="i">{{ p }}</option></select>
      <button type="button" class="quiet-button danger" :disabled="!chosen.size" @click="remove([...chosen])">Delete</button>
    </form>
    <p v-if="gone" :class="['reminders-undo', {'form-error': gone.bad}]" :role="gone.bad ? 'alert' : 'status'"><span class="grow">{{ gone.words }}</span><button v-if="gone.back" type="button" class="quiet-button" @click="undo">{{ gone.label || 'Undo' }}</button><button type="button" class="icon-button" aria-label="Dismiss" @click="gone = null" v-html="icons.close"></button></p>
  </section>`,
  props: { icons: Object, user: Number, zone: String, start: String },
  data() {
    return {
      sentence: "", reading: null, problem: "", view: this.start, words: "", tag: "", priority: "", tags: [], rows: [], next: null, loaded: false, unread: "",
      gone: null, overdue: 0, over: "", dragged: null, selecting: false, chosen: new Set(), newTag: "", days: AHEAD, found: [], views: VIEWS, priorities: PRIORITIES,
    };
  },
  computed: {
    // Where this browser keeps the sentence that is being typed.
    draft() {
      return `reminders:sentence:${this.user}`;
    },
    today() {
      return dayKey(Date.now(), this.zone);
    },
    listing() {
      return !["calendar", "agenda"].includes(this.view);
    },
    filtered() {
      return this.listing && Boolean(this.words.trim() || this.tag || this.priority !== "");
    },
    empty() {
      return EMPTY[this.view];
    },
    groups() {
      const groups = new Map();
      const items = this.view === "agenda" ? this.found.map(this.occurring) : this.rows.map(this.listed);
      for (const item of items) {
        if (!groups.has(item.day)) groups.set(item.day, []);
        groups.get(item.day).push(item);
      }
      return [...groups].map(([key, inside]) => ({ key, items: inside, title: key === "someday" ? "Someday" : dayName(key, this.zone) }));
    },
  },
  mounted() {
    if (!VIEWS.some((v) => v[0] === this.view)) this.view = "today";
    this.onTold = (event) => this.told(event.detail);
    addEventListener("reminders:told", this.onTold);
    if (matchMedia("(hover: hover)").matches) this.$refs.say.focus();
    this.show(this.view);
    this.sentence = localStorage.getItem(this.draft) || "";
    if (this.sentence) this.read();
  },
  unmounted() {
    clearTimeout(this.timer);
    removeEventListener("reminders:told", this.onTold);
  },
  methods: {
    wall, moment, interval, leadWords, plural,
    stopping: (problem) => STOPPING.includes(problem.kind),
    // The one field
    typed() {
      clearTimeout(this.timer);
      this.problem = "";
      localStorage.setItem(this.draft, this.sentence);
      this.timer = setTimeout(() => this.read(), PAUSE);
    },
    async read() {
      this.asking?.abort();
      this.asking = new AbortController();
      if (!this.sentence.trim()) return (this.reading = null);
      try {
        this.reading = await ask("POST", "/api/reminders/understand", { sentence: this.sentence }, { signal: this.asking.signal });
      } catch (error) {
        if (error.name !== "AbortError") Object.assign(this, { problem: error.message, reading: null });
        return null;
      }
      return this.reading;
    },
    async add() {
      clearTimeout(this.timer);
      const said = this.sentence;
      const reading = await this.read();
      if (!reading || said !== this.sentence) return;
      const stop = reading.problems.find(this.stopping);
      if (stop) return (this.problem = stop.sentence);
      const { text, local, zone, rule, after_done, leads } = reading;
      try {
        const row = await ask("POST", "/api/reminders", { text, local, zone, rule, after_done, leads });
        this.said();
        dispatchEvent(new CustomEvent("reminders:set"));
        this.saved(row, true);
      } catch (error) {
        this.problem = error.message;
      }
    },
    // The sentence is kept now, and the field is empty again.
    said() {
      Object.assign(this, { sentence: "", reading: null, problem: "" });
      localStorage.removeItem(this.draft);
    },
    details() {
      this.$emit("open", [0, this.sentence]);
    },
    // Views and lists
    show(view) {
      this.view = view;
      this.select(false);
      history.replaceState(null, "", view === "today" ? "/reminders" : `/reminders?view=${view}`);
      Object.assign(this, { rows: [], found: [], next: null, loaded: false, unread: "", days: AHEAD });
      this.load();
      this.loadTags();
      this.$nextTick(() => this.$el.querySelector(".chip[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "center" }));
    },
    clearFilters() {
      Object.assign(this, { words: "", tag: "", priority: "" });
      this.load();
    },
    search() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), 100);
    },
    told(detail) {
      this.overdue = detail?.overdue || 0;
      if (this.dragged) return;
      this.load();
    },
    address(limit, after) {
      const query = new URLSearchParams({ view: this.view, q: this.words, tag: this.tag, limit });
      if (this.priority !== "") query.set("priority", this.priority);
      if (after) query.set("after", after);
      return `/api/reminders?${query}`;
    },
    async load() {
      if (this.view === "calendar") return this.$refs.month?.load();
      const view = this.view;
      try {
        if (view === "agenda") {
          const start = new Date(Date.now() - 864e5).toISOString();
          const end = new Date(Date.now() + this.days * 864e5).toISOString();
          const found = await ask("GET", `/api/reminders/between?start=${start}&end=${end}`);
          if (view === this.view) this.found = found.filter((one) => one.wall.slice(0, 10) >= this.today);
        } else {
          const asked = this.address(Math.min(200, Math.max(PIECE, this.rows.length)));
          const page = await ask("GET", asked);
          if (view !== this.view || asked.split("&limit")[0] !== this.address(0).split("&limit")[0]) return;
          Object.assign(this, { rows: page.rows, next: page.next });
          this.chosen = new Set([...this.chosen].filter((id) => page.rows.some((row) => row.id === id)));
        }
        Object.assign(this, { loaded: true, unread: "" });
      } catch (error) {
        // What is shown stays; only where nothing is yet, it is said in its place.
        if (!this.loaded) this.unread = error.message;
      }
    },
    async loadTags() {
      this.tags = await ask("GET", "/api/reminders/tags").catch(() => this.tags);
    },
    async loadMore() {
      if (this.view === "agenda") {
        this.days = Math.min(365, this.days + AHEAD);
        return this.load();
      }
      const page = await ask("GET", this.address(PIECE, this.next)).catch((error) => ((this.problem = error.message), null));
      if (!page) return;
      const known = new Set(this.rows.map((row) => row.id));
      this.rows = [...this.rows, ...page.rows.filter((row) => !known.has(row.id))];
      this.next = page.next;
    },
    listed(row) {
      const day = this.view === "someday" ? "someday" : dayKey(this.view === "done" ? row.done : row.at, this.zone);
      return { ...row, key: row.id, day, done: row.state === "done" };
    },
    occurring(one) {
      return { id: one.reminder, key: one.reminder + one.at, day: one.wall.slice(0, 10), text: one.text, priority: one.priority, at: one.at, repeats: one.repeats, done: one.done, occurrence: one.at };
    },
    when(row) {
      return this.view === "done" ? moment(row.at, this.zone) : clock(row.at, this.zone);
    },
    isOver(row) {
      return !row.done && !row.snoozed && row.at && new Date(row.at) < new Date();
    },
    // What is done with them, each with a way back
    async act(words, work, back) {
      try {
        const result = await work();
        const said = typeof words === "function" ? words(result) : words;
        this.gone = said ? { words: said, back: back && (() => back(result)) } : null;
        this.load();
        return true;
      } catch (error) {
        this.gone = { words: error.message, bad: true };
        this.load();
        return false;
      }
    },
    bulk(action, ids, more) {
      return ask("POST", "/api/reminders/bulk", { action, ids, ...more });
    },
    saved(row, fresh) {
      if (fresh) this.said();
      const when = row.at ? moment(row.at, this.zone) : "someday";
      this.act(`${fresh ? "Set" : "Saved"}: “${row.text}”, ${when}.`, async () => row, fresh ? () => ask("DELETE", `/api/reminders/${row.id}`) : null);
      this.loadTags();
    },
    tick(row) {
      const path = `/api/reminders/${row.id}`;
      if (row.done) return this.act(`“${row.text}” is not done after all.`, () => ask("POST", `${path}/undone`), () => ask("POST", `${path}/done`));
      const told = (now) => (now.state === "done" ? `“${row.text}” is done.` : `“${row.text}” is done for now; it comes again ${moment(now.at, this.zone)}.`);
      return this.act(told, () => ask("POST", `${path}/done`, row.at ? { occurrence: row.at } : undefined), () => ask("POST", `${path}/undone`));
    },
    async remove(ids, text) {
      const words = ids.length === 1 && text ? `“${text}” was deleted.` : `${plural(ids.length, "reminder")} deleted.`;
      if (await this.act(words, () => this.bulk("delete", ids), () => this.bulk("restore", ids))) this.chosen = new Set();
    },
    several(action) {
      const ids = [...this.chosen];
      const words = `${plural(ids.length, "reminder")} ${action === "done" ? "done" : "not done after all"}.`;
      const occurrences = Object.fromEntries(this.rows.filter((row) => this.chosen.has(row.id) && row.at).map((row) => [row.id, row.at]));
      this.act(words, () => this.bulk(action, ids, { occurrences }), () => this.bulk(action === "done" ? "undone" : "done", ids));
    },
    moveTo(input) {
      const day = input.value;
      const ids = [...this.chosen];
      input.value = "";
      if (day) this.act(`${plural(ids.length, "reminder")} moved to ${dayName(day, this.zone)}.`, () => this.bulk("move", ids, { day }), (moved) => this.bulk("move_back", [], { back: moved.back }));
    },
    async addTag() {
      const tag = this.newTag.trim();
      const ids = [...this.chosen];
      if (!tag || !ids.length) return;
      this.newTag = "";
      if (await this.act(`${plural(ids.length, "reminder")} tagged “${tag}”.`, () => this.bulk("tag", ids, { tag }), ({ changed }) => changed.length && this.bulk("untag", changed, { tag }))) this.loadTags();
    },
    setPriority(input) {
      const priority = +input.value;
      const ids = [...this.chosen];
      const before = this.rows.filter((row) => this.chosen.has(row.id));
      if (input.value === "") return;
      input.value = "";
      const back = async () => {
        for (const each of new Set(before.map((row) => row.priority))) await this.bulk("priority", before.filter((row) => row.priority === each).map((row) => row.id), { priority: each });
      };
      this.act(`${plural(ids.length, "reminder")} changed.`, () => this.bulk("priority", ids, { priority }), back);
    },
    undo() {
      const { back, label } = this.gone;
      this.gone = null;
      if (label) back();
      else this.act("", back);
    },
    // Selecting
    select(on) {
      this.selecting = on;
      this.chosen = new Set();
      this.last = 0;
    },
    choose(event, row) {
      const chosen = new Set(this.chosen);
      const at = this.rows.findIndex((each) => each.id === row.id);
      const from = event.shiftKey && this.last ? this.rows.findIndex((each) => each.id === this.last) : at;
      const on = !chosen.has(row.id);
      for (const each of this.rows.slice(Math.min(at, from < 0 ? at : from), Math.max(at, from) + 1)) on ? chosen.add(each.id) : chosen.delete(each.id);
      this.last = row.id;
      this.chosen = chosen;
    },
    chooseAll() {
      this.chosen = this.chosen.size === this.rows.length ? new Set() : new Set(this.rows.map((row) => row.id));
    },
    // Dragging to another day
    movable(row) {
      return this.view !== "done" && !row.done && !this.selecting;
    },
    drag(event, row) {
      this.dragged = { id: row.id, text: row.text, occurrence: row.occurrence, day: row.day };
      event.dataTransfer.setData("text/plain", row.text);
      event.dataTransfer.effectAllowed = "move";
    },
    dragOver(event, key) {
      if (!this.dragged || key < this.today || key === "someday") return;
      event.preventDefault();
      this.over = key;
    },
    dropOn(key) {
      const one = this.dragged;
      this.over = "";
      this.dragged = null;
      if (one && one.day !== key) this.drop(one, key);
    },
    drop(one, day) {
      const body = { day, ...(one.occurrence && { occurrence: one.occurrence }) };
      this.act(`“${one.text}” moved to ${dayName(day, this.zone)}.`, () => ask("POST", `/api/reminders/${one.id}/move`, body), (moved) => this.bulk("move_back", [], { back: [moved] }));
    },
    openId(id) {
      this.$emit("open", [id, ""]);
    },
  },
};
