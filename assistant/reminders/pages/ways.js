import { ask } from "/static/api.js";
import { allow, obstacle, renew, subscribe, subscription, unsubscribe } from "/static/reminders/device.js";

const SECRETS = {
  webhook: ["Secret", "Signs what is sent (HMAC-SHA256 in X-Assistant-Signature)."],
  ntfy: ["Access token", "Only for a topic that is protected."],
};
const PLACES = { webhook: "https://example.com/hook", ntfy: "https://ntfy.sh/a-topic-that-nobody-guesses" };
const NAMES = { webhook: "Webhook", ntfy: "ntfy" };

export default {
  template: `
  <div class="ways">
    <section class="card-box" aria-labelledby="ways-here">
      <h2 id="ways-here">This device</h2>
      <div class="way-switch">
        <label><input type="checkbox" :checked="on" :disabled="busy || (!on && !!stop) || !loaded" @change="turn"> Ring on this device even when Assistant is closed</label>
        <p v-if="problem" class="form-error" role="alert">{{ problem }}</p>
        <p v-else-if="stop">{{ stop }}</p>
        <p v-else>Push services carry a reminder encrypted: they learn when it rings, not what it says.</p>
      </div>
      <div class="way-switch">
        <span class="row"><span class="grow">{{ notices }}</span><button v-if="permission === 'default'" type="button" class="quiet-button" @click="permit">Allow notifications</button></span>
      </div>
      <div class="way-switch"><label><input type="checkbox" :checked="sound" @change="setSound"> Ring with a sound in an open page of this browser</label></div>
    </section>
    <section class="card-box" aria-labelledby="ways-devices">
      <h2 id="ways-devices">Your devices</h2>
      <ul v-if="devices.length" class="lines"><li v-for="w in devices" :key="w.id">
        <span class="grow way-name"><strong>{{ w.name }}</strong><span v-if="w.here" class="muted"> · this device</span><small :class="{'form-error': w.last_error}">{{ last(w) }}</small></span>
        <span class="row"><button type="button" class="quiet-button" :disabled="busy" :aria-label="'Test ' + w.name" @click="test(w)">Test</button><button type="button" class="quiet-button" :aria-label="'Remove ' + w.name" @click="remove(w)">Remove</button></span>
        <p v-if="said[w.id]" class="way-said" role="status">{{ said[w.id] }}</p>
      </li></ul>
      <p v-else>No device rings while Assistant is closed. Switch it on above, on each device that should.</p>
    </section>
    <section class="card-box" aria-labelledby="ways-outside">
      <h2 id="ways-outside">Webhook and ntfy</h2>
      <ul v-if="outside.length" class="lines"><li v-for="w in outside" :key="w.id">
        <span class="grow way-name"><strong>{{ names[w.kind] }}</strong> <span class="way-address">{{ w.address }}</span><small :class="{'form-error': w.last_error}">{{ last(w) }}</small></span>
        <span class="row"><button type="button" class="quiet-button" :disabled="busy" :aria-label="'Test ' + w.address" @click="test(w)">Test</button><button type="button" class="quiet-button" :aria-label="'Remove ' + w.address" @click="remove(w)">Remove</button></span>
        <p v-if="said[w.id]" class="way-said" role="status">{{ said[w.id] }}</p>
      </li></ul>
      <form class="form-grid way-form" @submit.prevent="add" novalidate>
        <label>Kind<select class="field" v-model="kind"><option value="ntfy">ntfy</option><option value="webhook">Webhook</option></select></label>
        <label>{{ secrets[kind][0] }} (optional)<input class="field" type="password" v-model="secret" maxlength="200" autocomplete="off" :aria-describedby="wrong.secret ? 'way-secret-wrong' : null"><span v-if="wrong.secret" id="way-secret-wrong" class="form-error" role="alert">{{ wrong.secret }}</span><small v-else class="muted">{{ secrets[kind][1] }}</small></label>
        <label class="wide">Address<input class="field" type="url" v-model="address" :placeholder="places[kind]" maxlength="2000" autocomplete="off" :aria-invalid="!!wrong.address" :aria-describedby="wrong.address ? 'way-address-wrong' : null"><span v-if="wrong.address" id="way-address-wrong" class="form-error" role="alert">{{ wrong.address }}</span></label>
        <div class="wide"><button class="main-button" :disabled="adding">{{ adding ? 'Checking…' : 'Add' }}</button><span v-if="wrong.other" class="form-error" role="alert">{{ wrong.other }}</span></div>
      </form>
    </section>
  </div>`,
  props: { zone: String },
  data() {
    return {
      ways: [], key: "", loaded: false, busy: false, adding: false, on: false, stop: "", problem: "", said: {}, wrong: {},
      permission: window.Notification?.permission || "none", sound: localStorage.getItem("reminders:sound") === "1",
      kind: "ntfy", address: "", secret: "", secrets: SECRETS, places: PLACES, names: NAMES,
    };
  },
  computed: {
    devices() {
      return this.ways.filter((w) => w.kind === "push");
    },
    outside() {
      return this.ways.filter((w) => w.kind !== "push");
    },
    notices() {
      return {
        granted: "Notifications are shown when a page of Assistant is open in the background.",
        denied: "Notifications are not allowed in this browser.",
        default: "Notifications are off.",
        none: "This browser has no notifications.",
      }[this.permission];
    },
  },
  async mounted() {
    await renew();
    this.load();
  },
  methods: {
    async load() {
      this.stop = obstacle();
      this.permission = window.Notification?.permission || "none";
      try {
        const { key, ways } = await ask("GET", "/api/reminders/ways");
        this.key = key;
        this.ways = ways;
        this.on = ways.some((w) => w.here) && !!(await subscription());
        this.loaded = true;
      } catch (error) {
        this.problem = error.message;
      }
    },
    async turn(event) {
      const wanted = event.target.checked;
      this.busy = true;
      this.problem = "";
      try {
        if (wanted) await subscribe(this.key);
        else await this.silence();
      } catch (error) {
        this.problem = error.message;
      }
      await this.load();
      event.target.checked = this.on;
      this.busy = false;
    },
    async silence() {
      const here = this.ways.find((w) => w.here);
      if (here) await ask("DELETE", `/api/reminders/ways/${here.id}`);
      await unsubscribe();
    },
    async permit() {
      await allow();
      this.load();
    },
    setSound(event) {
      this.sound = event.target.checked;
      localStorage.setItem("reminders:sound", this.sound ? "1" : "0");
    },
    async test(way) {
      this.busy = true;
      this.said = { ...this.said, [way.id]: "Sending…" };
      const tried = await ask("POST", `/api/reminders/ways/${way.id}/test`).catch((error) => ({ sentence: error.message }));
      this.said = { ...this.said, [way.id]: tried.sentence };
      this.busy = false;
      this.load();
    },
    async remove(way) {
      try {
        await ask("DELETE", `/api/reminders/ways/${way.id}`);
        if (way.here) await unsubscribe();
      } catch (error) {
        if (error.status !== 404) this.said = { ...this.said, [way.id]: error.message };
      }
      this.load();
    },
    async add() {
      this.adding = true;
      this.wrong = {};
      try {
        await ask("POST", "/api/reminders/ways", { kind: this.kind, address: this.address, secret: this.secret });
        this.address = this.secret = "";
        await this.load();
      } catch (error) {
        const field = error.problem?.field;
        this.wrong = { [["address", "secret"].includes(field) ? field : "other"]: error.message };
      }
      this.adding = false;
    },
    last(way) {
      const time = (instant) => new Intl.DateTimeFormat("en-GB", { timeZone: this.zone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
      if (way.last_error) return way.last_error;
      return way.last_ok ? `Last rang ${time(way.last_ok)}` : `Since ${time(way.since)}`;
    },
  },
};
