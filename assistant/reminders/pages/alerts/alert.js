// The browser's own part of what rings: the number in the title, a sound, the system's notifications, and where it is.
const ASKED = /^(zone:|reminders:asked$)/;
const SETTLE = 5e3; // ms in which a page may not know of a ring yet of which a push has told
const registered = async () => navigator.serviceWorker?.getRegistration("/");

export default {
  template: `<div hidden></div>`,
  props: { count: Number, ringing: Array },
  emits: ["state"],
  watch: { count: "title", ringing: "tidy" },
  mounted() {
    new MutationObserver(this.title).observe(document.head, { childList: true, subtree: true });
    for (const [at, what] of [[document, "visibilitychange"], [window, "storage"]]) at.addEventListener(what, this.state);
    document.addEventListener("click", (event) => event.target.closest("[data-allow]") && Notification.requestPermission().then(this.allowed));
    this.title();
    this.state();
  },
  methods: {
    async state() {
      const push = await (await registered())?.pushManager?.getSubscription();
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const asked = Object.keys(localStorage).filter((key) => ASKED.test(key));
      this.$emit("state", { zone, asked, visible: !document.hidden, permission: window.Notification?.permission || "none", push: push?.toJSON() || null });
    },
    async allowed(answer) {
      if (answer === "granted") await navigator.serviceWorker?.register("/service-worker.js");
      this.state();
    },
    title() {
      const wanted = (this.count ? `(${this.count}) ` : "") + document.title.replace(/^\(\d+\) /, "");
      if (document.title !== wanted) document.title = wanted;
    },
    remember(key) {
      localStorage.setItem(key, "1");
    },
    async unsubscribe() {
      await (await (await registered())?.pushManager?.getSubscription())?.unsubscribe();
    },
    ring(notes) {
      if (localStorage.getItem("reminders:sound") === "1") this.sound();
      if (document.hidden && window.Notification?.permission === "granted") notes.forEach(this.show);
    },
    async show([title, { data, actions, ...options }]) {
      const worker = await registered();
      if (worker) worker.showNotification(title, { ...options, actions, data: { ...data, shown: Date.now() } });
      else new Notification(title, options).onclick = () => focus();
    },
    // Closes the system's notifications of what was answered elsewhere.
    async tidy() {
      for (const note of (this.ringing && (await (await registered())?.getNotifications())) || [])
        if (note.data?.ring && Date.now() - note.data.shown > SETTLE && !this.ringing.includes(note.data.ring)) note.close();
    },
    sound() {
      const audio = new AudioContext(); // it stays silent until the page was touched
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = 784;
      volume.gain.setValueAtTime(0.15, audio.currentTime);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.9);
      tone.connect(volume).connect(audio.destination);
      tone.start();
      tone.stop(audio.currentTime + 0.9);
    },
  },
};
