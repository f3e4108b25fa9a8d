import { ask } from "/static/api.js";

const PAUSE = 150; // ms after a key until the sentence is read
const LEADS = [[0, "At the time"], [10, "10 minutes before"], [60, "An hour before"], [1440, "The day before"], [10080, "A week before"]];
const REPEATS = [
  ["", "Never"], ["FREQ=DAILY", "Every day"], ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"], ["FREQ=WEEKLY", "Every week"],
  ["FREQ=WEEKLY;INTERVAL=2", "Every second week"], ["FREQ=MONTHLY", "Every month"], ["FREQ=MONTHLY;BYMONTHDAY=-1", "Last day of the month"], ["FREQ=YEARLY", "Every year"],
];

export default {
  template: `
  <section class="reminders" aria-label="Reminders">
    <h1 class="visually-hidden">Reminders</h1>
    <form class="say" @submit.prevent="add">
      <div class="say-row">
        <input ref="say" class="field say-field" v-model="sentence" placeholder="call mum tomorrow at 9" aria-label="Remind me" aria-describedby="say-read" maxlength="10001" autocomplete="off" @input="typed">
        <button class="main-button" :disabled="!sentence.trim()"><span v-html="icons.plus"></span>Add</button>
        <button type="button" class="quiet-button" @click="openForm(null)">Details</button>
      </div>
      <div id="say-read" class="say-read" role="status">
        <template v-if="reading && sentence.trim()">
          <p v-if="reading.text || reading.local"><strong>{{ reading.text || '…' }}</strong><span v-if="reading.local"> · {{ wall(reading.local) }}</span><span v-else> · someday</span><span v-if="reading.words"> · {{ reading.words }}</span><span v-if="reading.after_done"> · again {{ interval(reading.after_done) }} after it is done</span><span v-if="reading.zone !== zone"> · {{ reading.zone }}</span><span v-if="leadWords(reading.leads)"> · rings {{ leadWords(reading.leads) }}</span></p>
          <p v-if="reading.next.length > 1" class="muted">Next: {{ reading.next.map(day).join(' · ') }}</p>
          <p v-for="p in reading.problems" :key="p.sentence" :class="['past', 'impossible', 'no_text', 'too_long', 'unknown_zone'].includes(p.kind) ? 'form-error' : 'say-assumed'">{{ p.sentence }}</p>
        </template>
        <p v-if="problem" class="form-error" role="alert">{{ problem }}</p>
      </div>
    </form>
    <div class="chips" role="group" aria-label="Views">
      <button v-for="v in views" :key="v[0]" type="button" class="chip" :aria-pressed="view === v[0]" @click="show(v[0])">{{ v[1] }}</button>
      <span class="grow"></span>
      <input v-if="view !== 'calendar'" type="search" class="field reminders-search" v-model="words" placeholder="Search" aria-label="Search reminders" @input="search">
    </div>
    <div v-if="view === 'calendar'" class="calendar">
      <div class="row"><button type="button" class="icon-button" aria-label="The month before" @click="turn(-1)" v-html="icons.back"></button><h2 class="grow">{{ monthName }}</h2><button type="button" class="icon-button" aria-label="The month after" @click="turn(1)" v-html="icons.forward"></button></div>
      <div class="calendar-days" role="grid" :aria-label="monthName">
        <div class="calendar-week calendar-head" role="row"><span v-for="d in ['Mon','Tue','Wed','Thu','Fri','Sat','Sun']" :key="d" role="columnheader">{{ d }}</span></div>
        <div v-for="(week, w) in weeks" :key="w" class="calendar-week" role="row">
          <div v-for="d in week" :key="d.key" role="gridcell" :class="['calendar-day', {other: d.other, today: d.key === today}]" @dragover.prevent @drop.prevent="dropOn(d.key)">
            <span class="calendar-number">{{ d.number }}</span>
            <button v-for="o in d.items.slice(0, 4)" :key="o.reminder + o.at" type="button" :class="['calendar-item', {done: o.done}]" draggable="true" :title="o.text" @dragstart="dragged = o.reminder" @click="openId(o.reminder)">{{ o.wall.slice(11, 16) }} {{ o.text }}</button>
            <span v-if="d.items.length > 4" class="muted">and {{ d.items.length - 4 }} more</span>
          </div>
        </div>
      </div>
    </div>
    <template v-else>
      <section v-for="group in groups" :key="group.title" class="day-group" :aria-label="group.title">
        <h2>{{ group.title }}</h2>
        <ul class="reminder-list">
          <li v-for="r in group.items" :key="r.id" :class="['reminder', 'priority-' + r.priority, {done: r.state === 'done'}]">
            <button type="button" class="tick" :aria-label="(r.state === 'done' ? 'Not done after all: ' : 'Done: ') + r.text" @click="tick(r)" v-html="r.state === 'done' ? icons.check : ''"></button>
            <button type="button" class="reminder-text" @click="openForm(r)"><span class="title">{{ r.text }}</span><span class="note-foot"><time v-if="r.at" :class="{overdue: isOver(r)}">{{ day(r.at) }}</time><span v-if="r.words">{{ r.words }}</span><span v-if="r.after_done">{{ interval(r.after_done) }} after done</span><span v-for="t in r.tags" :key="t" class="tag">{{ t }}</span></span></button>
            <button type="button" class="icon-button" :aria-label="'Delete ' + r.text" title="Delete" @click="remove(r)" v-html="icons.trash"></button>
          </li>
        </ul>
      </section>
      <div v-if="!rows.length && loaded" class="notelist-empty"><h2>{{ emptyWords }}</h2><p v-if="view === 'today'" class="muted">Say what and when above: “every weekday 8:30 stand-up” works as well.</p></div>
      <button v-if="next" type="button" class="quiet-button" @click="loadMore">Show more</button>
    </template>
    <p v-if="gone" class="reminders-undo" role="status"><span class="grow">“{{ gone.text }}” {{ gone.what }}.</span><button type="button" class="quiet-button" @click="undo">Undo</button></p>
    <p class="reminders-foot"><label><input type="checkbox" :checked="sound" @change="setSound"> Ring with a sound in this browser</label><button v-if="canNotify" type="button" class="quiet-button" @click="allow">Show notifications</button></p>

    <dialog ref="form" class="history" aria-labelledby="form-title">
      <form v-if="form" @submit.prevent="save">
        <h2 id="form-title">{{ form.id ? 'Reminder' : 'New reminder' }}</h2>
        <p v-if="formProblem" class="composer-problem" role="alert">{{ formProblem }}</p>
        <div class="form-grid">
          <label class="wide">Remind me of<input class="field" v-model="form.text" maxlength="500" required></label>
          <label>Day<input class="field" type="date" v-model="form.day"></label>
          <label>Time<input class="field" type="time" v-model="form.time"></label>
          <label>Repeats<select class="field" v-model="form.rule"><option v-for="r in repeats" :key="r[0]" :value="r[0]">{{ r[1] }}</option></select></label>
          <label>Rings<select class="field" v-model="form.lead"><option v-for="l in leads" :key="l[0]" :value="l[0]">{{ l[1] }}</option></select></label>
          <label>Zone<input class="field" v-model="form.zone"></label>
          <label>Priority<select class="field" v-model.number="form.priority"><option :value="0">None</option><option :value="1">Low</option><option :value="2">Middle</option><option :value="3">High</option></select></label>
          <label class="wide">Tags<input class="field" v-model="form.tags" placeholder="with commas between"></label>
          <label class="wide">Note<textarea class="field" v-model="form.note" rows="3" maxlength="10000"></textarea></label>
        </div>
        <details v-if="form.id" @toggle="loadHistory"><summary>What rang when</summary><ul class="history-list"><li v-for="(h, i) in past" :key="i">{{ day(h.occurrence) }} · {{ h.state }}</li><li v-if="!past.length" class="muted">Nothing yet.</li></ul></details>
        <div class="row-end"><button type="button" class="quiet-button" @click="$refs.form.close()">Cancel</button><button class="main-button">Save</button></div>
      </form>
    </dialog>
  </section>`,
  props: { icons: Object, zone: String, start: String, opened: Number },
  data() {
    return {
      sentence: "", reading: null, problem: "", view: this.start, words: "", rows: [], next: null, loaded: false, gone: null,
      form: null, formProblem: "", past: [], month: null, found: [], dragged: 0, sound: localStorage.getItem("reminders:sound") === "1",
      canNotify: "Notification" in window && Notification.permission === "default", leads: LEADS,
      views: [["today", "Today"], ["coming", "Coming"], ["overdue", "Overdue"], ["someday", "Someday"], ["done", "Done"], ["calendar", "Calendar"]],
    };
  },
  computed: {
    repeats() {
      const own = this.form?.rule;
      return REPEATS.some((r) => r[0] === own) ? REPEATS : [...REPEATS, [own, this.form.words || own]];
    },
    today() {
      return this.key(new Date());
    },
    groups() {
      const groups = new Map();
      for (const r of this.rows) {
        const title = this.view === "someday" ? "Someday" : this.view === "done" ? this.dayName(r.done) : this.dayName(r.at);
        if (!groups.has(title)) groups.set(title, []);
        groups.get(title).push(r);
      }
      return [...groups].map(([title, items]) => ({ title, items }));
    },
    emptyWords() {
      return { today: "Nothing today", coming: "Nothing is coming", overdue: "Nothing is overdue", someday: "Nothing for someday", done: "Nothing done yet" }[this.view];
    },
    monthName() {
      return this.month && new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(this.month);
    },
    weeks() {
      if (!this.month) return [];
      const first = new Date(this.month);
      first.setUTCDate(1 - ((first.getUTCDay() + 6) % 7));
      const byDay = new Map();
      for (const o of this.found) byDay.set(o.wall.slice(0, 10), [...(byDay.get(o.wall.slice(0, 10)) || []), o]);
      return Array.from({ length: 6 }, (_, w) => Array.from({ length: 7 }, (_, d) => {
        const day = new Date(first);
        day.setUTCDate(first.getUTCDate() + w * 7 + d);
        const key = day.toISOString().slice(0, 10);
        return { key, number: day.getUTCDate(), other: day.getUTCMonth() !== this.month.getUTCMonth(), items: byDay.get(key) || [] };
      }));
    },
  },
  mounted() {
    if (!this.views.some((v) => v[0] === this.view)) this.view = "today";
    this.onTold = () => this.load();
    addEventListener("reminders:told", this.onTold);
    if (matchMedia("(hover: hover)").matches) this.$refs.say.focus();
    this.show(this.view);
    if (this.opened) this.openId(this.opened);
  },
  unmounted() {
    removeEventListener("reminders:told", this.onTold);
  },
  methods: {
    typed() {
      clearTimeout(this.timer);
      this.problem = "";
      this.timer = setTimeout(() => this.read(), PAUSE);
    },
    async read() {
      this.asking?.abort();
      this.asking = new AbortController();
      if (!this.sentence.trim()) return (this.reading = null);
      try {
        this.reading = await ask("POST", "/api/reminders/understand", { sentence: this.sentence }, { signal: this.asking.signal });
      } catch (error) {
        if (error.name !== "AbortError") this.problem = error.message;
      }
      return this.reading;
    },
    async add() {
      clearTimeout(this.timer);
      const said = this.sentence;
      const reading = await this.read();
      if (!reading || said !== this.sentence) return;
      const stop = reading.problems.find((p) => ["past", "impossible", "no_text", "too_long", "unknown_zone"].includes(p.kind));
      if (stop) return (this.problem = stop.sentence);
      const { text, local, zone, rule, after_done, leads } = reading;
      try {
        await ask("POST", "/api/reminders", { text, local, zone, rule, after_done, leads });
        this.sentence = "";
        this.reading = null;
        this.load();
      } catch (error) {
        this.problem = error.message;
      }
    },
    show(view) {
      this.view = view;
      history.replaceState(null, "", view === "today" ? "/reminders" : `/reminders?view=${view}`);
      if (view === "calendar" && !this.month) this.month = new Date(this.today.slice(0, 7) + "-01T00:00:00Z");
      this.rows = [];
      this.load();
    },
    search() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), 100);
    },
    async load() {
      try {
        if (this.view === "calendar") {
          const start = new Date(this.month.getTime() - 8 * 864e5).toISOString();
          const end = new Date(this.month.getTime() + 46 * 864e5).toISOString();
          this.found = await ask("GET", `/api/reminders/between?start=${start}&end=${end}`);
        } else {
          const page = await ask("GET", `/api/reminders?view=${this.view}&q=${encodeURIComponent(this.words)}`);
          this.rows = page.rows;
          this.next = page.next;
        }
        this.loaded = true;
      } catch (error) {
        this.problem = error.message;
      }
    },
    async loadMore() {
      const page = await ask("GET", `/api/reminders?view=${this.view}&q=${encodeURIComponent(this.words)}&after=${encodeURIComponent(this.next)}`).catch((error) => (this.problem = error.message, null));
      if (!page) return;
      this.rows = [...this.rows, ...page.rows];
      this.next = page.next;
    },
    turn(by) {
      const month = new Date(this.month);
      month.setUTCMonth(month.getUTCMonth() + by);
      this.month = month;
      this.load();
    },
    async act(reminder, path, what) {
      try {
        await ask(path === "" ? "DELETE" : "POST", `/api/reminders/${reminder.id}${path}`);
        this.problem = "";
        if (what) this.gone = { id: reminder.id, text: reminder.text, what, back: path === "" ? "/restore" : "/undone" };
        this.load();
      } catch (error) {
        this.problem = error.message;
      }
    },
    tick(r) {
      this.act(r, r.state === "done" ? "/undone" : "/done", r.state === "done" ? "" : "is done");
    },
    remove(r) {
      this.act(r, "", "was deleted");
    },
    undo() {
      const { id, back, text } = this.gone;
      this.gone = null;
      this.act({ id, text }, back, "");
    },
    async dropOn(day) {
      try {
        if (this.dragged) await ask("POST", `/api/reminders/${this.dragged}/move`, { day });
        this.problem = "";
      } catch (error) {
        this.problem = error.message;
      }
      this.dragged = 0;
      this.load();
    },
    async openId(id) {
      const row = this.rows.find((r) => r.id === id) || (await ask("GET", `/api/reminders/${id}`).catch((error) => (this.problem = error.message, null)));
      if (row) this.openForm(row);
    },
    openForm(row) {
      const from = row || this.reading || { text: this.sentence, local: null, rule: "", leads: [0], zone: this.zone, words: "" };
      const [day, time] = (from.local || "").split("T");
      this.form = {
        id: row?.id || 0, text: from.text, day: day || "", time: (time || "").slice(0, 5), rule: from.rule, words: from.words, lead: from.leads[0] ?? 0,
        zone: from.zone || this.zone, priority: row?.priority || 0, tags: (row?.tags || []).join(", "), note: row?.note || "", after_done: from.after_done || "",
      };
      this.formProblem = "";
      this.past = [];
      this.$nextTick(() => this.$refs.form.showModal());
    },
    async save() {
      const f = this.form;
      const body = {
        text: f.text, local: f.day ? `${f.day}T${f.time || "09:00"}:00` : null, zone: f.zone, rule: f.rule, leads: [f.lead],
        priority: f.priority, note: f.note, tags: f.tags.split(",").map((t) => t.trim()).filter(Boolean),
      };
      try {
        if (f.id) await ask("PATCH", `/api/reminders/${f.id}`, body);
        else await ask("POST", "/api/reminders", body);
        if (!f.id) this.sentence = "";
        this.reading = null;
        this.$refs.form.close();
        this.load();
      } catch (error) {
        this.formProblem = error.message;
      }
    },
    async loadHistory(event) {
      if (event.target.open) this.past = await ask("GET", `/api/reminders/${this.form.id}/history`).catch(() => []);
    },
    setSound(event) {
      this.sound = event.target.checked;
      localStorage.setItem("reminders:sound", this.sound ? "1" : "0");
    },
    async allow() {
      await Notification.requestPermission();
      this.canNotify = false;
    },
    key(date) {
      return new Intl.DateTimeFormat("en-CA", { timeZone: this.zone }).format(date);
    },
    isOver(r) {
      return r.state !== "done" && r.at && new Date(r.at) < new Date();
    },
    day(instant) {
      return new Intl.DateTimeFormat("en-GB", { timeZone: this.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
    },
    dayName(instant) {
      const then = new Date(instant);
      if (this.key(then) === this.today) return "Today";
      if (this.key(then) === this.key(new Date(Date.now() + 864e5))) return "Tomorrow";
      return new Intl.DateTimeFormat("en-GB", { timeZone: this.zone, weekday: "long", day: "numeric", month: "long" }).format(then);
    },
    wall(local) {
      return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(local + "Z"));
    },
    interval(text) {
      const [, days, hours, minutes] = /P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/.exec(text) || [];
      const part = (count, unit) => (count ? [`${count} ${unit}${count === "1" ? "" : "s"}`] : []);
      return [...part(days, "day"), ...part(hours, "hour"), ...part(minutes, "minute")].join(" ") || text;
    },
    leadWords(leads) {
      const known = new Map(LEADS.map(([minutes, words]) => [minutes, words.toLowerCase()]));
      return leads.length === 1 && !leads[0] ? "" : leads.map((minutes) => known.get(minutes) || `${minutes} minutes before`).join(" and ");
    },
  },
};
