// Plain forms work without this; it shows passwords and says how strong they are.
import { copy, forget } from "./browser.js";

const on = (event, selector, act) =>
  document.querySelectorAll(selector).forEach((one) => one.addEventListener(event, (happened) => act(one, happened)));
// Nobody finds here what the one before wrote; only who was logged out by time does, see login_pages.
if (document.body.dataset.forget !== undefined) forget();
for (const button of document.querySelectorAll("[data-reveal], [data-copy]")) button.hidden = false;
const zone = document.querySelector("[data-zone]");
if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
// Loading the codes again must not send the form again: they would be gone, and an error in their place.
if (document.getElementById("codes")) history.replaceState(null, "", "/codes");

on("click", "[data-copy]", (button) => copy(button.dataset.copy).then(() => (button.textContent = "Copied")));
on("click", "[data-reveal]", (button) => {
  const field = document.getElementById(button.dataset.reveal);
  const hide = field.type === "text";
  field.type = hide ? "password" : "text";
  button.textContent = hide ? "Show" : "Hide";
  button.ariaPressed = String(!hide);
  field.focus();
});

// A hint, not a rule: length counts most, then how many kinds of signs there are.
function strength(password) {
  if (password.length < 8) return password && `${8 - password.length} more to go`;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  const score = Math.min(password.length, new Set(password).size * 2) + kinds * 2;
  return score < 16 ? "Weak: a few more words make it strong" : score < 22 ? "Fair" : "Strong";
}
on("input", "[data-strength]", ({ dataset, value }) => {
  document.getElementById(dataset.strength).textContent = strength(value);
});
