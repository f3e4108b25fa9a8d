// What one does in a text with Markdown, in a CodeMirror view. Every act is one step of undo.

const LIST = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)(\[[ xX]\]\s+)?/;

function change(view, changes, anchor, head = anchor) {
  view.dispatch({ changes, selection: anchor === undefined ? undefined : { anchor, head }, scrollIntoView: true, userEvent: "input" });
  view.focus();
  return true;
}

export const insert = (view, text, { from, to } = view.state.selection.main) => change(view, { from, to, insert: text }, from + text.length);

function wrap(view, mark, end = mark) {
  const { from, to } = view.state.selection.main;
  const around = (at, sign) => at >= 0 && view.state.sliceDoc(at, at + sign.length) === sign;
  if (around(from - mark.length, mark) && around(to, end))
    return change(view, [{ from: from - mark.length, to: from }, { from: to, to: to + end.length }], from - mark.length, to - mark.length);
  return change(view, [{ from, insert: mark }, { from: to, insert: end }], from + mark.length, to + mark.length);
}

function lines(view) {
  const { doc, selection } = view.state;
  const [first, last] = [doc.lineAt(selection.main.from).number, doc.lineAt(selection.main.to).number];
  return Array.from({ length: last - first + 1 }, (_, i) => doc.line(first + i));
}

function replaceLines(view, written) {
  const changes = lines(view).map((line) => {
    const [old, now] = [line.text, written(line.text)];
    let same = 0;
    while (same < Math.min(old.length, now.length) && old[old.length - 1 - same] === now[now.length - 1 - same]) same += 1;
    return { from: line.from, to: line.to - same, insert: now.slice(0, now.length - same) };
  });
  const { anchor, head } = view.state.selection.main;
  const moved = view.state.changes(changes);
  return change(view, moved, moved.mapPos(anchor, 1), moved.mapPos(head, 1));
}

function prefix(view, sign) {
  const all = lines(view).every((line) => line.text.trimStart().startsWith(sign));
  return replaceLines(view, (line) => {
    const bare = line.replace(/^(\s*)(#{1,6}\s+|[-*+]\s+(\[[ xX]\]\s+)?|\d+[.)]\s+)/, "$1");
    return all ? bare : bare.replace(/^(\s*)/, "$1" + sign);
  });
}

function link(view) {
  const { from, to } = view.state.selection.main;
  const inside = view.state.sliceDoc(from, to);
  if (/^https?:\/\/\S+$/.test(inside)) return change(view, { from, to, insert: `[](${inside})` }, from + 1);
  return change(view, { from, to, insert: `[${inside}](https://)` }, to + 3, to + 11);
}

// Moves list items in or out; false where there is no list, so that Tab still leaves the box.
const indent = (view, out) =>
  lines(view).some((line) => LIST.test(line.text)) && replaceLines(view, (line) => (out ? line.replace(/^( {1,2}|\t)/, "") : "  " + line));

// A new line goes on with the list; on an empty item it ends the list.
function newLine(view) {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.from);
  const item = main.empty && LIST.exec(line.text.slice(0, main.from - line.from));
  if (!item) return false;
  if (main.from - line.from === item[0].length) return change(view, { from: line.from, to: main.from }, line.from);
  const mark = item[2].replace(/\d+/, (number) => String(Number(number) + 1));
  return insert(view, "\n" + item[1] + mark + item[3] + (item[4] ? "[ ] " : ""));
}

export const ACTS = {
  heading: (view) => prefix(view, "## "), bold: (view) => wrap(view, "**"), italic: (view) => wrap(view, "*"), list: (view) => prefix(view, "- "),
  task: (view) => prefix(view, "- [ ] "), link, newLine, indent, outdent: (view) => indent(view, true),
  code: (view) => (lines(view).length > 1 ? wrap(view, "```\n", "\n```") : wrap(view, "`")),
};

export const KEYS = [
  ["Mod-b", "bold"], ["Mod-i", "italic"], ["Mod-k", "link"], ["Mod-e", "code"], ["Mod-Alt-1", "heading"], ["Mod-Shift-8", "list"], ["Mod-Shift-9", "task"],
  ["Shift-Tab", "outdent"],
].map(([key, name]) => ({ key, run: ACTS[name] })); // prettier-ignore
