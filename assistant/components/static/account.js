// Plain forms work without this; it shows passwords, says how strong they are, and says what is wrong before sending.
import { copy, forget } from "./browser.js";
const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
// Nobody finds here what the one before wrote; only who was logged out by time does, see login_pages.
if (document.body.dataset.forget !== undefined) forget();

all("[data-reveal]", (button) => {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? "Show" : "Hide";
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
});

// A hint, not a rule: length counts most, then how many kinds of signs there are.
function strength(password) {
  if (!password) return "";
  if (password.length < 8) return `${8 - password.length} more to go`;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  const score = Math.min(password.length, new Set(password).size * 2) + kinds * 2;
  return score < 16 ? "Weak: a few more words make it strong" : score < 22 ? "Fair" : "Strong";
}
all("[data-strength]", (field) => field.addEventListener("input", () => (document.getElementById(field.dataset.strength).textContent = strength(field.value))));

function say(field, sentence) {
  field.setAttribute("aria-invalid", String(Boolean(sentence)));
  document.getElementById(`${field.id}-error`).textContent = sentence;
}
// What is said about an earlier text is no longer true of the next one.
all(".field-box input", (field) => field.addEventListener("input", () => say(field, "")));
all("form:has([data-wrong])", (form) => {
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    const wrong = [...form.elements].filter((field) => field.id && !field.validity.valid);
    wrong.forEach((field) => say(field, field.dataset.wrong || "This is needed."));
    if (wrong.length) event.preventDefault();
    wrong[0]?.focus();
  });
});

// Loading the codes again must not send the form again: they would be gone, and an error in their place.
if (document.getElementById("codes")) history.replaceState(null, "", "/codes");
all("[data-zone]", (zone) => (zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || ""));
all("[data-needs-script]", (row) => (row.hidden = false));
all("[data-lines]", (button) => button.addEventListener("click", () => {
  const text = [...document.querySelectorAll("#codes li")].map((item) => item.textContent).join("\n") + "\n";
  if (button.dataset.lines === "copy") return copy(text).then(() => (button.textContent = "Copied"));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: "assistant-recovery-codes.txt" });
  link.click();
  URL.revokeObjectURL(link.href);
}));
