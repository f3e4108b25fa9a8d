// Files and folders by drop, paste or choice, sent one after another with what is sent so far. What is taken, and
// what is said of it, is the server's.
// Milliseconds after which what found no connection is sent again.
const AGAIN = 2000;

const named = (files) => [...files].map((file) => [file.webkitRelativePath || file.name, file]);
const asked = (of, method) => new Promise((done, failed) => of[method](done, failed));
async function entries(entry) {
  if (entry.isFile) return [[entry.fullPath.slice(1), await asked(entry, "file")]];
  const [reader, found] = [entry.createReader(), []];
  for (let some; (some = await asked(reader, "readEntries")).length; ) found.push(...some);
  return (await Promise.all(found.map(entries))).flat();
}

export default {
  render() {
    const { over, leave, drop, paste: onpaste, chosen: onchange } = this;
    const heard = { ondragover: over, ondragleave: leave, ondrop: drop, onpaste, onchange };
    return Vue.h("div", heard, this.$slots.default());
  },
  props: { url: String, together: Boolean, pictures: Boolean, largest: Number },
  emits: ["picked", "sent", "answered", "failed"],
  methods: {
    choose(folder = false) {
      const field = this.$el.querySelector("[type=file]");
      field.webkitdirectory = folder;
      field.click();
    },
    chosen({ target }) {
      if (!target.files) return;
      this.take(named(target.files));
      target.value = "";
    },
    over(event) {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      this.$el.classList.add("over");
    },
    leave() {
      this.$el.classList.remove("over");
    },
    async drop(event) {
      this.leave();
      const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      if (!items.length) return;
      event.preventDefault();
      this.take((await Promise.all(items.map(entries))).flat());
    },
    paste(event) {
      const files = this.pictures && event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      this.take(named(files));
    },
    async take(files) {
      if (!files.length) return;
      this.$emit("picked", files.map(([name, { size, type }]) => ({ name, size, type })));
      // A script that takes what is stored, be the socket there or not.
      const stored = this.$el.receiver?.();
      this.$el.dataset.busy = "";
      for (const some of this.together ? [files] : files.map((one) => [one])) await this.send(some, stored);
      delete this.$el.dataset.busy;
    },
    // Pictures wait until somebody answers, unless they are cancelled.
    async send(files, stored) {
      const name = files[0][0];
      const large = files.some(([, { size }]) => size > this.largest);
      const { status, response: answer } = large ? { status: 413 } : await this.post(name, files);
      if (!status && this.pictures) {
        await new Promise((soon) => setTimeout(soon, AGAIN));
        if (this.request) return this.send(files, stored);
      }
      const taken = status > 199 && status < 300;
      if (taken) stored?.(name, answer);
      this.$emit(taken ? "answered" : "failed", { name, status, answer });
    },
    // Each request has all files of its own under "file", or the one as its body where the address wants just that.
    async post(name, files) {
      const body = this.together ? new FormData() : files[0][1];
      if (this.together) for (const [path, file] of files) body.append("file", file, path);
      const request = (this.request = Object.assign(new XMLHttpRequest(), { responseType: "json" }));
      request.upload.onprogress = ({ loaded, total }) => this.$emit("sent", { name, loaded, total });
      request.open("POST", this.url.replace("{name}", encodeURIComponent(name)));
      request.send(body);
      await new Promise((done) => (request.onloadend = done));
      return request;
    },
    cancel() {
      this.request = this.request?.abort();
    },
  },
};
