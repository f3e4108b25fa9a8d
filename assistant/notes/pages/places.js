import { ask } from "/static/api.js";

export default {
  template: `
  <nav class="places" aria-label="Places">
    <ul>
      <li v-for="p in places" :key="p.where"><a :aria-current="here === 'where:' + p.where ? 'page' : null" :href="'/notes' + (p.where === 'notes' ? '' : '?where=' + p.where)" @click.prevent="show({where: p.where})"><span v-html="icons[p.icon]"></span><span class="grow">{{ p.label }}</span><span class="muted">{{ counts[p.where] || '' }}</span></a></li>
    </ul>
    <section v-if="tree.length" aria-label="Tags">
      <h2>Tags</h2>
      <p v-if="problem" class="form-error" role="alert">{{ problem }}</p>
      <ul>
        <li v-for="t in tree" :key="t.name" :style="{paddingLeft: t.depth * 14 + 'px'}">
          <form v-if="renaming === t.name" class="grow" @submit.prevent="save(t)"><input class="field" v-model="name" :ref="focusName" maxlength="100" aria-label="Name of the tag" @keydown.esc.stop.prevent="renaming = ''" @blur="renaming = ''"></form>
          <template v-else>
            <a :aria-current="here === 'tag:' + t.name ? 'page' : null" :href="'/notes?tag=' + encodeURIComponent(t.name)" @click.prevent="show({tag: t.name})"><span v-html="icons.tag"></span><span class="grow title">{{ t.last }}</span><span class="muted">{{ t.count || '' }}</span></a>
            <button type="button" class="icon-button" :aria-label="'Rename the tag ' + t.name" title="Rename, or give it another tag's name to join them" @click="rename(t)" v-html="icons.edit"></button>
          </template>
        </li>
      </ul>
    </section>
    <p class="places-foot"><a class="quiet-button" href="/notes/export">Export all</a></p>
  </nav>`,
  props: { icons: Object },
  data() {
    return {
      counts: {}, tags: [], here: "", renaming: "", name: "", problem: "",
      places: [
        { where: "notes", label: "All notes", icon: "notes" },
        { where: "archive", label: "Archive", icon: "archive" },
        { where: "trash", label: "Trash", icon: "trash" },
      ],
    };
  },
  computed: {
    // A tag a/b stands under a, also where no note has a itself.
    tree() {
      const all = new Map(this.tags.map((t) => [t.name.toLowerCase(), t]));
      for (const { name } of this.tags) {
        const parts = name.split("/");
        for (let i = 1; i < parts.length; i++) {
          const above = parts.slice(0, i).join("/");
          if (!all.has(above.toLowerCase())) all.set(above.toLowerCase(), { name: above, count: 0 });
        }
      }
      // What nests comes right below, before what only begins alike.
      const order = (name) => name.toLowerCase().replaceAll("/", "\u0000");
      const sorted = [...all.values()].sort((a, b) => (order(a.name) < order(b.name) ? -1 : 1));
      return sorted.map((t) => ({ ...t, depth: t.name.split("/").length - 1, last: t.name.split("/").at(-1) }));
    },
  },
  mounted() {
    const query = new URLSearchParams(location.search);
    if (location.pathname === "/notes") this.note({ where: query.get("where"), tag: query.get("tag") });
    this.load();
  },
  methods: {
    async load() {
      try {
        this.counts = await ask("GET", "/api/notes/counts");
        const tags = await ask("GET", "/api/notes/tags");
        this.tags = tags.tags || tags;
      } catch (error) {
        this.problem = error.message;
      }
    },
    changed() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.load(), 400);
    },
    show(detail) {
      if (!document.querySelector(".notelist-full")) return (location.href = "/notes?" + new URLSearchParams(detail));
      this.note(detail);
      document.body.classList.remove("drawer-open");
      dispatchEvent(new CustomEvent("notes:show", { detail }));
    },
    note({ where, tag }) {
      this.here = tag ? "tag:" + tag : "where:" + (where || "notes");
    },
    rename(tag) {
      this.name = tag.name;
      this.renaming = tag.name;
      this.problem = "";
    },
    focusName(element) {
      if (!element || element.dataset.focused) return;
      element.dataset.focused = "1";
      this.$nextTick(() => {
        element.focus();
        element.select();
      });
    },
    async save(tag) {
      const name = this.name.trim();
      this.renaming = "";
      if (!name || name === tag.name) return;
      try {
        await ask("PATCH", "/api/notes/tags", { old: tag.name, new: name });
        this.load();
      } catch (error) {
        this.problem = error.message;
      }
    },
  },
};
