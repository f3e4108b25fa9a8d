import { ask, AWAY } from "/static/api.js";

const LARGEST = 10 * 1024 * 1024;

export default {
  props: { zone: String },
  template: `<div>
  <section class="card-box" aria-labelledby="calendar-address">
    <h2 id="calendar-address">Calendar address</h2>
    <p>A private address at which Google, Apple, Outlook, Thunderbird and others show your reminders.</p>
    <template v-if="address">
      <label class="visually-hidden" for="address">The address</label>
      <div class="row">
        <input id="address" ref="address" class="field grow" readonly :value="address" @focus="$event.target.select()">
        <button type="button" class="main-button" ref="copy" @click="copy">Copy</button>
      </div>
      <p>It is shown only now, so copy it. Whoever has it can read your reminders.</p>
      <div class="row"><a class="quiet-button" :href="address.replace(/^https?:/, 'webcal:')">Open in a calendar on this device</a></div>
    </template>
    <p v-if="feed && feed.made">{{ told }}</p>
    <div v-if="feed && !asked" class="row">
      <button v-if="!feed.made" type="button" class="main-button" @click="make">Make an address</button>
      <button v-if="feed.made" ref="new" type="button" class="quiet-button" @click="confirm('new')">Make a new one</button>
      <button v-if="feed.made" ref="off" type="button" class="quiet-button" @click="confirm('off')">Switch it off</button>
    </div>
    <div v-if="asked" class="calendars-asked">
      <p>{{ asked === 'new' ? 'The old address stops working at once.' : 'The address stops working at once.' }} Calendars that read it show no more news.</p>
      <div class="row">
        <button ref="yes" type="button" class="main-button" @click="asked === 'new' ? make() : revoke()">{{ asked === 'new' ? 'Make a new one' : 'Switch it off' }}</button>
        <button type="button" class="quiet-button" @click="keep">Keep it</button>
      </div>
    </div>
    <p v-if="feedProblem" class="form-error" role="alert">{{ feedProblem }}</p>
    <p class="calendars-said" role="status">{{ said }}</p>
    <details class="import-said">
      <summary>Where to put it</summary>
      <ul>
        <li><strong>Google</strong> Other calendars, plus, From URL. It reads a few times a day, and only addresses on the internet.</li>
        <li><strong>iPhone and Mac</strong> Open it on the device, or Add subscription calendar.</li>
        <li><strong>Outlook</strong> Add calendar, Subscribe from web.</li>
        <li><strong>Thunderbird</strong> New calendar, On the network.</li>
      </ul>
    </details>
  </section>
  <section class="card-box" aria-labelledby="calendar-files">
    <h2 id="calendar-files">Export and import</h2>
    <p>All reminders as one .ics file, to keep or to take along.</p>
    <div class="row"><a class="quiet-button" href="/reminders/export.ics" download>Download .ics</a></div>
    <div v-if="!plan && !report && state !== 'running'" class="drop" :class="{over}" @dragover.prevent="over = true" @dragleave="over = false" @drop.prevent="dropped">
      <template v-if="state === 'reading'"><h3>Reading the file…</h3><p>Nothing is stored yet.</p></template>
      <template v-else>
        <h3>Drop an .ics file here</h3>
        <p>From any calendar or list of tasks. You see what would come first.</p>
        <button type="button" class="quiet-button" @click="$refs.file.click()">Choose a file</button>
      </template>
      <input ref="file" type="file" accept=".ics,.ical,.ifb,text/calendar" hidden aria-label="Choose a calendar file" tabindex="-1" @change="chosen">
    </div>
    <template v-if="plan && state === 'planned'">
      <h3 ref="heading" tabindex="-1">{{ count(plan.new, 'new reminder') }} in {{ file.name }}</h3>
      <p v-if="plan.here">{{ plan.new ? count(plan.here, 'entry', 'entries') : plan.here === 1 ? 'The one that it holds' : 'All ' + plan.here.toLocaleString('en') }} {{ plan.here === 1 ? 'is' : 'are' }} here already and left alone.</p>
      <ul v-if="plan.titles.length" class="import-titles"><li v-for="(title, i) in plan.titles" :key="i">{{ title }}</li></ul>
      <p v-if="plan.new > plan.titles.length">and {{ (plan.new - plan.titles.length).toLocaleString('en') }} more</p>
      <div class="row">
        <button v-if="plan.new" type="button" class="main-button" @click="run">Import {{ count(plan.new, 'reminder') }}</button>
        <button type="button" class="quiet-button" @click="again">Choose another file</button>
      </div>
    </template>
    <template v-if="state === 'running'">
      <h3>Importing…</h3>
      <div class="bar" role="progressbar" aria-label="Importing" :aria-valuenow="Math.round(share * 100)"><div :style="{width: share * 100 + '%'}"></div></div>
      <div class="row"><span class="muted grow">{{ progress.created + progress.here - start }} of {{ progress.total }}</span><button type="button" class="quiet-button" @click="cancel">Cancel</button></div>
    </template>
    <div v-if="report" class="calendars-asked" role="status">
      <h3>{{ report.whole ? 'Done' : report.cancelled ? 'Cancelled' : 'Interrupted' }}: {{ count(report.created, 'reminder') }} imported</h3>
      <p v-if="report.whole && report.here">{{ count(report.here, 'entry', 'entries') }} here already, left alone.</p>
      <p v-if="!report.whole">What came before stays. Import the same file again to go on.</p>
      <div class="row"><a class="main-button" href="/reminders?view=coming">To the reminders</a><button type="button" class="quiet-button" @click="again">Import more</button></div>
    </div>
    <p v-if="problem" class="form-error" role="alert">{{ problem }}</p>
    <details v-if="sentences.length" class="import-said" :open="sentences.length < 12">
      <summary>{{ count(sentences.length, 'remark') }}: what is left out or different, and why</summary>
      <ul><li v-for="(one, i) in sentences" :key="i"><strong>{{ one.name }}</strong> {{ one.sentence }}</li></ul>
      <p v-if="plan && plan.skipped_count > plan.skipped.length">In all, {{ plan.skipped_count.toLocaleString('en') }} are left out.</p>
    </details>
  </section></div>`,
  data() {
    return {
      feed: null, address: "", asked: "", said: "", feedProblem: "",
      file: null, plan: null, report: null, progress: null, start: null, state: "", over: false, problem: "",
    };
  },
  computed: {
    told() {
      const when = (instant, how) => new Intl.DateTimeFormat("en-GB", { timeZone: this.zone, ...how }).format(new Date(instant));
      const since = when(this.feed.made, { day: "numeric", month: "long", year: "numeric" });
      const read = this.feed.read ? `last read ${when(this.feed.read, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}` : "not read yet";
      return `Made on ${since}, ${read}.`;
    },
    share() {
      return this.progress.total ? (this.progress.created + this.progress.here - this.start) / this.progress.total : 0;
    },
    sentences() {
      return this.plan ? [...(this.report?.skipped || []), ...this.plan.skipped, ...this.plan.remarks].slice(0, 500) : [];
    },
  },
  mounted() {
    this.look();
  },
  unmounted() {
    this.stop?.abort();
  },
  methods: {
    count(number, one, many = one + "s") {
      return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
    },
    async trying(act) {
      this.feedProblem = this.said = "";
      await act().catch((error) => (this.feedProblem = error.message));
    },
    look() {
      return this.trying(async () => (this.feed = await ask("GET", "/api/reminders/calendar")));
    },
    make() {
      return this.trying(async () => {
        this.address = (await ask("POST", "/api/reminders/calendar")).address;
        this.asked = "";
        this.feed = await ask("GET", "/api/reminders/calendar");
        this.$nextTick(() => this.$refs.copy.focus());
      });
    },
    revoke() {
      return this.trying(async () => {
        await ask("DELETE", "/api/reminders/calendar");
        this.feed = { made: null, read: null };
        this.address = this.asked = "";
        this.said = "Switched off. The address is gone.";
      });
    },
    confirm(what) {
      this.asked = what;
      this.$nextTick(() => this.$refs.yes.focus());
    },
    keep() {
      const asked = this.asked;
      this.asked = "";
      this.$nextTick(() => this.$refs[asked].focus());
    },
    async copy() {
      // Browsers keep the clipboard from pages that come without encryption.
      let copied = false;
      try {
        await navigator.clipboard.writeText(this.address);
        copied = true;
      } catch {
        this.$refs.address.select();
        copied = document.execCommand("copy");
      }
      this.said = copied ? "Copied." : "Your browser does not let pages copy. The address is marked: press Ctrl+C.";
    },
    chosen(event) {
      this.read(event.target.files[0]);
      event.target.value = "";
    },
    dropped(event) {
      this.over = false;
      this.read(event.dataTransfer.files[0]);
    },
    async read(file) {
      if (!file) return;
      this.problem = "";
      if (file.size > LARGEST) return (this.problem = "This file is larger than 10 MB. Import it in parts.");
      this.file = file;
      this.state = "reading";
      try {
        this.plan = await ask("POST", "/api/reminders/import", file);
        this.state = "planned";
        this.$nextTick(() => this.$refs.heading?.focus());
      } catch (error) {
        this.state = "";
        this.problem = error.message;
      }
    },
    async run() {
      this.problem = "";
      this.stop = new AbortController();
      this.start = null;
      this.progress = { total: this.plan.new, created: 0, here: 0, skipped: [] };
      this.state = "running";
      let cancelled = false;
      try {
        const answer = await fetch("/api/reminders/import/run", { method: "POST", body: this.file, signal: this.stop.signal });
        if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || AWAY);
        await this.follow(answer.body.pipeThrough(new TextDecoderStream()).getReader());
      } catch (error) {
        cancelled = error.name === "AbortError";
        if (!cancelled) this.problem = error instanceof TypeError ? AWAY : error.message;
      }
      if (this.start === null) return (this.state = "planned");
      const { created, here, skipped, whole } = this.progress;
      this.report = { created, here: here + this.plan.here - this.start, skipped, whole, cancelled };
      this.state = "";
    },
    async follow(reader) {
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const lines = (rest + value).split("\n");
        rest = lines.pop();
        for (const line of lines) this.take(JSON.parse(line));
      }
    },
    take(progress) {
      this.start ??= progress.here;
      this.progress = progress;
    },
    cancel() {
      this.stop.abort();
    },
    again() {
      this.plan = this.report = this.file = null;
      this.state = this.problem = "";
    },
  },
};
