// Markdown that is still being written, drawn as it grows: elements and text, never HTML. Finished
// blocks stay as they are. The server's own rendering takes its place at the end.

const INLINE = /(`+)([\s\S]+?)\1(?!`)|\*\*([\s\S]+?)\*\*|(?<![\w*])[*_]([^\s*_][^*_]*?)[*_](?!\w)|~~([\s\S]+?)~~|!?\[([^\]]*)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()]*[^\s<>().,;:!?])/;
const BULLET = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

const make = (name, className) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  return element;
};

function inline(parent, text) {
  let match;
  while ((match = INLINE.exec(text))) {
    if (match.index) parent.append(text.slice(0, match.index));
    const [all, , code, bold, italic, gone, label, target, bare] = match;
    const address = target ?? bare;
    if (code !== undefined) parent.appendChild(make("code")).textContent = code;
    else if (bold !== undefined) inline(parent.appendChild(make("strong")), bold);
    else if (italic !== undefined) inline(parent.appendChild(make("em")), italic);
    else if (gone !== undefined) inline(parent.appendChild(make("s")), gone);
    else if (/^(https?:|mailto:)/i.test(address)) {
      const link = parent.appendChild(make("a"));
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener noreferrer nofollow";
      link.textContent = label || address;
    } else parent.append(all);
    text = text.slice(match.index + all.length);
  }
  if (text) parent.append(text);
}

function code(lines) {
  const box = make("div", "code");
  const bar = box.appendChild(make("div", "code-bar"));
  bar.appendChild(make("span")).textContent = lines[0].replace(/^\s*(`{3,}|~{3,})/, "").trim().split(" ")[0] || "text";
  const closed = lines.length > 1 && /^\s*(`{3,}|~{3,})\s*$/.test(lines[lines.length - 1]);
  const body = lines.slice(1, closed ? -1 : undefined).join("\n");
  box.appendChild(make("pre")).appendChild(make("code")).textContent = body;
  return box;
}

function list(lines) {
  const root = make(/^\s*\d/.test(lines[0]) ? "ol" : "ul");
  const stack = [{ indent: 0, list: root, item: null }];
  for (const line of lines) {
    const match = BULLET.exec(line);
    if (!match) {
      if (stack.at(-1).item) inline(stack.at(-1).item, "\n" + line.trim());
      continue;
    }
    const indent = match[1].length;
    while (stack.length > 1 && indent < stack.at(-1).indent) stack.pop();
    if (indent > stack.at(-1).indent + 1 && stack.at(-1).item) {
      const inner = stack.at(-1).item.appendChild(make(/\d/.test(match[2]) ? "ol" : "ul"));
      stack.push({ indent, list: inner, item: null });
    }
    const item = make("li");
    inline(item, match[3].replace(/^\[ \] /, "☐ ").replace(/^\[[xX]\] /, "☑ "));
    stack.at(-1).list.append(item);
    stack.at(-1).item = item;
  }
  return root;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

function table(lines) {
  const root = make("table");
  const row = (parent, line, name) => {
    const tr = parent.appendChild(make("tr"));
    for (const cell of cells(line)) inline(tr.appendChild(make(name)), cell);
  };
  row(root.appendChild(make("thead")), lines[0], "th");
  const body = root.appendChild(make("tbody"));
  for (const line of lines.slice(2)) row(body, line, "td");
  return root;
}

function block(lines) {
  const first = lines[0];
  if (/^\s*(`{3,}|~{3,})/.test(first)) return code(lines);
  const heading = /^(#{1,6})\s+(.*)$/.exec(first);
  if (heading && lines.length === 1) {
    const element = make("h" + heading[1].length);
    inline(element, heading[2]);
    return element;
  }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(first) && lines.length === 1) return make("hr");
  if (BULLET.test(first)) return list(lines);
  if (/^\s*>/.test(first)) {
    const quote = make("blockquote");
    inline(quote.appendChild(make("p")), lines.map((line) => line.replace(/^\s*>\s?/, "")).join("\n"));
    return quote;
  }
  if (first.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[1] || "")) return table(lines);
  const paragraph = make("p");
  inline(paragraph, lines.join("\n"));
  return paragraph;
}

// Splits into blocks; tells where each begins, as the last can still change.
function blocks(text) {
  const found = [];
  let lines = [];
  let start = 0;
  let at = 0;
  let fence = "";
  const close = () => {
    if (lines.length) found.push({ start, lines });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    const single = !fence && /^#{1,6}\s/.test(line);
    if (!fence && (mark || single)) close();
    if (!lines.length) start = at;
    if (fence) {
      lines.push(line);
      if (mark && mark[0] === fence[0] && mark.length >= fence.length) {
        fence = "";
        close();
      }
    } else if (mark) {
      fence = mark;
      lines.push(line);
    } else if (!line.trim()) close();
    else {
      lines.push(line);
      if (single) close();
    }
    at += line.length + 1;
  }
  close();
  return found;
}

export class LiveText {
  constructor(element) {
    this.element = element;
    this.set("");
  }

  set(text) {
    this.text = "";
    this.frozen = 0; // characters whose elements stay
    this.kept = 0; // elements that stay
    this.element.replaceChildren();
    this.append(text);
  }

  append(text) {
    this.text += text;
    const found = blocks(this.text.slice(this.frozen));
    while (this.element.childNodes.length > this.kept) this.element.lastChild.remove();
    for (const one of found) this.element.append(block(one.lines));
    if (found.length > 1) {
      this.kept += found.length - 1;
      this.frozen += found.at(-1).start;
    }
  }
}
