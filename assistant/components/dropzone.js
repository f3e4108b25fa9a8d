// Files and folders by drop, paste or choice, sent one after another with what is sent so far. What is taken, and
// what is said of it, is the server's.
const entries = async (entry) => {
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed)).then((file) => [entry.fullPath.slice(1), file])];
  const reader = entry.createReader();
  const found = [];
  for (let some; (some = await new Promise((done, failed) => reader.readEntries(done, failed))).length; ) found.push(...some);
  return (await Promise.all(found.map(entries))).flat();
};

export default {
  template: `<div @dragover="over" @dragleave="leave" @drop="drop" @paste="paste"><slot></slot><input ref="file" type="file" hidden tabindex="-1" :accept="accept" :multiple="multiple" aria-hidden="true" @change="chosen"></div>`,
  props: { url: String, accept: String, multiple: Boolean, together: Boolean, pasted: Boolean, largest: Number },
  emits: ["picked", "sent", "answered", "failed"],
  methods: {
    choose(folder = false) {
      this.$refs.file.webkitdirectory = folder;
      this.$refs.file.click();
    },
    chosen(event) {
      this.take([...event.target.files].map((file) => [file.webkitRelativePath || file.name, file]));
      event.target.value = "";
    },
    over(event) {
      if (![...event.dataTransfer.types].includes("Files")) return;
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
      const files = this.pasted ? [...(event.clipboardData?.files || [])] : [];
      if (!files.length) return;
      event.preventDefault();
      this.take(files.map((file) => [file.name, file]));
    },
    async take(files) {
      if (!files.length) return;
      this.$emit("picked", files.map(([name, file]) => ({ name, size: file.size, type: file.type })));
      if (this.together) return this.send(files);
      for (const one of files) await this.send([one]);
    },
    // Each request has all files of its own under "file", or the one as its body where the address wants just that.
    send(files) {
      const name = files[0][0];
      if (this.largest && files.some(([, file]) => file.size > this.largest)) return this.$emit("failed", { name, status: 413, answer: null });
      const request = (this.request = new XMLHttpRequest());
      request.open("POST", this.url.replace("{name}", encodeURIComponent(name)));
      let told = 0;
      request.upload.onprogress = ({ loaded, total }) => {
        if (Date.now() - told < 200 && loaded < total) return;
        told = Date.now();
        this.$emit("sent", { name, loaded, total });
      };
      const body = new FormData();
      for (const [path, file] of files) body.append("file", file, path);
      return new Promise((done) => {
        request.onloadend = () => {
          let answer = null;
          try {
            answer = JSON.parse(request.responseText);
          } catch {}
          this.$emit(request.status >= 200 && request.status < 300 ? "answered" : "failed", { name, status: request.status, answer });
          done();
        };
        request.send(this.together ? body : files[0][1]);
      });
    },
    cancel() {
      this.request?.abort();
    },
  },
};
