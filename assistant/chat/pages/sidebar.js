export default {
  template: `
  <nav class="conversations" aria-label="Conversations">
    <div class="conversations-top">
      <a class="main-button new-chat" href="/" :aria-label="'New chat'"><span v-html="icons.plus"></span>New chat</a>
      <input v-model="words" type="search" class="field" placeholder="Find a conversation" aria-label="Find a conversation" @input="typed">
    </div>
    <div class="conversations-list">
      <section v-for="group in groups" :key="group.title" :aria-label="group.title">
        <h2>{{ group.title }}</h2>
        <ul>
          <li v-for="c in group.items" :key="c.id" :class="{current: c.id === current}">
            <form v-if="renaming === c.id" @submit.prevent="saveName(c)">
              <input v-model="name" :ref="focusName" class="field" maxlength="200" aria-label="Title" @keydown.esc.stop.prevent="renaming = 0" @blur="saveName(c)">
            </form>
            <template v-else>
              <a :href="'/chat/' + c.id" :aria-current="c.id === current ? 'page' : null" :title="c.title">
                <span class="title">{{ c.title }}</span><span v-if="c.writing" class="pulse" role="img" aria-label="An answer is being written"></span></a>
              <button class="icon-button" :aria-label="'More for ' + c.title" aria-haspopup="menu" :aria-expanded="menu === c.id" @click.stop="open(c, $event)" v-html="icons.more"></button>
            </template>
          </li>
        </ul>
      </section>
      <p v-if="!groups.length" class="conversations-empty">{{ words ? 'No title has these words.' : archive ? 'Nothing is archived.' : 'Your conversations will be listed here.' }}</p>
      <button v-if="more" class="quiet-button" @click="$emit('more')">Show more</button>
    </div>
    <button class="quiet-button conversations-archive" :aria-pressed="archive" @click="$emit('archive_view', !archive)">{{ archive ? 'Back to conversations' : 'Archived' }}</button>
    <teleport to="body">
      <div v-if="menu" class="floating-menu" role="menu" ref="menu" :style="place" @keydown="menuKey" @click.stop>
        <button role="menuitem" @click="rename">Rename</button>
        <button role="menuitem" @click="act('pin', {on: !chosen.pinned})">{{ chosen.pinned ? 'Unpin' : 'Pin' }}</button>
        <button role="menuitem" @click="act('archive', {on: !chosen.archived})">{{ chosen.archived ? 'Take out of the archive' : 'Archive' }}</button>
        <button role="menuitem" class="danger" @click="act('remove')">Delete</button>
      </div>
    </teleport>
  </nav>`,
  props: { groups: Array, current: Number, icons: Object, more: Boolean, archive: Boolean },
  emits: ["find", "more", "rename", "pin", "archive", "remove", "archive_view"],
  data() {
    return { words: "", menu: 0, chosen: null, renaming: 0, name: "", place: {} };
  },
  mounted() {
    this.away = () => (this.menu = 0);
    document.addEventListener("click", this.away);
  },
  unmounted() {
    document.removeEventListener("click", this.away);
  },
  methods: {
    typed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.$emit("find", { words: this.words }), 120);
    },
    open(c, event) {
      this.opener = event.currentTarget;
      const box = this.opener.getBoundingClientRect();
      this.place = { top: Math.min(box.bottom + 4, innerHeight - 190) + "px", left: Math.min(box.left, innerWidth - 200) + "px" };
      this.chosen = c;
      this.menu = this.menu === c.id ? 0 : c.id;
      this.$nextTick(() => this.$refs.menu?.querySelector("button").focus());
    },
    menuKey(event) {
      const items = [...this.$refs.menu.querySelectorAll("button")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
      } else if (event.key === "Escape" || event.key === "Tab") {
        event.preventDefault();
        event.stopPropagation();
        this.menu = 0;
        this.opener.focus();
      }
    },
    act(name, more) {
      this.menu = 0;
      this.$emit(name, { id: this.chosen.id, ...more });
    },
    rename() {
      this.menu = 0;
      this.name = this.chosen.title;
      this.renaming = this.chosen.id;
    },
    focusName(element) {
      if (!element || element.dataset.focused) return;
      element.dataset.focused = "1";
      // Vue calls this before the element is in the page.
      this.$nextTick(() => {
        element.focus();
        element.select();
      });
    },
    saveName(c) {
      if (this.renaming !== c.id) return;
      this.renaming = 0;
      if (this.name.trim() && this.name.trim() !== c.title) this.$emit("rename", { id: c.id, title: this.name.trim() });
    },
  },
};
