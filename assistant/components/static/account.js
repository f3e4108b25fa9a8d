for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? "Show" : "Hide";
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
}

// A hint, not a rule: length counts most, then how many kinds of signs there are.
function strength(password) {
  if (!password) return "";
  if (password.length < 8) return `${8 - password.length} more to go`;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  const distinct = new Set(password).size;
  const score = Math.min(password.length, distinct * 2) + kinds * 2;
  return score < 16 ? "Weak: a few more words make it strong" : score < 22 ? "Fair" : "Strong";
}

for (const field of document.querySelectorAll("[data-strength]")) {
  const line = document.getElementById(field.dataset.strength);
  field.addEventListener("input", () => (line.textContent = strength(field.value)));
}

// What is said about an earlier text is no longer true of the next one.
for (const field of document.querySelectorAll("[aria-invalid]")) {
  field.addEventListener("input", () => {
    field.removeAttribute("aria-invalid");
    document.getElementById(`${field.id}-error`)?.remove();
  }, { once: true });
}

// Loading the codes again must not send the form again: they would be gone, and an error in their place.
if (document.getElementById("codes")) history.replaceState(null, "", "/codes");

for (const zone of document.querySelectorAll("[data-zone]")) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
for (const row of document.querySelectorAll("[data-needs-script]")) row.hidden = false;

const lines = (id) => [...document.querySelectorAll(`#${id} li`)].map((item) => item.textContent).join("\n") + "\n";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = lines(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
  });
}

for (const button of document.querySelectorAll("[data-download]")) {
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines(button.dataset.download)], { type: "text/plain" }));
    link.download = "assistant-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
