// Markdown that is still being written, drawn as it grows: elements and text, never HTML. Finished
// blocks stay as they are. The server's own rendering takes its place at the end.

const INLINE = /(`+)([\s\S]+?)\1(?!`)|\*\*([\s\S]+?)\*\*|(?<![\w*])[*_]([^\s*_][^*_]*?)[*_](?!\w)|~~([\s\S]+?)~~|!?\[([^\]]*)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()]*[^\s<>().,;:!?])/;
const BULLET = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const FENCE = /^\s*(`{3,}|~{3,})/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const COLUMNS = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const ELSEWHERE = { target: "_blank", rel: "noopener noreferrer nofollow" };

const make = (parent, name, more) => parent.appendChild(Object.assign(document.createElement(name), more));

function inline(parent, text) {
  for (let match; (match = INLINE.exec(text)); text = text.slice(match.index + match[0].length)) {
    if (match.index) parent.append(text.slice(0, match.index));
    const [all, , code, strong, em, s, label, target, bare] = match;
    const [name, inside] = Object.entries({ strong, em, s }).find(([, one]) => one) || [];
    const href = target ?? bare;
    if (code) make(parent, "code", { textContent: code });
    else if (name) inline(make(parent, name), inside);
    else if (/^(https?:|mailto:)/i.test(href)) make(parent, "a", { href, ...ELSEWHERE, textContent: label || href });
    else parent.append(all);
  }
  if (text) parent.append(text);
  return parent;
}

function code(parent, lines) {
  const box = make(parent, "div", { className: "code" });
  const textContent = lines[0].replace(FENCE, "").trim().split(" ")[0] || "text";
  make(make(box, "div", { className: "code-bar" }), "span", { textContent });
  const closed = lines.length > 1 && /^\s*(`{3,}|~{3,})\s*$/.test(lines.at(-1));
  make(make(box, "pre"), "code", { textContent: lines.slice(1, closed ? -1 : undefined).join("\n") });
}

function list(parent, lines) {
  const stack = [];
  for (const line of lines) {
    const [, space, sign, text] = BULLET.exec(line) || [];
    if (!sign) {
      inline(stack.at(-1).item, "\n" + line.trim());
      continue;
    }
    while (stack.length > 1 && space.length < stack.at(-1).indent) stack.pop();
    const last = stack.at(-1);
    const kind = /\d/.test(sign) ? "ol" : "ul";
    if (!last) stack.push({ indent: 0, list: make(parent, kind) });
    else if (space.length > last.indent + 1) stack.push({ indent: space.length, list: make(last.item, kind) });
    const words = text.replace(/^\[ \] /, "☐ ").replace(/^\[[xX]\] /, "☑ ");
    stack.at(-1).item = inline(make(stack.at(-1).list, "li"), words);
  }
}

function table(parent, [first, , ...lines]) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());
  const row = (part, line, name) => {
    const tr = make(part, "tr");
    for (const cell of cells(line)) inline(make(tr, name), cell);
  };
  const root = make(parent, "table");
  row(make(root, "thead"), first, "th");
  const body = make(root, "tbody");
  for (const line of lines) row(body, line, "td");
}

function block(parent, lines) {
  const [first, second = ""] = lines;
  const [, marks, title] = (lines.length === 1 && /^(#{1,6})\s+(.*)$/.exec(first)) || [];
  if (FENCE.test(first)) code(parent, lines);
  else if (marks) inline(make(parent, "h" + marks.length), title);
  else if (lines.length === 1 && RULE.test(first)) make(parent, "hr");
  else if (BULLET.test(first)) list(parent, lines);
  else if (/^\s*>/.test(first))
    inline(make(make(parent, "blockquote"), "p"), lines.map((line) => line.replace(/^\s*>\s?/, "")).join("\n"));
  else if (first.includes("|") && COLUMNS.test(second)) table(parent, lines);
  else inline(make(parent, "p"), lines.join("\n"));
}

// Splits into blocks; tells where the last one begins, since only that one can still change.
function blocks(text) {
  const found = [];
  let [at, fence, open] = [0, "", false];
  for (const line of text.split("\n")) {
    const mark = FENCE.exec(line)?.[1];
    const single = !fence && /^#{1,6}\s/.test(line);
    const blank = !fence && !line.trim();
    const closes = fence && mark?.startsWith(fence);
    if (!blank && (!open || (!fence && (mark || single)))) found.push({ start: at, lines: [] });
    if (!blank) found.at(-1).lines.push(line);
    open = !(blank || single || closes);
    fence = closes ? "" : fence || mark || "";
    at += line.length + 1;
  }
  return found;
}

export class LiveText {
  constructor(element) {
    // `frozen` are characters whose elements stay, `kept` is how many those are.
    Object.assign(this, { element, text: "", frozen: 0, kept: 0 });
    element.replaceChildren();
  }

  append(text) {
    this.text += text;
    const found = blocks(this.text.slice(this.frozen));
    while (this.element.childNodes.length > this.kept) this.element.lastChild.remove();
    for (const one of found) block(this.element, one.lines);
    if (found.length > 1) {
      this.kept += found.length - 1;
      this.frozen += found.at(-1).start;
    }
  }
}
