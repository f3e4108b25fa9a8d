// A month of occurrences, and the days of it one by one; what is dragged to another day moves there.
import { ask } from "/static/api.js";
import { dayKey, dayName, monthName } from "/static/reminders/words.js";

const SHOWN = 3; // occurrences of a day before "and more"

export const Month = {
  template: `
  <div class="calendar">
    <div class="row"><button type="button" class="icon-button" aria-label="The month before" @click="turn(-1)" v-html="icons.back"></button><h2 class="grow" aria-live="polite">{{ name }}</h2><button type="button" class="quiet-button" @click="thisMonth">This month</button><button type="button" class="icon-button" aria-label="The month after" @click="turn(1)" v-html="icons.forward"></button></div>
    <p v-if="problem" class="form-error" role="alert">{{ problem }}</p>
    <div class="calendar-days" role="grid" :aria-label="name">
      <div class="calendar-week calendar-head" role="row"><span v-for="d in ['Mon','Tue','Wed','Thu','Fri','Sat','Sun']" :key="d" role="columnheader">{{ d }}</span></div>
      <div v-for="(week, w) in weeks" :key="w" class="calendar-week" role="row">
        <div v-for="d in week" :key="d.key" role="gridcell" :class="['calendar-day', {other: d.other, today: d.key === today, picked: d.key === picked, over: d.key === over}]" @click.self="picked = d.key"
          @dragover.prevent="over = d.key" @dragleave="over = ''" @drop.prevent="drop(d.key)">
          <button type="button" class="calendar-number" :aria-label="dayName(d.key) + ', ' + d.items.length + (d.items.length === 1 ? ' reminder' : ' reminders')" :aria-pressed="d.key === picked" @click="picked = d.key">{{ d.number }}</button>
          <button v-for="o in d.items.slice(0, shown)" :key="o.reminder + o.at" type="button" tabindex="-1" :class="['calendar-item', 'priority-' + o.priority, {done: o.done}]" :draggable="!o.done" :title="o.text" @dragstart="drag($event, o)" @click="$emit('open', o.reminder)"><time>{{ o.wall.slice(11, 16) }}</time> {{ o.text }}</button>
          <button v-if="d.items.length > shown" type="button" class="calendar-more" tabindex="-1" @click="picked = d.key">{{ d.items.length - shown }} more</button>
        </div>
      </div>
    </div>
    <section v-if="picked" class="day-group" :aria-label="dayName(picked)">
      <div class="row"><h2 class="grow">{{ dayName(picked) }}</h2><button v-if="picked >= today" type="button" class="quiet-button" @click="$emit('add', picked)"><span v-html="icons.plus"></span>Add</button></div>
      <ul class="reminder-list">
        <li v-for="o in itemsOf(picked)" :key="o.reminder + o.at" :class="['reminder', 'priority-' + o.priority, {done: o.done}]"><button type="button" class="reminder-text" @click="$emit('open', o.reminder)"><span class="title">{{ o.text }}</span><span class="note-foot"><time>{{ o.wall.slice(11, 16) }}</time><span v-if="o.repeats">repeats</span></span></button></li>
        <li v-if="!itemsOf(picked).length" class="muted calendar-none">Nothing on this day.</li>
      </ul>
    </section>
  </div>`,
  props: { icons: Object, zone: String },
  emits: ["open", "add", "drop"],
  data() {
    const today = dayKey(Date.now(), this.zone);
    return { month: new Date(today.slice(0, 7) + "-01T00:00:00Z"), today, found: [], picked: matchMedia("(max-width: 700px)").matches ? today : "", over: "", dragged: null, problem: "", shown: SHOWN };
  },
  computed: {
    name() {
      return monthName(this.month);
    },
    weeks() {
      const first = new Date(this.month);
      first.setUTCDate(1 - ((first.getUTCDay() + 6) % 7));
      const last = new Date(Date.UTC(this.month.getUTCFullYear(), this.month.getUTCMonth() + 1, 0));
      const count = Math.ceil((last - first) / 864e5 / 7 + 0.01);
      return Array.from({ length: count }, (_, w) => Array.from({ length: 7 }, (_, d) => this.dayAt(first, w * 7 + d)));
    },
    byDay() {
      const days = new Map();
      for (const one of this.found) {
        const key = one.wall.slice(0, 10);
        if (!days.has(key)) days.set(key, []);
        days.get(key).push(one);
      }
      return days;
    },
  },
  mounted() {
    this.load();
  },
  methods: {
    itemsOf(key) {
      return this.byDay.get(key) || [];
    },
    dayName(key) {
      return dayName(key, this.zone);
    },
    dayAt(first, number) {
      const day = new Date(first);
      day.setUTCDate(first.getUTCDate() + number);
      const key = day.toISOString().slice(0, 10);
      return { key, number: day.getUTCDate(), other: day.getUTCMonth() !== this.month.getUTCMonth(), items: this.itemsOf(key) };
    },
    async load() {
      const month = this.month;
      const around = (days) => new Date(month.getTime() + days * 864e5).toISOString();
      try {
        const found = await ask("GET", `/api/reminders/between?start=${around(-8)}&end=${around(45)}`);
        if (month === this.month) Object.assign(this, { found, problem: "" });
      } catch (error) {
        this.problem = error.message;
      }
    },
    turn(by) {
      this.month = new Date(Date.UTC(this.month.getUTCFullYear(), this.month.getUTCMonth() + by, 1));
      this.picked = "";
      this.load();
    },
    thisMonth() {
      this.month = new Date(this.today.slice(0, 7) + "-01T00:00:00Z");
      this.picked = this.today;
      this.load();
    },
    drag(event, one) {
      this.dragged = one;
      event.dataTransfer.setData("text/plain", one.text);
      event.dataTransfer.effectAllowed = "move";
    },
    drop(day) {
      const one = this.dragged;
      this.over = "";
      this.dragged = null;
      if (one && one.wall.slice(0, 10) !== day) this.$emit("drop", { id: one.reminder, text: one.text, occurrence: one.at }, day);
    },
  },
};
