// Plain forms work without this; it shows passwords and says how strong they are.
import { copy, forget, keep } from "./browser.js";

const on = (event, selector, act) =>
  document.querySelectorAll(selector).forEach((one) => one.addEventListener(event, () => act(one)));
// Nobody finds here what the one before wrote; only who was logged out by time does, see login_pages.
if ("forget" in document.body.dataset) forget();
keep("person", null);
for (const button of document.querySelectorAll("[data-reveal], [data-copy]")) button.hidden = false;
const zone = document.querySelector("[data-zone]");
if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
// Loading the codes again must not send the form again: they would be gone, and an error in their place.
if (document.getElementById("codes")) history.replaceState(null, "", "/codes");

on("click", "[data-copy]", (button) => copy(button.dataset.copy).then(() => (button.textContent = "Copied")));
on("click", "[data-reveal]", (button) => {
  const field = button.previousElementSibling;
  const hide = field.type === "text";
  field.type = hide ? "password" : "text";
  button.textContent = hide ? "Show" : "Hide";
  button.ariaPressed = !hide;
  field.focus();
});

// A hint, not a rule: length counts most, then how many kinds of signs there are.
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u];
on("input", "[data-strength]", ({ dataset: { strength, words }, value }) => {
  const [more, weak, fair, strong] = words.split("|");
  const score = Math.min(value.length, new Set(value).size * 2) + KINDS.filter((kind) => kind.test(value)).length * 2;
  const said = value.length < 8 ? value && 8 - value.length + more : score < 16 ? weak : score < 22 ? fair : strong;
  document.getElementById(strength).textContent = said;
});
