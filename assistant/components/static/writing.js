// What one does in a text with Markdown, in a CodeMirror view. Every act is one step of undo.
import { indentLess, indentMore } from "nicegui-codemirror";

const LIST = /^\s*([-*+]|\d{1,9}[.)])\s+(\[[ xX]\]\s+)?/;
const BEGINNING = /^(\s*)(#{1,6}\s+|[-*+]\s+(\[[ xX]\]\s+)?|\d+[.)]\s+)?/;

function change(view, changes, anchor, head = anchor) {
  view.dispatch({ changes, selection: { anchor, head }, scrollIntoView: true, userEvent: "input" });
  view.focus();
  return true;
}

export const insert = (view, text, { from, to } = view.state.selection.main) =>
  change(view, { from, to, insert: text }, from + text.length);

function wrap(view, mark, end = mark) {
  const { from, to } = view.state.selection.main;
  const [before, after] = [Math.max(0, from - mark.length), to + end.length];
  if (view.state.sliceDoc(before, from) === mark && view.state.sliceDoc(to, after) === end)
    return change(view, [{ from: before, to: from }, { from: to, to: after }], before, to - mark.length);
  return change(view, [{ from, insert: mark }, { from: to, insert: end }], from + mark.length, to + mark.length);
}

function lines(view) {
  const { doc, selection: { main } } = view.state;
  const [first, last] = [doc.lineAt(main.from).number, doc.lineAt(main.to).number];
  return Array.from({ length: last - first + 1 }, (_, i) => doc.line(first + i));
}

// In each line another beginning, or none where all have this one.
function prefix(view, sign) {
  const all = lines(view).every(({ text }) => text.trimStart().startsWith(sign));
  const changes = view.state.changes(lines(view).map(({ from, text }) => {
    const [old, indent] = BEGINNING.exec(text);
    return { from, to: from + old.length, insert: indent + (all ? "" : sign) };
  }));
  const { anchor, head } = view.state.selection.main;
  return change(view, changes, changes.mapPos(anchor, 1), changes.mapPos(head, 1));
}

function link(view) {
  const { from, to } = view.state.selection.main;
  const inside = view.state.sliceDoc(from, to);
  if (/^https?:\/\/\S+$/.test(inside)) return change(view, { from, to, insert: `[](${inside})` }, from + 1);
  return change(view, { from, to, insert: `[${inside}](https://)` }, to + 3, to + 11);
}

// False where there is no list, so that Tab still leaves the box.
const inList = (act) => (view) => lines(view).some(({ text }) => LIST.test(text)) && act(view);

// A new line on an empty item ends the list; elsewhere Markdown's own goes on with it.
function endList(view) {
  const { main } = view.state.selection;
  const { from, to, text } = view.state.doc.lineAt(main.head);
  return main.empty && main.head === to && LIST.exec(text)?.[0] === text && change(view, { from, to }, from);
}

export const ACTS = {
  heading: (view) => prefix(view, "## "), bold: (view) => wrap(view, "**"), italic: (view) => wrap(view, "*"),
  list: (view) => prefix(view, "- "), task: (view) => prefix(view, "- [ ] "), link,
  code: (view) => (lines(view).length > 1 ? wrap(view, "```\n", "\n```") : wrap(view, "`")),
}; // prettier-ignore

export const KEYS = Object.entries({
  "Mod-b": ACTS.bold, "Mod-i": ACTS.italic, "Mod-k": (view) => !view.state.selection.main.empty && link(view), "Mod-e": ACTS.code, "Mod-Alt-1": ACTS.heading,
  "Mod-Shift-8": ACTS.list, "Mod-Shift-9": ACTS.task, Enter: endList, Tab: inList(indentMore),
  "Shift-Tab": inList(indentLess),
}).map(([key, run]) => ({ key, run })); // prettier-ignore
