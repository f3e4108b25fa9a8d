import { ask } from "/static/api.js";

export default {
  template: `
  <section class="sheet-inner import" aria-label="Import">
    <h1>Import notes</h1>
    <p v-if="problem" class="composer-problem" role="alert">{{ problem }}</p>
    <div v-if="!job" class="drop" :class="{over, busy}" @dragover.prevent="over = true" @dragleave="over = false" @drop.prevent="dropped">
      <template v-if="busy"><h2>Reading the files…</h2><p class="muted">Nothing is stored yet.</p></template>
      <template v-else>
        <h2>Drop files here</h2>
        <p class="muted">Markdown and text files, a zip of them (also from Obsidian), or Google Keep's Takeout.</p>
        <div class="row">
          <button type="button" class="main-button" @click="$refs.files.click()">Choose files</button>
          <button type="button" class="quiet-button" @click="$refs.folder.click()">Choose a folder</button>
        </div>
      </template>
      <input ref="files" type="file" multiple hidden aria-label="Choose files" tabindex="-1" @change="chosen">
      <input ref="folder" type="file" webkitdirectory hidden aria-label="Choose a folder" tabindex="-1" @change="chosen">
    </div>
    <template v-if="job && job.state === 'planned'">
      <div class="card-box">
        <h2>{{ count(job.plan.new, 'new note') }}</h2>
        <p v-if="job.plan.attachments">With {{ count(job.plan.attachments, 'picture') }}.</p>
        <p v-if="job.plan.here">{{ count(job.plan.here, 'note') }} from these files {{ job.plan.here === 1 ? 'is' : 'are' }} here already and left alone.</p>
        <p v-if="job.plan.tags.length">Tags: {{ job.plan.tags.slice(0, 20).join(', ') }}{{ job.plan.tags.length > 20 ? ' and ' + (job.plan.tags.length - 20) + ' more' : '' }}</p>
        <ul v-if="job.plan.titles.length" class="import-titles"><li v-for="t in job.plan.titles" :key="t">{{ t || 'Untitled' }}</li></ul>
        <p v-if="job.plan.new > job.plan.titles.length">and {{ job.plan.new - job.plan.titles.length }} more</p>
        <div class="row"><button v-if="job.plan.new" type="button" class="main-button" @click="run">Import {{ count(job.plan.new, 'note') }}</button><button type="button" class="quiet-button" @click="again">Choose other files</button></div>
      </div>
    </template>
    <div v-if="job && job.state === 'running'" class="card-box">
      <h2>Importing…</h2>
      <div class="bar" role="progressbar" aria-label="Importing" :aria-valuenow="Math.round(share * 100)"><div :style="{width: share * 100 + '%'}"></div></div>
      <div class="row"><span class="muted grow">{{ stopping ? 'Cancelling…' : job.done + ' of ' + job.total }}</span><button type="button" class="quiet-button" :disabled="stopping" @click="cancel">Cancel</button></div>
    </div>
    <div v-if="job && job.report" class="card-box" role="status">
      <h2>{{ job.report.cancelled ? 'Cancelled' : 'Done' }}: {{ count(job.report.created, 'note') }} imported</h2>
      <p v-if="job.report.attachments">With {{ count(job.report.attachments, 'picture') }}.</p>
      <p v-if="job.report.unchanged">{{ count(job.report.unchanged, 'note') }} here already, left alone.</p>
      <p v-if="job.report.cancelled">What came before stays. Import the same again to go on.</p>
      <div class="row"><a class="main-button" href="/notes">To the notes</a><button type="button" class="quiet-button" @click="again">Import more</button></div>
    </div>
    <p v-if="job && job.problem" class="composer-problem" role="alert">{{ job.problem }}</p>
    <details v-if="said.length" class="card-box import-said" :open="said.length < 12">
      <summary>{{ count(said.length, 'remark') }}: what was left out or changed, and why</summary>
      <ul><li v-for="(s, i) in said.slice(0, 500)" :key="i"><strong>{{ s.name }}</strong> {{ s.sentence }}</li></ul>
    </details>
  </section>`,
  data() {
    return { stopping: false, job: null, problem: "", over: false, busy: false };
  },
  computed: {
    share() {
      return this.job.total ? this.job.done / this.job.total : 0;
    },
    said() {
      const told = this.job?.report || this.job?.plan;
      return told ? [...told.skipped, ...told.remarks] : [];
    },
  },
  mounted() {
    // A reload finds the import again.
    const id = sessionStorage.getItem("notes:import");
    if (id) this.look(id);
  },
  unmounted() {
    clearTimeout(this.timer);
  },
  methods: {
    count(number, what) {
      return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
    },
    chosen(event) {
      this.send([...event.target.files].map((file) => [file, file.webkitRelativePath || file.name]));
      event.target.value = "";
    },
    async dropped(event) {
      this.over = false;
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      if (!entries.some((entry) => entry.isDirectory)) return this.send([...event.dataTransfer.files].map((file) => [file, file.name]));
      const files = [];
      const walk = async (entry, path) => {
        if (entry.isFile) return files.push([await new Promise((good, bad) => entry.file(good, bad)), path + entry.name]);
        const reader = entry.createReader();
        for (;;) {
          const some = await new Promise((good, bad) => reader.readEntries(good, bad));
          if (!some.length) return;
          for (const inner of some) await walk(inner, path + entry.name + "/");
        }
      };
      for (const entry of entries) await walk(entry, "");
      this.send(files);
    },
    async send(files) {
      if (!files.length) return;
      this.problem = "";
      if (files.reduce((sum, [file]) => sum + file.size, 0) > 200e6) return (this.problem = "These files are larger than 200 MB together. Import them in parts.");
      const form = new FormData();
      for (const [file, path] of files) form.append("file", file, path);
      this.busy = true;
      try {
        const answer = await fetch("/api/notes/import", { method: "POST", body: form });
        const body = await answer.json();
        if (!answer.ok) throw new Error(body.detail || "The files could not be read.");
        this.take(body);
      } catch (error) {
        this.problem = error instanceof TypeError ? "The files could not be sent: no connection, or a file changed meanwhile." : error.message;
      }
      this.busy = false;
    },
    take(job) {
      this.job = job;
      sessionStorage.setItem("notes:import", job.id);
      clearTimeout(this.timer);
      if (job.state === "running") this.timer = setTimeout(() => this.look(job.id), 300);
    },
    async look(id) {
      try {
        this.take(await ask("GET", `/api/notes/import/${id}`));
      } catch (error) {
        if (error.status === 404) this.again();
        else this.timer = setTimeout(() => this.look(id), 1500);
      }
    },
    async run() {
      this.take(await ask("POST", `/api/notes/import/${this.job.id}/run`).catch((error) => (this.problem = error.message, this.job)));
    },
    async cancel() {
      this.stopping = true;
      await ask("POST", `/api/notes/import/${this.job.id}/cancel`).catch((error) => (this.problem = error.message));
    },
    again() {
      this.stopping = false;
      sessionStorage.removeItem("notes:import");
      this.job = null;
      this.problem = "";
    },
  },
};
