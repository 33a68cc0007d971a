// What Python 2 writes and the grammar does not know, as texts of the same length that it does know.
// Lowering sees the source as it is: a set that starts with "`" is backquotes, a deletion that starts with "exec" is one.
import { kindOf } from "./kinds.js";
import type { SyntaxTable } from "./syntax-table.js";

const stringKind = kindOf("string");
const deleteKind = kindOf("delete_statement");
const exec = /(^|[;:])([ \t]*)exec(?=[ \t]+[\w"'`])/gm;
const backquote = 96;

/** The text with `del ` for each `exec`: `exec self.code in scope`. Undefined when there is none. */
export function maskExec(text: string): string | undefined {
  const masked = text.replace(exec, "$1$2del ");
  return masked === text ? undefined : masked;
}

/** Is one of the rows an `exec` that was masked? */
export function hasMaskedExec(text: string, table: SyntaxTable, size: number): boolean {
  for (let row = 0; row < size; row++) {
    if (table.kind[row] === deleteKind && text.startsWith("exec", table.start[row])) return true;
  }
  return false;
}

/** The text with braces for the backquotes around strings of `table`; undefined when it has none. */
export function maskBackquotes(text: string, table: SyntaxTable, size: number): string | undefined {
  if (!text.includes("`")) return undefined;
  let masked = "";
  let at = 0;
  for (let row = 0; row < size; row++) {
    const start = table.start[row]!;
    if (table.kind[row] !== stringKind || text.charCodeAt(start) !== backquote) continue;
    const end = table.end[row]!;
    if (end - start < 2 || text.charCodeAt(end - 1) !== backquote) continue;
    masked += `${text.slice(at, start)}{${text.slice(start + 1, end - 1)}}`;
    at = end;
  }
  return at === 0 ? undefined : masked + text.slice(at);
}
