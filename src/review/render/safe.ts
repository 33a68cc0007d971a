// Messages and notes made safe for GitHub: code spans stay, everything else is plain text that triggers nothing.
import { code, codeSpans, type MarkdownPart } from "../../base/markdown.js";
import { cutText } from "./cut.js";

/** What GitHub gives a meaning; as an entity it never begins markup. */
const MARKUP = /[&<>[\]*_~\\|$`#!]/g;
/** Words that GitHub would turn into a mention, a reference or a link. */
const TRIGGER = /\S*(?:@\w|#\d|GH-\d|:\/\/|www\.)\S*/gi;

/** What begins a list, a heading or a rule when a line starts with it. */
const LINE_START = /^(?:[-+=]|\d+[.)])/;
/** UTF-16 code units; a message or note beyond it is cut, so that one long line of code cannot fill a comment. */
const LONGEST = 2000;

/** One line of Markdown in which only code spans are markup: no HTML, links, images, mentions, references or math. */
export function safeLine(markdown: string): string {
  return joined(
    oneLine(markdown).map((part) => (part.kind === "code" ? code(part.text) : safeText(part.text, code))),
  ).replace(LINE_START, (start) => `${start.slice(0, -1)}&#${start.codePointAt(start.length - 1)};`);
}

/** The same inside a table cell, where a "|" ends the cell even in a code span. */
export function safeCell(markdown: string): string {
  return joined(
    oneLine(markdown).map((part) =>
      part.kind === "code" ? cellCode(part.text) : safeText(part.text, cellCode),
    ),
  );
}

/** Code inside a table cell: as HTML when it has a "|", which no backslash can quote after another backslash. */
export function cellCode(text: string): string {
  if (!text.includes("|")) return code(text);
  return `<code>${entities(text.replace(/\s+/g, " ").trim())}</code>`;
}

/** `markdown` without its markup, for places that show plain text (annotations, titles, SARIF text). */
export function plainLine(markdown: string): string {
  return oneLine(markdown)
    .map((part) => part.text)
    .join("");
}

function oneLine(markdown: string): readonly MarkdownPart[] {
  const flat = visible(markdown).replace(/\s+/g, " ").trim();
  if (flat.length <= LONGEST) return codeSpans(flat);
  return [...codeSpans(cutText(flat, LONGEST)), { kind: "text", text: " ..." }];
}

function safeText(text: string, quote: (text: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(TRIGGER)) {
    parts.push(entities(text.slice(from, match.index)), quote(match[0].replaceAll("`", "'")));
    from = match.index + match[0].length;
  }
  return joined([...parts, entities(text.slice(from))]);
}

/** The parts one after the other; a space keeps the backticks of two code spans apart, which would be one fence. */
function joined(parts: readonly string[]): string {
  return parts.reduce(
    (before, part) => (before.endsWith("`") && part.startsWith("`") ? `${before} ${part}` : before + part),
    "",
  );
}

function entities(text: string): string {
  return text.replace(MARKUP, (character) => `&#${character.codePointAt(0)};`);
}

/** Control characters and those that reorder text, which can make a reader see other code than there is. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** `text` with invisible characters as spaces. */
function visible(text: string): string {
  return text.replace(INVISIBLE, " ");
}
