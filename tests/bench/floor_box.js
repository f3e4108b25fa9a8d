export default {
  template: `<main><textarea name="text" ref="box" @keydown.enter.exact.prevent="send"></textarea>
    <div ref="answers"></div></main>`,
  emits: ["send"],
  methods: {
    send() {
      const answer = Object.assign(document.createElement("div"), { className: "message-assistant" });
      this.live = Object.assign(document.createElement("div"), { className: "prose" });
      answer.append(this.live);
      this.$refs.answers.append(answer);
      this.$emit("send", this.$refs.box.value);
      this.$refs.box.value = "";
    },
    add(text) {
      this.live.append(text);
    },
  },
};
