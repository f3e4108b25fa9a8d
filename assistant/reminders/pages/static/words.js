// Times, repetitions and leads in words. Instants show in the person's zone, walls as they are.

export const LEADS = [[0, "At the time"], [10, "10 minutes before"], [30, "Half an hour before"], [60, "An hour before"], [1440, "The day before"], [10080, "A week before"]];
export const PRIORITIES = ["None", "Low", "Middle", "High"];
export const STOPPING = ["past", "impossible", "no_text", "too_long", "unknown_zone"]; // problems with which nothing is kept

const format = (zone, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
const plain = (words) => words.replace(/^(\p{L}+),/u, "$1"); // some forms have a comma after the weekday
const DAY = { weekday: "short", day: "numeric", month: "short" };
const TIME = { hour: "2-digit", minute: "2-digit" };

export const plural = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;

// The day as YYYY-MM-DD, as keys and date fields have it.
export const dayKey = (instant, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(instant));

export function moment(instant, zone) {
  const then = new Date(instant);
  const other = then.getFullYear() !== new Date().getFullYear();
  return plain(format(zone, { ...DAY, ...TIME, ...(other && { year: "numeric" }) }).format(then));
}

export const clock = (instant, zone) => format(zone, TIME).format(new Date(instant));

// A naive time on the wall: what it shows, wherever.
export const wall = (local) => plain(format("UTC", { ...DAY, year: "numeric", ...TIME }).format(new Date(local + "Z")));

export function dayName(key, zone) {
  if (key === dayKey(Date.now(), zone)) return "Today";
  if (key === dayKey(Date.now() + 864e5, zone)) return "Tomorrow";
  if (key === dayKey(Date.now() - 864e5, zone)) return "Yesterday";
  const year = key.slice(0, 4) === dayKey(Date.now(), zone).slice(0, 4) ? {} : { year: "numeric" };
  return plain(format("UTC", { weekday: "long", day: "numeric", month: "long", ...year }).format(new Date(key + "T00:00:00Z")));
}

export const monthName = (date) => format("UTC", { month: "long", year: "numeric" }).format(date);

export function ahead(minutes) {
  const known = LEADS.find((lead) => lead[0] === minutes);
  if (known) return known[1];
  for (const [unit, size] of [["week", 10080], ["day", 1440], ["hour", 60], ["minute", 1]]) {
    if (minutes % size === 0) return `${plural(minutes / size, unit)} before`;
  }
  return "";
}

// "the day before and at the time"; nothing for what everybody expects.
export function leadWords(leads) {
  if (leads.length === 1 && !leads[0]) return "";
  return [...leads].sort((a, b) => b - a).map((minutes) => ahead(minutes).toLowerCase()).join(" and ");
}

export function interval(text) {
  const found = /P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/.exec(text) || [];
  const parts = ["week", "day", "hour", "minute"].map((unit, at) => (+found[at + 1] ? plural(+found[at + 1], unit) : ""));
  return parts.filter(Boolean).join(" ") || text;
}

export function late(seconds) {
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (seconds >= size) return `${plural(Math.floor(seconds / size), unit)} late`;
  }
  return "";
}
