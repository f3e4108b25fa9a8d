// How Markdown looks while it is written in a CodeMirror view; the classes are those of the notes' sheet.
import { Decoration, ViewPlugin } from "nicegui-codemirror";
import { LIST } from "./writing.js";

const LONGEST = 5000; // characters of a line that is drawn in its style
const LINES = [
  [/^(#{1,6}) /, "md-h"], [/^\s*> ?/, "md-quote"], [LIST, ""], [/^ {0,3}([-*_])( *\1){2,} *$/, ""],
]; // prettier-ignore
const INSIDE = [
  [/(`+)[^`]+\1/g, "md-code"], [/\[\[[^[\]]+\]\]|!?\[[^[\]]*\]\([^()\s]*\)/g, "md-link"],
  [/(\*\*|__)(?=\S).+?(?<=\S)\1/g, "md-strong"], [/(~~)(?=\S).+?\1/g, "md-gone"],
  [/(?<![*\w])(\*|_)(?=[^\s*_]).*?(?<=[^\s*_])\1(?![*\w])/g, "md-em"],
]; // prettier-ignore

function drawn({ state: { doc }, viewport }) {
  const ranges = [];
  const mark = (from, to, name) => to > from && ranges.push(Decoration.mark({ class: name }).range(from, to));
  const line = (from, name) => name && ranges.push(Decoration.line({ class: name }).range(from));
  let [fence, next] = ["", 0];
  for (const text of doc.iterLines(1, doc.lineAt(viewport.to).number + 1)) {
    const from = next;
    next += text.length + 1;
    const edge = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    const code = fence || edge;
    if (edge && (!fence || edge.startsWith(fence))) fence = fence ? "" : edge;
    if (next < viewport.from || text.length > LONGEST) continue;
    if (code) line(from, "md-block");
    if (code) continue;
    const [sign, name] = LINES.find(([pattern]) => pattern.test(text)) || [];
    const begins = sign?.exec(text);
    if (begins) line(from, name === "md-h" ? `md-h md-h${begins[1].length}` : name);
    if (begins) mark(from, from + begins[0].length, "md-sign");
    for (const [pattern, style] of INSIDE)
      for (const { index, 0: found, 1: edges = "" } of text.matchAll(pattern)) {
        const [start, end] = [from + index, from + index + found.length];
        mark(start, end, style);
        mark(start, start + edges.length, "md-sign");
        mark(end - edges.length, end, "md-sign");
      }
  }
  return Decoration.set(ranges, true);
}

export const styled = ViewPlugin.define((view) => ({
  decorations: drawn(view),
  update({ docChanged, viewportChanged, view: now }) {
    if (docChanged || viewportChanged) this.decorations = drawn(now);
  },
}), { decorations: (plugin) => plugin.decorations }); // prettier-ignore
