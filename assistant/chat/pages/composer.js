const DRAFT_PAUSE = 150; // ms after the last key

export default {
  template: `
  <form class="composer" @submit.prevent="send" @dragover.prevent @drop.prevent="drop" aria-label="Message">
    <p v-if="problem" class="composer-problem" role="alert" id="composer-problem">{{ problem }}</p>
    <div v-if="images.length" class="composer-images">
      <figure v-for="(image, index) in images" :key="image.local">
        <img :src="image.local" alt="Picture to send">
        <span v-if="!image.id" class="composer-uploading">…</span>
        <button type="button" class="icon-button" aria-label="Remove picture" @click="removeImage(index)" v-html="icons.close"></button>
      </figure>
    </div>
    <textarea ref="box" v-model="text" rows="1" placeholder="Ask anything" aria-label="Your message" enterkeyhint="send"
      :aria-describedby="problem ? 'composer-problem' : null" @input="typed" @keydown.enter.exact="enter" @paste="paste"></textarea>
    <div class="composer-bar">
      <input ref="file" type="file" accept="image/png,image/jpeg,image/webp,image/gif" multiple hidden aria-label="Choose pictures" tabindex="-1" @change="chosen">
      <button v-if="vision" type="button" class="icon-button" aria-label="Attach a picture" title="Attach a picture" @click="$refs.file.click()" v-html="icons.image"></button>
      <label class="model-picker">
        <span class="visually-hidden">Model</span>
        <select v-model="chosenModel" @change="$emit('model', chosenModel)" :disabled="!models.length">
          <option v-if="!models.length" value="">No model yet</option>
          <option v-else-if="chosenModel && !models.includes(chosenModel)" :value="chosenModel">{{ chosenModel }} (missing)</option>
          <option v-for="name in models" :key="name" :value="name">{{ name }}</option>
        </select>
      </label>
      <button type="button" class="icon-button" aria-label="Conversation settings" title="Conversation settings" @click="$emit('options')" v-html="icons.sliders"></button>
      <span v-if="meter" class="meter" :title="meter.words" role="img" :aria-label="meter.words">
        <span class="meter-track"><span class="meter-fill" :class="{full: meter.share > 0.85}" :style="{width: Math.min(100, meter.share * 100) + '%'}"></span></span>
        <span class="meter-words">{{ meter.short }}</span>
      </span>
      <span class="grow"></span>
      <button v-if="writing" type="button" class="stop-button" aria-label="Stop" title="Stop (Esc)" @click="$emit('stop')" v-html="icons.stop"></button>
      <button v-else type="submit" class="send-button" aria-label="Send" title="Send (Enter)" :disabled="!ready" v-html="icons.send"></button>
    </div>
  </form>`,
  props: { models: Array, model: String, draft: String, icons: Object, vision: Boolean, writing: Boolean, meter: Object },
  emits: ["send", "stop", "model", "options"],
  data() {
    return { text: "", images: [], problem: "", pending: null, chosenModel: this.model };
  },
  computed: {
    ready() {
      return !this.pending && this.images.every((i) => i.id) && (this.text.trim() || this.images.length);
    },
  },
  watch: {
    model(value) {
      this.chosenModel = value;
    },
  },
  mounted() {
    this.draftName = this.draft;
    this.text = localStorage.getItem(this.draftName) || "";
    this.$nextTick(this.grow);
    this.focus();
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
  },
  unmounted() {
    document.removeEventListener("keydown", this.keys);
  },
  methods: {
    focus() {
      // On a touch screen the keyboard would jump up over what one came to read.
      if (matchMedia("(hover: hover)").matches || !document.querySelector(".message")) this.$refs.box.focus();
    },
    grow() {
      const box = this.$refs.box;
      box.style.height = "auto";
      box.style.height = Math.min(box.scrollHeight, innerHeight * 0.4) + "px";
    },
    typed() {
      this.grow();
      this.problem = "";
      clearTimeout(this.timer);
      this.timer = setTimeout(this.keepDraft, DRAFT_PAUSE);
    },
    keepDraft() {
      if (this.text) localStorage.setItem(this.draftName, this.text);
      else localStorage.removeItem(this.draftName);
    },
    enter(event) {
      if (event.isComposing) return;
      event.preventDefault();
      this.send();
    },
    key(event) {
      const stop = event.key === "Escape" || (event.key === "." && (event.ctrlKey || event.metaKey));
      if (stop && this.writing && !document.querySelector(".q-dialog, .message-edit")) {
        event.preventDefault();
        this.$emit("stop");
      }
      const typing = event.target.closest?.("input, textarea, select, [contenteditable], .q-dialog");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.$refs.box.focus();
      }
    },
    send() {
      if (!this.ready || this.writing) return;
      this.keepDraft();
      const key = crypto.randomUUID?.() || Date.now() + "-" + Math.random();
      this.pending = { key, text: this.text };
      this.$emit("send", { key, text: this.text, images: this.images.map((i) => i.id), model: this.chosenModel });
      clearTimeout(this.slow);
      this.slow = setTimeout(() => {
        if (this.pending?.key === key) this.problem = "Not sent yet: the connection is slow or away. Your text is kept and goes out by itself.";
      }, 3000);
    },
    // From the server: the message is stored. `draft` is where the next one's draft belongs.
    accepted(key, draft) {
      if (this.pending?.key !== key) return;
      if (this.text === this.pending.text) this.text = "";
      this.pending = null;
      this.problem = "";
      this.images = [];
      localStorage.removeItem(this.draftName);
      this.draftName = draft;
      this.keepDraft();
      this.$nextTick(() => {
        this.grow();
        this.$refs.box.focus();
      });
    },
    // From the server: it was not stored; what was typed stays.
    refused(key, sentence) {
      if (this.pending?.key === key) this.pending = null;
      this.problem = sentence;
      this.$refs.box.focus();
    },
    // From the server: another conversation is shown now; what is typed goes along if its place is free.
    turn(draft) {
      localStorage.removeItem(this.draftName);
      this.draftName = draft;
      this.text = this.text || localStorage.getItem(draft) || "";
      this.keepDraft();
      this.$nextTick(this.grow);
    },
    chosen(event) {
      this.upload([...event.target.files]);
      event.target.value = "";
    },
    paste(event) {
      const files = [...(event.clipboardData?.files || [])].filter((f) => f.type.startsWith("image/"));
      if (!files.length) return;
      event.preventDefault();
      this.upload(files);
    },
    drop(event) {
      this.upload([...(event.dataTransfer?.files || [])]);
    },
    async upload(files) {
      if (!files.length) return;
      if (!this.vision) return (this.problem = "This model cannot see pictures. Choose one that can.");
      for (const file of files) await this.uploadOne(file);
      this.$refs.box.focus();
    },
    async uploadOne(file) {
      if (file.size > 10 * 1024 * 1024) return (this.problem = `${file.name} is larger than 10 MB.`);
      const image = { local: URL.createObjectURL(file), id: 0 };
      this.images.push(image);
      try {
        const answer = await fetch("/api/images", { method: "POST", body: file });
        const body = await answer.json();
        if (!answer.ok) throw new Error(body.detail || "The picture could not be read.");
        this.images.find((i) => i.local === image.local).id = body.id;
      } catch (error) {
        this.images = this.images.filter((i) => i.local !== image.local);
        this.problem = error instanceof TypeError ? "The picture could not be sent: no connection." : error.message;
      }
    },
    removeImage(index) {
      URL.revokeObjectURL(this.images[index].local);
      this.images.splice(index, 1);
    },
  },
};
