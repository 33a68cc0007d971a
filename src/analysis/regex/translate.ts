// A pattern of Python's `re` in the syntax of JavaScript, for the libraries that read that.
// Facts: https://docs.python.org/3/library/re.html#regular-expression-syntax

/** Letters of inline flags: "i", "m", "s", "x" and those without meaning here. */
export type Flags = ReadonlySet<string>;

export interface Translated {
  readonly source: string;
  /** Of JavaScript: "i", "m", "s". */
  readonly flags: string;
}

interface State {
  readonly pattern: string;
  at: number;
  readonly flags: Set<string>;
  /** The `x` flag holds: white space and comments mean nothing. */
  readonly verbose: boolean;
}

/**
 * The same pattern for JavaScript; undefined for what it has no words for: atomic groups, possessive quantifiers,
 * conditions, local flags that change the reading, and what is no pattern at all.
 */
export function translate(pattern: string, flags: Flags): Translated | undefined {
  const verbose = flags.has("x") || /^\s*\(\?[a-z]*x[a-z]*\)/i.test(pattern);
  const state: State = { pattern, at: 0, flags: new Set(flags), verbose };
  let source = "";
  while (state.at < pattern.length) {
    const part = next(state);
    if (part === undefined) return undefined;
    source += part;
  }
  return { source, flags: ["i", "m", "s"].filter((flag) => state.flags.has(flag)).join("") };
}

/** The translation of what stands at `state.at`, which moves behind it. */
function next(state: State): string | undefined {
  const { pattern, at } = state;
  const character = pattern[at]!;
  switch (character) {
    case "\\":
      return escaped(state, false);
    case "[":
      return characterClass(state);
    case "(":
      return group(state);
    case "{":
      return repetition(state);
    case "*":
    case "+":
    case "?":
      return quantifier(state, character);
    case "}":
    case "]":
    case "/":
      return taken(state, 1, `\\${character}`);
    default:
      return state.verbose ? unlessBlank(state, character) : taken(state, 1, character);
  }
}

function taken(state: State, length: number, text: string): string {
  state.at += length;
  return text;
}

function unlessBlank(state: State, character: string): string {
  if (/\s/.test(character)) return taken(state, 1, "");
  if (character !== "#") return taken(state, 1, character);
  const end = state.pattern.indexOf("\n", state.at);
  state.at = end < 0 ? state.pattern.length : end + 1;
  return "";
}

/** Possessive quantifiers (`a*+`) give nothing back: JavaScript has none. */
function quantifier(state: State, character: string): string | undefined {
  return state.pattern[state.at + 1] === "+" ? undefined : taken(state, 1, character);
}

function repetition(state: State): string | undefined {
  const rest = state.pattern.slice(state.at);
  const [whole, least, comma, most] = /^\{(\d*)(,?)(\d*)\}/.exec(rest) ?? [];
  if (whole === undefined || whole === "{}") return taken(state, 1, "\\{");
  if (rest[whole.length] === "+") return undefined;
  return taken(state, whole.length, `{${least || "0"}${comma}${most}}`);
}

function group(state: State): string | undefined {
  const rest = state.pattern.slice(state.at);
  if (!rest.startsWith("(?")) return taken(state, 1, "(");
  const named = /^\(\?P<(\w+)>/.exec(rest);
  if (named) return taken(state, named[0].length, `(?<${named[1]}>`);
  const again = /^\(\?P=(\w+)\)/.exec(rest);
  if (again) return taken(state, again[0].length, `\\k<${again[1]}>`);
  const plain = /^\(\?(?::|=|!|<=|<!)/.exec(rest);
  if (plain) return taken(state, plain[0].length, plain[0]);
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  if (comment) return taken(state, comment[0].length, "");
  const global = /^\(\?([aiLmsux]+)\)/.exec(rest);
  if (global) {
    for (const flag of global[1]!) state.flags.add(flag);
    return taken(state, global[0].length, "");
  }
  const local = /^\(\?([aiLu]*)(?:-i)?:/.exec(rest);
  return local ? taken(state, local[0].length, "(?:") : undefined;
}

function characterClass(state: State): string | undefined {
  const { pattern } = state;
  state.at++;
  let source = "[";
  if (pattern[state.at] === "^") source += taken(state, 1, "^");
  if (pattern[state.at] === "]") source += taken(state, 1, "\\]");
  while (pattern[state.at] !== "]") {
    const character = pattern[state.at];
    if (character === undefined) return undefined;
    const part =
      character === "\\" ? escaped(state, true) : taken(state, 1, character === "[" ? "\\[" : character);
    if (part === undefined) return undefined;
    source += part;
  }
  return source + taken(state, 1, "]");
}

const SAME = /[dDwWsSbBnrtfv]/;
const SYNTAX = /[\^$\\.*+?()[\]{}|/-]/;

/** `\…`, inside a class or outside. */
function escaped(state: State, inClass: boolean): string | undefined {
  const rest = state.pattern.slice(state.at);
  const code = /^\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/.exec(rest)?.[0];
  if (code) return taken(state, code.length, code);
  const wide = /^\\(U[0-9a-fA-F]{8}|N\{[^}]*\})/.exec(rest)?.[0];
  if (wide) return taken(state, wide.length, "\\u00e9");
  const digits = /^\\\d+/.exec(rest)?.[0];
  if (digits) return taken(state, digits.length, digits);
  const character = rest[1];
  if (character === undefined) return undefined;
  if (SAME.test(character)) return taken(state, 2, `\\${character}`);
  if (character === "a") return taken(state, 2, "\\x07");
  if (!inClass && character === "A") return taken(state, 2, state.flags.has("m") ? "(?<![\\s\\S])" : "^");
  if (!inClass && /[Zz]/.test(character)) return taken(state, 2, state.flags.has("m") ? "(?![\\s\\S])" : "$");
  if (/[A-Za-z]/.test(character)) return undefined;
  return taken(state, 2, SYNTAX.test(character) ? `\\${character}` : character);
}
