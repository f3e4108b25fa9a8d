// How Markdown looks while it is written in a CodeMirror view; the classes are those of the notes' sheet.
import { Decoration, ViewPlugin } from "nicegui-codemirror";

const LONGEST = 5000; // characters of a line that is drawn in its style
const LIST = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)(\[[ xX]\]\s+)?/;
const LINES = [[/^(#{1,3}) /, (found) => `md-h md-h${found[1].length}`], [/^#{4,6} /, () => "md-h"], [/^\s*> ?/, () => "md-quote"], [LIST, () => ""], [/^ {0,3}([-*_])( *\1){2,} *$/, () => ""]];
const INSIDE = [[/(`+)[^`]+\1/g, "md-code"], [/\[\[[^[\]]+\]\]/g, "md-link"], [/!?\[[^[\]]*\]\([^()\s]*\)/g, "md-link"], [/(\*\*|__)(?=\S).+?(?<=\S)\1/g, "md-strong"],
  [/(?<![*\w])(\*|_)(?=[^\s*_]).*?(?<=[^\s*_])\1(?![*\w])/g, "md-em"], [/(~~)(?=\S).+?\1/g, "md-gone"]]; // prettier-ignore

function drawn(view) {
  const ranges = [];
  const mark = (from, to, name) => to > from && ranges.push(Decoration.mark({ class: name }).range(from, to));
  const { doc } = view.state;
  let fence = "";
  const last = doc.lineAt(view.viewport.to).number;
  let at = 0;
  for (const text of doc.iterLines(1, last + 1)) {
    const from = at;
    at += text.length + 1;
    const edge = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    const code = fence || edge;
    if (edge && !fence) fence = edge;
    else if (edge?.startsWith(fence)) fence = "";
    if (at < view.viewport.from || text.length > LONGEST) continue;
    const [sign, name] = LINES.find(([sign]) => sign.test(text)) || [];
    const begins = !code && sign?.exec(text);
    const style = code ? "md-block" : begins && name(begins);
    if (style) ranges.push(Decoration.line({ class: style }).range(from));
    if (begins) mark(from, from + begins[0].length, "md-sign");
    if (!code)
      for (const [pattern, style] of INSIDE)
        for (const found of text.matchAll(pattern)) {
          const [start, end, size] = [from + found.index, from + found.index + found[0].length, found[1]?.length || 0];
          mark(start, end, style);
          mark(start, start + size, "md-sign");
          mark(end - size, end, "md-sign");
        }
  }
  return Decoration.set(ranges, true);
}

export const styled = ViewPlugin.define((view) => ({
  decorations: drawn(view),
  update(now) {
    if (now.docChanged || now.viewportChanged) this.decorations = drawn(now.view);
  },
}), { decorations: (plugin) => plugin.decorations }); // prettier-ignore
