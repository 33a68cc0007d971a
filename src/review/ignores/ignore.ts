// The ignoring comments of one file, each with the line that it is about.
import { pointAt, type Range } from "../../base/span.js";
import { type Directive, directivesIn } from "./directive.js";

export interface Ignore extends Directive {
  readonly path: string;
  /** 1-based, of the comment. */
  readonly line: number;
  /** 1-based, of the code that it is about: its own line, or the next one with code when it stands alone. */
  readonly about: number;
}

/** A file's text with its comments, as the parser tells them from strings. */
export interface Commented {
  readonly text: string;
  readonly lineStarts: readonly number[];
  readonly comments: readonly Range[];
}

export function ignoresIn(path: string, { text, lineStarts, comments }: Commented): readonly Ignore[] {
  const codeBefore = (start: number, line: number) => text.slice(lineStarts[line - 1]!, start).trim() !== "";
  return comments.flatMap(({ start, end }) => {
    const directives = directivesIn(text.slice(start, end));
    if (directives.length === 0) return [];
    const { line } = pointAt(lineStarts, start);
    const isAlone = !codeBefore(start, line);
    return directives
      .filter(({ mayStandAbove }) => mayStandAbove || !isAlone)
      .map((directive) => ({
        ...directive,
        path,
        line,
        about: isAlone ? nextCodeLine(text, lineStarts, line) : line,
      }));
  });
}

/** The first line after `line` that is neither blank nor a comment; `line` itself at the end of the file. */
function nextCodeLine(text: string, lineStarts: readonly number[], line: number): number {
  for (let next = line + 1; next <= lineStarts.length; next++) {
    if (/^[^\S\n]*[^\s#]/.test(text.slice(lineStarts[next - 1], lineStarts[next]))) return next;
  }
  return line;
}
