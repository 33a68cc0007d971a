// One table of a TOML file to a value with lines.
import { type AST, getStaticTOMLValue, ParseError, parseTOML } from "toml-eslint-parser";
import { type KeyPath, type Located, located, type Malformed, pathKey } from "./located.js";

/** The table under `name`, for instance ["tool", "hognose"]; undefined when the file has none. */
export function readToml(text: string, name: readonly string[]): Located | Malformed | undefined {
  if (!text.includes(name.at(-1)!)) return undefined;
  const program = parsed(text);
  if ("what" in program) return program;
  const value = name.reduce<unknown>(
    (holder, key) => (isTable(holder) ? holder[key] : undefined),
    getStaticTOMLValue(program),
  );
  if (value === undefined) return undefined;
  const lines = new Map<string, number>();
  const note = (path: KeyPath, line: number) => {
    if (!name.every((key, index) => path[index] === key)) return;
    const key = pathKey(path.slice(name.length));
    if (!lines.has(key)) lines.set(key, line);
  };
  const [top] = program.body;
  visitEntries(top.body, [], note);
  return located(value, lines);
}

function parsed(text: string): AST.TOMLProgram | Malformed {
  try {
    return parseTOML(text);
  } catch (error) {
    if (error instanceof ParseError) return { line: error.lineNumber, what: `is not TOML: ${error.message}` };
    throw error;
  }
}

type Note = (path: KeyPath, line: number) => void;

function visitEntries(
  entries: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  path: KeyPath,
  note: Note,
): void {
  for (const entry of entries) {
    const line = entry.key.loc.start.line;
    if (entry.type === "TOMLTable") {
      noteAll([], entry.resolvedKey, line, note);
      visitEntries(entry.body, entry.resolvedKey, note);
      continue;
    }
    const keys = entry.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));
    noteAll(path, keys, line, note);
    visitValue(entry.value, [...path, ...keys], note);
  }
}

/** `[tool.hognose.rules]` stands for each of the tables that it opens. */
function noteAll(path: KeyPath, keys: KeyPath, line: number, note: Note): void {
  for (let length = 0; length <= keys.length; length++) note([...path, ...keys.slice(0, length)], line);
}

function visitValue(value: AST.TOMLContentNode, path: KeyPath, note: Note): void {
  if (value.type === "TOMLInlineTable") visitEntries(value.body, path, note);
  if (value.type !== "TOMLArray") return;
  for (const [index, element] of value.elements.entries()) {
    note([...path, index], element.loc.start.line);
    visitValue(element, [...path, index], note);
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
