// This browser as a device that rings with the page closed, and with a sound: the switches in it, by their names.
const worker = async () => navigator.serviceWorker?.getRegistration("/");

export default {
  template: `<div @change="turn"><slot></slot></div>`,
  props: { on: Boolean, publicKey: String },
  emits: ["state", "subscribed", "failed", "silenced"],
  watch: { on: "show" },
  async mounted() {
    this.show();
    this.state();
    const permission = await navigator.permissions?.query({ name: "notifications" }).catch(() => null);
    if (permission) permission.onchange = this.state;
  },
  methods: {
    show() {
      this.$el.querySelector("[name=push]").checked = this.on;
      this.$el.querySelector("[name=sound]").checked = localStorage.getItem("reminders:sound") === "1";
    },
    // What keeps this browser from it, by a name; the words are the server's.
    obstacle() {
      if (!isSecureContext) return "insecure";
      if (/iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone) return "home screen";
      if (!navigator.serviceWorker || !window.PushManager || !window.Notification) return "unsupported";
      return Notification.permission === "denied" ? "denied" : "";
    },
    async state() {
      const made = await (await worker())?.pushManager?.getSubscription();
      this.$emit("state", { obstacle: this.obstacle(), permission: window.Notification?.permission || "none", subscribed: Boolean(made) });
    },
    turn({ target }) {
      if (target.name === "sound") localStorage.setItem("reminders:sound", target.checked ? "1" : "0");
      else if (target.checked) this.subscribe().catch((error) => this.$emit("failed", error.message));
      else this.$emit("silenced");
    },
    async subscribe() {
      if ((await Notification.requestPermission()) !== "granted") throw new Error(this.obstacle() || "refused");
      await navigator.serviceWorker.register("/service-worker.js");
      const { pushManager } = await navigator.serviceWorker.ready;
      // One that was made with another installation's key is of no use here.
      await (await pushManager.getSubscription())?.unsubscribe();
      const options = { userVisibleOnly: true, applicationServerKey: this.publicKey };
      const made = await pushManager.subscribe(options).catch(() => {
        throw new Error("service");
      });
      this.$emit("subscribed", made.toJSON());
    },
    async unsubscribe() {
      await (await (await worker())?.pushManager?.getSubscription())?.unsubscribe();
      this.state();
    },
  },
};
