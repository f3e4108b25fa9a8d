// An RFC 5545 rule as a form has it: how often, on which days, until when. A rule that says more
// than the form can show is kept as it is.

export const WEEKDAYS = [["MO", "Mon"], ["TU", "Tue"], ["WE", "Wed"], ["TH", "Thu"], ["FR", "Fri"], ["SA", "Sat"], ["SU", "Sun"]];
export const UNITS = [["MINUTELY", "minute"], ["HOURLY", "hour"], ["DAILY", "day"], ["WEEKLY", "week"], ["MONTHLY", "month"], ["YEARLY", "year"]];
export const NTHS = [[1, "first"], [2, "second"], [3, "third"], [4, "fourth"], [-1, "last"]];
const AFTER = [["W", "week"], ["D", "day"], ["H", "hour"], ["M", "minute"]];
const PLAIN = { kind: "never", every: 1, unit: "DAILY", days: [], month: "day", nth: 1, weekday: "MO", end: "never", until: "", count: 10, rule: "", afterUnit: "D" };

export function fromRule(rule, afterDone) {
  if (afterDone) return { ...PLAIN, kind: "after", ...fromInterval(afterDone) };
  if (!rule) return { ...PLAIN };
  const parts = Object.fromEntries(rule.split(";").map((part) => part.split("=")));
  const { FREQ, INTERVAL = "1", BYDAY = "", BYMONTHDAY = "", BYMONTH = "", UNTIL = "", COUNT = "", WKST, ...rest } = parts;
  const shown = { ...PLAIN, kind: "regularly", every: +INTERVAL, unit: FREQ, rule };
  if (COUNT) Object.assign(shown, { end: "count", count: +COUNT });
  if (UNTIL) Object.assign(shown, { end: "until", until: `${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6, 8)}` });
  const fits = Object.keys(rest).length === 0 && UNITS.some((unit) => unit[0] === FREQ) && onDays(shown, BYDAY, BYMONTHDAY, BYMONTH);
  return fits ? shown : { ...PLAIN, kind: "other", rule };
}

function onDays(shown, days, monthDays, months) {
  if (shown.unit === "YEARLY") return !days && /^\d{0,2}$/.test(monthDays) && /^\d{0,2}$/.test(months);
  if (months) return false;
  if (shown.unit === "WEEKLY") {
    shown.days = days ? days.split(",") : [];
    return !monthDays && shown.days.every((day) => WEEKDAYS.some((each) => each[0] === day));
  }
  if (shown.unit !== "MONTHLY") return !days && !monthDays;
  const nth = /^(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)$/.exec(days);
  if (nth) Object.assign(shown, { month: "nth", nth: +nth[1], weekday: nth[2] });
  else if (monthDays === "-1") shown.month = "last";
  return nth ? !monthDays : !days && /^(-1|\d{0,2})$/.test(monthDays);
}

function fromInterval(text) {
  const found = /^P(?:(\d+)(W|D)|T(\d+)(H|M))$/.exec(text);
  return found ? { every: +(found[1] || found[3]), afterUnit: found[2] || found[4] } : { every: 1, afterUnit: "D", after: text };
}

// What is wrong with what was chosen, in a sentence; empty when nothing is.
export function wrongIn(shown) {
  const whole = (value, most) => /^\d+$/.test(String(value)) && +value >= 1 && +value <= most;
  const every = shown.kind === "regularly" || (shown.kind === "after" && !shown.after);
  if (every && !whole(shown.every, 999)) return "Say how often: a whole number from 1 to 999.";
  if (shown.kind === "regularly" && shown.end === "count" && !whole(shown.count, 10000)) return "Say how many times: a whole number from 1 to 10,000.";
  if (shown.kind === "regularly" && shown.end === "until" && !shown.until) return "Say until which day.";
  return "";
}

