// This browser as a device that rings: a sound, the system's notifications, its subscription to pushes, and what it
// says of itself. What to say and when is the server's.
const ASKED = /^(zone:|reminders:asked$)/;
const SOUND = "reminders:sound";
// Milliseconds in which a page may not know of a ring yet of which a push has told.
const SETTLE = 5e3;
// Milliseconds after which the page is there: what it asks for takes a browser a while.
const SOON = 300;
const registered = async () => navigator.serviceWorker?.getRegistration("/");
const subscription = async () => (await registered())?.pushManager?.getSubscription();
const permission = () => window.Notification?.permission || "none";
const allowed = async () => (await Notification.requestPermission()) === "granted";

export default {
  render() {
    return Vue.h("div", { onclick: this.click, onchange: this.change }, this.$slots.default());
  },
  emits: ["state", "subscribed", "failed", "silenced"],
  async mounted() {
    document.addEventListener("visibilitychange", this.state);
    addEventListener("storage", this.state);
    setTimeout(this.state, SOON);
    const asked = await navigator.permissions?.query({ name: "notifications" }).catch(() => null);
    asked?.addEventListener("change", this.state);
  },
  unmounted() {
    document.removeEventListener("visibilitychange", this.state);
    removeEventListener("storage", this.state);
  },
  methods: {
    async state() {
      const push = (await subscription())?.toJSON() || null;
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const asked = Object.keys(localStorage).filter((key) => ASKED.test(key));
      const pushes = Boolean(navigator.serviceWorker && window.PushManager && window.Notification);
      const can = { secure: isSecureContext, home: Boolean(navigator.standalone), pushes };
      this.$emit("state", { zone, asked, push, permission: permission(), ...can, visible: !document.hidden });
    },
    async click({ target }) {
      if (!target.closest("[data-allow]")) return;
      await allowed();
      this.state();
    },
    change({ target: { name, checked, dataset } }) {
      if (name === "sound") localStorage.setItem(SOUND, checked ? "1" : "0");
      else if (!checked) this.$emit("silenced");
      else this.subscribe(dataset.key).catch(() => this.$emit("failed", permission()));
    },
    async subscribe(applicationServerKey) {
      if (!(await allowed())) throw new Error("refused");
      const { pushManager } = await navigator.serviceWorker.ready;
      // One that was made with another installation's key is of no use here.
      await (await pushManager.getSubscription())?.unsubscribe();
      const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
      this.$emit("subscribed", made.toJSON());
    },
    // What the server calls. Whether it is subscribed, for the switches inside:
    show(on) {
      this.$el.querySelector("[name=push]").checked = on;
      this.$el.querySelector("[name=sound]").checked = localStorage.getItem(SOUND) === "1";
    },
    async unsubscribe() {
      await (await subscription())?.unsubscribe();
      this.state();
    },
    remember(key) {
      localStorage.setItem(key, "1");
    },
    ring(notes) {
      // Browsers play none before the page was touched.
      if (localStorage.getItem(SOUND) === "1") new Audio("/static/ring.wav").play().catch(() => {});
      if (document.hidden && permission() === "granted") notes.forEach(this.notify);
    },
    async notify([title, { data, actions, ...options }]) {
      const worker = await registered();
      if (worker) worker.showNotification(title, { ...options, actions, data: { ...data, shown: Date.now() } });
      else new Notification(title, options).onclick = () => focus();
    },
    // Closes the system's notifications of what was answered elsewhere.
    async tidy(ringing) {
      const old = ({ data }) => data?.ring && Date.now() - data.shown > SETTLE && !ringing.includes(data.ring);
      for (const note of (await (await registered())?.getNotifications()) || []) if (old(note)) note.close();
    },
  },
};
