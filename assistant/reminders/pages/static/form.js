// The form of one reminder. Its sentence and its fields say the same: whichever is changed, the
// other follows. What is refused is said at its field, and nothing that was typed goes away.
import { ask } from "/static/api.js";
import { fromRule, Repetition, toRule, wrongIn } from "/static/reminders/repetition.js";
import { ahead, dayKey, late, LEADS, moment, PRIORITIES, STOPPING } from "/static/reminders/words.js";

const PAUSE = 180; // ms after a change until the other side follows
const STATES = { ringing: "waits for an answer", snoozed: "snoozed", done: "done", dismissed: "dismissed", missed: "missed", moved: "left out" };
const MORNING = "09:00";

export const ReminderForm = {
  components: { Repetition },
  template: `
  <dialog ref="dialog" class="reminder-dialog" aria-labelledby="form-title" @close="closed" @input="keep" @change="keep" @click="keep">
    <form v-if="form" @submit.prevent="save" novalidate>
      <h2 id="form-title">{{ form.id ? 'Reminder' : 'New reminder' }}</h2>
      <div class="form-grid">
        <label class="wide">In a sentence<input ref="sentence" class="field" v-model="sentence" maxlength="1000" autocomplete="off" :placeholder="unsaid ? 'No sentence says this' : 'call mum tomorrow at 9'" aria-describedby="form-read" @input="sentenceTyped"></label>
        <div id="form-read" class="wide form-read" role="status">
          <p v-for="p in problems.filter((each) => each.sentence !== problem)" :key="p.sentence" :class="stopping(p) ? 'form-error' : 'say-assumed'">{{ p.sentence }}</p>
          <p v-if="next.length" class="muted">{{ words ? words + ' · ' : '' }}{{ next.length > 1 ? 'Next' : 'Rings' }}: {{ next.map((at) => moment(at, zone)).join(' · ') }}</p>
        </div>
        <label class="wide">Remind me of<input class="field" v-model="form.text" maxlength="600" :aria-invalid="!!wrong.text" @input="changed"></label>
        <p v-if="wrong.text" class="wide form-error" role="alert">{{ wrong.text }}</p>
        <label>Day<input class="field" type="date" v-model="form.day" :aria-invalid="!!wrong.local" @change="changed"></label>
        <label>Time<input class="field" type="time" v-model="form.time" :aria-invalid="!!wrong.local" @change="changed"></label>
        <p v-if="wrong.local" class="wide form-error" role="alert">{{ wrong.local }}</p>
        <Repetition class="wide" :shown="form.repeats" :day="form.day" :words="words" :problem="wrong.rule || wrong.after_done" @changed="repeated"></Repetition>
        <fieldset class="wide">
          <legend>Rings</legend>
          <div class="weekday-chips" role="group" aria-label="When it rings">
            <button v-for="lead in offered" :key="lead" type="button" class="chip" :aria-pressed="form.leads.includes(lead)" @click="toggleLead(lead)">{{ ahead(lead) }}</button>
            <span class="row inline">or <input class="field number" type="number" min="1" max="999" v-model.number="ownCount" aria-label="So many" @keydown.enter.prevent="addLead"><select class="field" v-model.number="ownUnit" aria-label="Unit of the time before"><option :value="1">minutes</option><option :value="60">hours</option><option :value="1440">days</option></select> before <button type="button" class="quiet-button" @click="addLead">Add</button></span>
          </div>
          <p v-if="wrong.leads" class="form-error" role="alert">{{ wrong.leads }}</p>
        </fieldset>
        <label>Time zone<input class="field" v-model="form.zone" list="form-zones" :disabled="form.follows" :aria-invalid="!!wrong.zone" @change="changed"><datalist id="form-zones"><option v-for="z in zones" :key="z" :value="z"></option></datalist></label>
        <label>Priority<select class="field" v-model.number="form.priority"><option v-for="(p, i) in priorities" :key="p" :value="i">{{ p }}</option></select></label>
        <p v-if="wrong.zone" class="wide form-error" role="alert">{{ wrong.zone }}</p>
        <label class="wide row inline"><input type="checkbox" v-model="form.follows" @change="form.zone = form.follows ? zone : form.zone; changed()"> When I travel, ring by the clocks where I am</label>
        <label class="wide">Tags<input class="field" v-model="form.tags" placeholder="with commas between" list="form-tags"><datalist id="form-tags"><option v-for="t in tags" :key="t" :value="t"></option></datalist></label>
        <p v-if="wrong.tags" class="wide form-error" role="alert">{{ wrong.tags }}</p>
        <label class="wide">Note<textarea class="field" v-model="form.note" rows="3"></textarea></label>
        <p v-if="wrong.note" class="wide form-error" role="alert">{{ wrong.note }}</p>
        <p v-if="form.link" class="wide row form-link"><a :href="form.link.address">{{ form.link.title }}</a><button type="button" class="quiet-button" @click="form.link = null">Remove the link</button></p>
      </div>
      <details v-if="form.id" class="rang" @toggle="loadHistory"><summary>What rang when</summary>
        <ul><li v-for="(h, i) in past" :key="i"><span class="grow">{{ moment(h.occurrence, zone) }}</span><span class="muted">{{ told(h) }}</span></li><li v-if="!past.length" class="muted">Nothing yet.</li></ul>
      </details>
      <p v-if="problem" class="composer-problem" role="alert">{{ problem }}</p>
      <div class="row-end"><button v-if="form.id" type="button" class="quiet-button danger" @click="remove">Delete</button><span class="grow"></span><button type="button" class="quiet-button" @click="finish">Cancel</button><button class="main-button" :disabled="busy">Save</button></div>
    </form>
  </dialog>`,
  props: { zone: String, tags: Array, draft: String },
  emits: ["saved", "removed", "closed", "left"],
  data() {
    return {
      form: null, sentence: "", unsaid: false, next: [], words: "", problems: [], wrong: {}, problem: "", busy: false, past: [],
      ownCount: 2, ownUnit: 60, priorities: PRIORITIES, zones: Intl.supportedValuesOf?.("timeZone") || [],
    };
  },
  computed: {
    offered() {
      const known = LEADS.map((lead) => lead[0]);
      return [...known, ...this.form.leads.filter((lead) => !known.includes(lead))];
    },
  },
  unmounted() {
    clearTimeout(this.timer);
  },
  methods: {
    moment,
    ahead,
    // A reminder, what a sentence said, or only a day to begin with.
    open(from, sentence = "") {
      const fresh = Boolean(sentence || from.day || from.text);
      if ((from.id || !fresh) && this.goOn(from.id || 0)) return;
      this.form = { id: from.id || 0, priority: from.priority || 0, tags: (from.tags || []).join(", "), note: from.note || "", follows: !!from.follows, link: from.link || null, ...this.fields(from) };
      Object.assign(this, { sentence, said: sentence, unread: false, next: from.next || [], words: from.words || "", problems: [], wrong: {}, problem: "", past: [], busy: false, unsaid: false });
      this.began = JSON.stringify(this.body());
      this.$nextTick(() => {
        this.$refs.dialog.showModal();
        this.$refs.sentence.focus();
        if (from.id || from.local) this.follow();
      });
    },
    // What is typed waits in this browser, for a page that is loaded again or was left by accident.
    keep() {
      if (this.form && this.dirty()) localStorage.setItem(this.place(), JSON.stringify({ form: this.form, sentence: this.sentence, began: this.began }));
    },
    dirty() {
      return JSON.stringify(this.body()) !== this.began || this.sentence !== this.said;
    },
    // Each reminder has a copy of its own; a new one is 0.
    place(id = this.form.id) {
      return `${this.draft}:${id}`;
    },
    // Opens what was left, of this reminder or of any; returns whether there was something.
    goOn(id) {
      const place = id === undefined ? Object.keys(localStorage).find((key) => key.startsWith(this.draft + ":")) : this.place(id);
      const kept = JSON.parse((place && localStorage.getItem(place)) || "null");
      if (!kept || this.form) return Boolean(this.form);
      Object.assign(this, { ...kept, unread: false, next: [], words: "", problems: [], wrong: {}, problem: "", past: [], busy: false, unsaid: false, said: "" });
      this.$nextTick(() => {
        this.$refs.dialog.showModal();
        this.follow();
      });
      return true;
    },
    fields(from) {
      const [day, time] = (from.local || (from.day ? `${from.day}T` : "T")).split("T");
      return { text: from.text || "", day, time: time.slice(0, 5), repeats: fromRule(from.rule || "", from.after_done || ""), leads: [...(from.leads || [0])], zone: from.zone || this.zone };
    },
    body() {
      const f = this.form;
      const local = f.day ? `${f.day}T${f.time || MORNING}:00` : null;
      const link = f.link ? { link_kind: f.link.kind, link_id: f.link.id } : { link_kind: "", link_id: null };
      return {
        text: f.text, local, zone: f.zone, leads: f.leads, follows: f.follows, priority: f.priority, note: f.note,
        tags: f.tags.split(",").map((tag) => tag.trim()).filter(Boolean), ...toRule(f.repeats, f.day), ...link,
      };
    },
    forget() {
      localStorage.removeItem(this.place());
    },
    sentenceTyped() {
      this.unread = true;
      this.later(() => this.read());
    },
    changed() {
      this.unread = false;
      this.later(() => this.follow());
    },
    later(act) {
      clearTimeout(this.timer);
      this.timer = setTimeout(act, PAUSE);
    },
    repeated() {
      // A repetition begins somewhere; today is where the person stands.
      if (this.form.repeats.kind !== "never" && !this.form.day) this.form.day = dayKey(Date.now(), this.zone);
      this.changed();
    },
    async read() {
      const said = this.sentence;
      if (!said.trim()) return Object.assign(this, { unread: false, next: [], words: "", problems: [] });
      const found = await ask("POST", "/api/reminders/understand", { sentence: said }).catch((error) => ((this.problem = error.message), null));
      if (!found || said !== this.sentence || !this.form) return;
      Object.assign(this.form, this.fields(found));
      if (found.zone !== this.zone) this.form.follows = false;
      Object.assign(this, { unread: false, next: found.next, words: found.words, problems: found.problems, wrong: {}, problem: "" });
    },
    async follow() {
      const wrong = wrongIn(this.form.repeats);
      if (wrong) return this.refuse({ message: wrong, problem: { field: "rule" } }, false);
      const asked = JSON.stringify(this.body());
      try {
        const found = await ask("POST", "/api/reminders/check", this.body());
        if (!this.form || asked !== JSON.stringify(this.body())) return;
        Object.assign(this, { sentence: found.sentence, said: found.sentence, unsaid: !found.sentence, next: found.next, words: found.words, problems: [], wrong: {}, problem: "" });
      } catch (error) {
        if (this.form && asked === JSON.stringify(this.body())) this.refuse(error, asked === this.began);
      }
    },
    // What was refused stands at its field; a reminder that was just opened may lie in the past.
    refuse(error, quiet) {
      this.next = [];
      this.words = "";
      this.problem = "";
      const field = error.problem?.field;
      const places = ["text", "local", "rule", "after_done", "leads", "zone", "tags", "note"];
      this.wrong = !quiet && places.includes(field) ? { [field]: error.message } : {};
      if (!quiet && !places.includes(field)) this.problem = error.message;
    },
    toggleLead(lead) {
      const kept = this.form.leads.filter((each) => each !== lead);
      this.form.leads = kept.length < this.form.leads.length ? kept : [...kept, lead].sort((a, b) => a - b);
      this.changed();
    },
    addLead() {
      const lead = Math.round(this.ownCount * this.ownUnit);
      if (!(Number.isInteger(this.ownCount) && lead > 0)) return (this.wrong = { leads: "Say a whole number from 1 to 999." });
      if (!this.form.leads.includes(lead)) this.toggleLead(lead);
    },
    async save() {
      clearTimeout(this.timer);
      this.busy = true;
      // Whoever types a sentence and presses Enter at once means that sentence.
      if (this.unread) await this.read();
      const stop = this.problems.find(this.stopping);
      const wrong = wrongIn(this.form.repeats);
      if (this.unread || stop || wrong) {
        this.busy = false;
        if (stop) this.problem = stop.sentence;
        return wrong && this.refuse({ message: wrong, problem: { field: "rule" } }, false);
      }
      const { id } = this.form;
      const now = this.body();
      const before = JSON.parse(this.began);
      const changes = Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));
      if ("link_kind" in changes) changes.link_id = now.link_id;
      try {
        const row = id ? await ask("PATCH", `/api/reminders/${id}`, changes) : await ask("POST", "/api/reminders", now);
        if (!id) dispatchEvent(new CustomEvent("reminders:set"));
        this.finish();
        this.$emit("saved", row, !id);
      } catch (error) {
        this.refuse(error, false);
        this.$nextTick(() => this.$refs.dialog.querySelector("[role=alert]")?.scrollIntoView({ block: "center" }));
      }
      this.busy = false;
    },
    remove() {
      this.$emit("removed", this.form);
      this.finish();
    },
    finish() {
      this.forget();
      this.$refs.dialog.close();
    },
    closed() {
      clearTimeout(this.timer);
      // Left with Escape: what was typed can be gone on with.
      if (this.form && localStorage.getItem(this.place())) this.$emit("left", this.form);
      this.form = null;
      this.$emit("closed");
    },
    async loadHistory(event) {
      if (event.target.open) this.past = await ask("GET", `/api/reminders/${this.form.id}/history`).catch(() => []);
    },
    told(ring) {
      const missed = ring.missed ? `${ring.missed} earlier missed` : "";
      const until = ring.state === "snoozed" && ring.snoozed_until ? ` until ${moment(ring.snoozed_until, this.zone)}` : "";
      const early = ring.lead && ring.rang ? `rang ${ahead(ring.lead).toLowerCase()}` : "";
      return [early, (STATES[ring.state] || ring.state) + until, late(ring.late), missed].filter(Boolean).join(" · ");
    },
    stopping(problem) {
      return STOPPING.includes(problem.kind);
    },
  },
};