// What the form says: { rule, after_done }. `day` is the first day, YYYY-MM-DD.
export function toRule(shown, day) {
  const every = +shown.every;
  if (shown.kind === "after") return { rule: "", after_done: shown.after || (["H", "M"].includes(shown.afterUnit) ? `PT${every}${shown.afterUnit}` : `P${every}${shown.afterUnit}`) };
  if (shown.kind === "other") return { rule: shown.rule, after_done: "" };
  if (shown.kind === "never") return { rule: "", after_done: "" };
  const parts = [`FREQ=${shown.unit}`];
  if (every > 1) parts.push(`INTERVAL=${every}`);
  if (shown.unit === "WEEKLY" && shown.days.length) parts.push("BYDAY=" + WEEKDAYS.map((each) => each[0]).filter((each) => shown.days.includes(each)).join(","));
  if (shown.unit === "MONTHLY") parts.push(shown.month === "last" ? "BYMONTHDAY=-1" : shown.month === "nth" ? `BYDAY=${shown.nth}${shown.weekday}` : `BYMONTHDAY=${+day.slice(8) || 1}`);
  if (shown.unit === "YEARLY" && day) parts.push(`BYMONTH=${+day.slice(5, 7)}`, `BYMONTHDAY=${+day.slice(8)}`);
  if (shown.end === "count") parts.push(`COUNT=${+shown.count}`);
  if (shown.end === "until" && shown.until) parts.push(`UNTIL=${shown.until.replaceAll("-", "")}T235959`);
  return { rule: parts.join(";"), after_done: "" };
}

export const Repetition = {
  template: `
  <fieldset class="repetition">
    <legend>Repeats</legend>
    <div class="row">
      <select class="field" v-model="shown.kind" aria-label="Repeats" @change="$emit('changed')">
        <option value="never">Never</option><option value="regularly">Regularly</option><option value="after">After it is done</option>
        <option v-if="shown.kind === 'other'" value="other">{{ words || 'By a longer rule' }}</option>
      </select>
      <template v-if="shown.kind === 'regularly' || shown.kind === 'after'">
        <label class="row inline">every <input class="field number" type="number" min="1" max="999" v-model="shown.every" aria-label="Every so many" @input="shown.after = ''; $emit('changed')"></label>
        <select v-if="shown.kind === 'regularly'" class="field" v-model="shown.unit" aria-label="Unit" @change="$emit('changed')"><option v-for="u in units" :key="u[0]" :value="u[0]">{{ u[1] }}{{ +shown.every === 1 ? '' : 's' }}</option></select>
        <select v-else class="field" v-model="shown.afterUnit" aria-label="Unit" @change="shown.after = ''; $emit('changed')"><option v-for="u in after" :key="u[0]" :value="u[0]">{{ u[1] }}{{ +shown.every === 1 ? '' : 's' }}</option></select>
      </template>
    </div>
    <div v-if="shown.kind === 'regularly' && shown.unit === 'WEEKLY'" class="weekday-chips" role="group" aria-label="On these days">
      <button v-for="d in weekdays" :key="d[0]" type="button" class="chip" :aria-pressed="shown.days.includes(d[0])" @click="toggle(d[0])">{{ d[1] }}</button>
    </div>
    <div v-if="shown.kind === 'regularly' && shown.unit === 'MONTHLY'" class="row">
      <select class="field" v-model="shown.month" aria-label="On which day of the month" @change="$emit('changed')"><option value="day">on day {{ +day.slice(8) || 1 }}</option><option value="last">on the last day</option><option value="nth">on a weekday</option></select>
      <template v-if="shown.month === 'nth'">
        <select class="field" v-model.number="shown.nth" aria-label="Which" @change="$emit('changed')"><option v-for="n in nths" :key="n[0]" :value="n[0]">the {{ n[1] }}</option></select>
        <select class="field" v-model="shown.weekday" aria-label="Weekday" @change="$emit('changed')"><option v-for="d in weekdays" :key="d[0]" :value="d[0]">{{ d[1] }}</option></select>
      </template>
    </div>
    <div v-if="shown.kind === 'regularly'" class="row">
      <select class="field" v-model="shown.end" aria-label="Ends" @change="$emit('changed')"><option value="never">without an end</option><option value="until">until</option><option value="count">so many times</option></select>
      <input v-if="shown.end === 'until'" class="field" type="date" v-model="shown.until" aria-label="Until" @change="$emit('changed')">
      <label v-if="shown.end === 'count'" class="row inline"><input class="field number" type="number" min="1" max="10000" v-model="shown.count" aria-label="Times" @input="$emit('changed')"> times</label>
    </div>
    <p v-if="problem" class="form-error" role="alert">{{ problem }}</p>
  </fieldset>`,
  props: { shown: Object, day: String, words: String, problem: String },
  emits: ["changed"],
  data: () => ({ units: UNITS, after: AFTER, weekdays: WEEKDAYS, nths: NTHS }),
  methods: {
    toggle(day) {
      this.shown.days = this.shown.days.includes(day) ? this.shown.days.filter((each) => each !== day) : [...this.shown.days, day];
      this.$emit("changed");
    },
  },
};
