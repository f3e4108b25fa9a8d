// “Remind me” of a note or a message, from any page: what is known already, the person says when.
import { ask } from "/static/api.js";
import { leadWords, moment, STOPPING, wall } from "/static/reminders/words.js";

const PAUSE = 150; // ms after a key until what is typed is read
const TEMPLATE = `
<form method="dialog">
  <h2 id="remind-title">Remind me</h2>
  <label>Of<input class="field" name="text" maxlength="500" required></label>
  <label>When<input class="field" name="when" maxlength="500" placeholder="tomorrow at 9" autocomplete="off" required></label>
  <div class="chips"><button type="button" class="chip">in an hour</button><button type="button" class="chip">tonight</button><button type="button" class="chip">tomorrow at 9</button><button type="button" class="chip">next Monday at 9</button></div>
  <div class="form-read" role="status"></div>
  <p class="form-error" role="alert" hidden></p>
  <div class="row-end"><button type="button" class="quiet-button" data-cancel>Cancel</button><button class="main-button">Remind me</button></div>
</form>`;

// about: { kind, id, text } and `zone`, in which times show.
export function remindAbout({ kind, id, text, zone }) {
  const dialog = document.body.appendChild(document.createElement("dialog"));
  dialog.className = "remind-dialog";
  dialog.setAttribute("aria-labelledby", "remind-title");
  dialog.innerHTML = TEMPLATE;
  const form = dialog.querySelector("form");
  const { text: field, when } = form.elements;
  const status = dialog.querySelector("[role=status]");
  const alert = dialog.querySelector("[role=alert]");
  let timer;

  const refuse = (sentence) => {
    alert.textContent = sentence;
    alert.hidden = !sentence;
  };

  async function read() {
    const said = when.value.trim();
    refuse("");
    if (!said) return status.replaceChildren();
    const found = await ask("POST", "/api/reminders/understand", { sentence: said }).catch((error) => (refuse(error.message), null));
    if (!found || said !== when.value.trim()) return null;
    const problems = found.problems.filter((problem) => problem.kind !== "no_text");
    const lines = [];
    if (found.local) lines.push(["", [wall(found.local), found.words, leadWords(found.leads) && `rings ${leadWords(found.leads)}`].filter(Boolean).join(" · ")]);
    if (found.next.length > 1) lines.push(["muted", `Next: ${found.next.map((at) => moment(at, zone)).join(" · ")}`]);
    if (found.text) problems.push({ kind: "no_text", sentence: found.local ? `“${found.text}” says nothing about when.` : "Say when, like “tomorrow at 9”." });
    for (const problem of problems) lines.push([STOPPING.includes(problem.kind) ? "form-error" : "say-assumed", problem.sentence]);
    status.replaceChildren(...lines.map(([className, words]) => Object.assign(document.createElement("p"), { className, textContent: words })));
    return { ...found, stop: problems.find((problem) => STOPPING.includes(problem.kind)) };
  }

  async function keep(event) {
    event.preventDefault();
    clearTimeout(timer);
    const found = await read();
    if (!found) return;
    if (found.stop || !found.local) return refuse(found.stop?.sentence || "Say when, like “tomorrow at 9”.");
    const { local, rule, after_done, leads } = found;
    let row;
    try {
      row = await ask("POST", "/api/reminders", { text: field.value, local, zone: found.zone, rule, after_done, leads, link_kind: kind, link_id: id });
    } catch (error) {
      return refuse(error.message);
    }
    sessionStorage.removeItem(draft);
    dialog.close();
    const detail = [`Set: “${row.text}”, ${moment(row.at, zone)}.`, () => ask("DELETE", `/api/reminders/${row.id}`)];
    dispatchEvent(new CustomEvent("reminders:set", { detail }));
  }

  // What was typed waits for a page that is loaded again.
  const draft = `reminders:about:${kind}:${id}`;
  const kept = JSON.parse(sessionStorage.getItem(draft) || "null");
  field.value = kept?.text ?? text.replace(/\s+/g, " ").trim().slice(0, 100);
  when.value = kept?.when || "";
  if (when.value) read();
  form.addEventListener("input", () => sessionStorage.setItem(draft, JSON.stringify({ text: field.value, when: when.value })));
  when.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, PAUSE);
  });
  for (const chip of dialog.querySelectorAll(".chip")) chip.addEventListener("click", () => {
    when.value = chip.textContent;
    when.focus();
    read();
  });
  form.addEventListener("submit", keep);
  dialog.querySelector("[data-cancel]").addEventListener("click", () => {
    sessionStorage.removeItem(draft);
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  when.focus();
}
