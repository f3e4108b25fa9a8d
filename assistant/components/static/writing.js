// What one does in a text box with Markdown. Everything goes through insertText, so that the
// browser's own undo takes it back.

const LIST = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)(\[[ xX]\]\s+)?/;

export function insert(box, text, from = box.selectionStart, to = box.selectionEnd) {
  box.focus();
  box.setSelectionRange(from, to);
  if (!text && from === to) return;
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    box.setRangeText(text, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const lineStart = (box, at = box.selectionStart) => box.value.lastIndexOf("\n", at - 1) + 1;

function lines(box) {
  const from = lineStart(box);
  const next = box.value.indexOf("\n", box.selectionEnd);
  const to = next < 0 ? box.value.length : next;
  return { from, to, text: box.value.slice(from, to) };
}

function replaceLines(box, change) {
  const { from, to, text } = lines(box);
  const single = box.selectionStart === box.selectionEnd;
  const after = box.value.length - box.selectionEnd;
  const changed = text.split("\n").map(change).join("\n");
  if (changed === text) return;
  insert(box, changed, from, to);
  if (single) box.setSelectionRange(box.value.length - after, box.value.length - after);
  else box.setSelectionRange(from, from + changed.length);
}

export function wrap(box, mark, end = mark) {
  const { selectionStart: from, selectionEnd: to, value } = box;
  const inside = value.slice(from, to);
  if (value.slice(from - mark.length, from) === mark && value.slice(to, to + end.length) === end) {
    insert(box, inside, from - mark.length, to + end.length);
    box.setSelectionRange(from - mark.length, to - mark.length);
    return;
  }
  insert(box, mark + inside + end, from, to);
  box.setSelectionRange(from + mark.length, to + mark.length);
}

export function prefix(box, sign) {
  const all = lines(box).text.split("\n").every((line) => line.trimStart().startsWith(sign));
  replaceLines(box, (line) => {
    const bare = line.replace(/^(\s*)(#{1,6}\s+|[-*+]\s+(\[[ xX]\]\s+)?|\d+[.)]\s+)/, "$1");
    return all ? bare : bare.replace(/^(\s*)/, "$1" + sign);
  });
}

export function code(box) {
  const inside = box.value.slice(box.selectionStart, box.selectionEnd);
  if (inside.includes("\n")) wrap(box, "```\n", "\n```");
  else wrap(box, "`");
}

export function link(box) {
  const { selectionStart: from, selectionEnd: to, value } = box;
  const inside = value.slice(from, to);
  const address = /^https?:\/\/\S+$/.test(inside);
  insert(box, address ? `[](${inside})` : `[${inside}](https://)`, from, to);
  if (address) box.setSelectionRange(from + 1, from + 1);
  else box.setSelectionRange(from + inside.length + 3, from + inside.length + 11);
}

// Moves list items in or out; false where there is no list, so that Tab still leaves the box.
export function indent(box, out) {
  if (!lines(box).text.split("\n").some((line) => LIST.test(line))) return false;
  replaceLines(box, (line) => (out ? line.replace(/^( {1,2}|\t)/, "") : "  " + line));
  return true;
}

// A new line goes on with the list; on an empty item it ends the list.
export function newLine(box) {
  if (box.selectionStart !== box.selectionEnd) return false;
  const from = lineStart(box);
  const line = box.value.slice(from, box.selectionStart);
  const item = LIST.exec(line);
  if (!item) return false;
  if (line.length === item[0].length) {
    insert(box, "", from, box.selectionStart);
    return true;
  }
  const mark = item[2].replace(/\d+/, (number) => String(Number(number) + 1));
  insert(box, "\n" + item[1] + mark + item[3] + (item[4] ? "[ ] " : ""));
  return true;
}
