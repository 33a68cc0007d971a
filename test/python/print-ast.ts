// Syntax trees as short S-expressions, without positions: what the tests of lowering compare.
import type { FunctionDefinition, ModuleSyntax } from "../../src/python/ast.js";
import { lower } from "../../src/python/lower.js";
import { createParser } from "../../src/python/parse.js";

const parser = createParser();

/** The tree of a text that must parse. @throws when it does not. */
export function syntaxOf(text: string, path = "module.py"): ModuleSyntax {
  const parsed = parser.parse(text);
  if (parsed.kind === "unparsable") throw new Error(parsed.reason);
  return lower(path, text, parsed);
}

/** The statements of `text`, one line each. */
export function printed(text: string): string {
  return syntaxOf(text).body.map(print).join("\n");
}

/** Names print as themselves, literals as in Python, the rest as `(kind field=value …)`; empty lists and false not at all. */
export function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(" ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const { kind, start: _start, end: _end, ...own } = value as Record<string, unknown>;
  // The body of a function may be a getter.
  const fields = kind === "function" ? { ...own, body: (value as FunctionDefinition).body } : own;
  if (kind === "name") return String(fields.id) || "<missing>";
  if (kind === "number") return String(fields.text);
  if (kind === "string") return `${fields.isBytes ? "b" : ""}${JSON.stringify(fields.value)}`;
  if (kind === "constant") return printConstant(fields.value);
  if (kind === "importedName")
    return fields.alias ? `${fields.name}:${print(fields.alias)}` : String(fields.name);
  const shown = Object.entries(fields).filter(([, field]) => field !== false && !isEmpty(field));
  const inside = shown.map(([name, field]) => ` ${name}=${field === true ? "yes" : print(field)}`).join("");
  return `(${kind === undefined ? "" : kind}${inside})`;
}

function isEmpty(field: unknown): boolean {
  return field === undefined || (Array.isArray(field) && field.length === 0);
}

function printConstant(value: unknown): string {
  if (value === true) return "True";
  if (value === false) return "False";
  return value === null ? "None" : "...";
}
