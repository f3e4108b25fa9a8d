const PAUSE = 60; // ms after a key

export default {
  template: `<input type="search" class="field" ref="box" v-model="text" :placeholder="label" :aria-label="label" @input="typed">`,
  props: { words: String, label: String },
  emits: ["words"],
  data() {
    return { text: this.words };
  },
  mounted() {
    this.$refs.box.focus();
  },
  methods: {
    // The address keeps the words, so that coming back shows the same results.
    typed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        const address = new URL(location.href);
        if (this.text) address.searchParams.set("q", this.text.slice(0, 1000));
        else address.searchParams.delete("q");
        history.replaceState(null, "", address);
        this.$emit("words", this.text.slice(0, 1000));
      }, PAUSE);
    },
  },
};
