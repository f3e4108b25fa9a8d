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
  for (const key of Object.keys(localStorage)) if ((/:(\d+)(?=:|$)/.exec(key)?.[1] ?? but) !== but) localStorage.removeItem(key);
  if (sessionStorage.getItem("person") !== but) sessionStorage.clear();
  if (but) sessionStorage.setItem("person", but);
}
