// Markdown to lines of plain text for a terminal: what is hidden on GitHub stays hidden, what folds is open.
import { decodeHTML } from "entities";
import { marked, type Token, type Tokens } from "marked";
import type { Colors } from "picocolors/types.js";

/** @param width in characters; a longer line is broken between words */
export function markdownText(markdown: string, colours: Colors, width: number): readonly string[] {
  const paint = { colours, width };
  return blocks(marked.lexer(markdown), paint);
}

interface Paint {
  readonly colours: Colors;
  readonly width: number;
}

function blocks(tokens: readonly Token[], paint: Paint): readonly string[] {
  return tokens.flatMap((token) => block(token, paint));
}

function block(token: Token, paint: Paint): readonly string[] {
  const { colours, width } = paint;
  switch (token.type) {
    case "heading":
      return [colours.bold(inline(token.tokens ?? [], paint))];
    case "list":
      return (token as Tokens.List).items.flatMap((item, index) => {
        const mark = token.ordered ? `${Number(token.start) + index}. ` : "- ";
        const lines = blocks(item.tokens, { ...paint, width: width - mark.length });
        return lines.map((line, at) => (at === 0 ? mark : " ".repeat(mark.length)) + line);
      });
    case "table":
      return (token as Tokens.Table).rows.flatMap((row) => {
        const [first = "", ...rest] = row.map((cell) => inline(cell.tokens, paint));
        return [
          ...wrap(`- ${first}`, width),
          ...rest.flatMap((cell) => wrap(cell, width - 2).map((line) => `  ${line}`)),
        ];
      });
    case "html":
      return wrap(visible(token.raw, colours), width);
    case "code":
      return token.text.split("\n");
    case "space":
      return [];
    default:
      return wrap(
        "tokens" in token && token.tokens ? inline(token.tokens, paint) : decodeHTML(token.raw),
        width,
      );
  }
}

function inline(tokens: readonly Token[], paint: Paint): string {
  const { colours } = paint;
  return tokens
    .map((token) => {
      switch (token.type) {
        case "codespan":
          return colours.cyan(token.text);
        case "strong":
          return colours.bold(inline(token.tokens ?? [], paint));
        case "html":
          return visible(token.raw, colours);
        default:
          return "tokens" in token && token.tokens ? inline(token.tokens, paint) : decodeHTML(token.raw);
      }
    })
    .join("");
}

/** HTML without its tags and comments; the summary of a fold is kept as a heading of what follows. */
function visible(html: string, colours: Colors): string {
  const text = html
    .replace(/<!--.*?-->/gs, "")
    .replace(/<summary>(.*?)<\/summary>/gs, (_, summary: string) => colours.dim(`${summary}:`))
    .replace(/<[^>]*>/g, "");
  return decodeHTML(text).trim() === "" ? "" : decodeHTML(text).replace(/\n+$/, "");
}

/** No line for a text that is empty. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** In characters on the screen: colours take none. */
function lengthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that begins a colour
  return text.replace(/\u001b\[\d+m/g, "").length;
}
