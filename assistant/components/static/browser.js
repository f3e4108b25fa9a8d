// What plain forms and views share of the browser: its clipboard, and what it keeps of a person.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers keep the clipboard from pages that come without encryption.
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) throw new Error("not copied");
  }
}

// Drafts and the like carry the number of their person, as in draft:3:new; keys without one are the browser's own.
export function forget(but = "") {
  const others = (key) => (/:(\d+)(?=:|$)/.exec(key)?.[1] ?? but) !== but;
  for (const key of Object.keys(localStorage).filter(others)) localStorage.removeItem(key);
  if (sessionStorage.getItem("person") !== but) sessionStorage.clear();
  if (but) sessionStorage.setItem("person", but);
  keep("person", but && { person: but, at: Date.now() }); // who may see theirs when the server is away
}

// Characters in one place, of about 5 million in all.
const ROOM = 3e6;
// What is typed waits in the browser under its place, with a key that makes it count once.
export const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
export const kept = (place) => JSON.parse(localStorage.getItem(place));
export function keep(place, words) {
  try {
    const text = JSON.stringify(words);
    if (place && text.length > ROOM) return false;
    if (place) localStorage[words ? "setItem" : "removeItem"](place, text);
    return true;
  } catch {
    // The browser's store is full; the server has what was saved.
  }
}
