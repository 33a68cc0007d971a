// Replacements that make a call safe where it is written in a simple way. Whoever offers one tries it first.
import type { Arrival } from "../analysis/taint/arrival.js";
import type { Place } from "../analysis/values/place.js";
import type { Expression, FormattedString, Interpolation } from "../python/ast.js";
import { callAt } from "./edits.js";
import type { Edit } from "./finding.js";
import { textAt } from "./surroundings.js";

function expressionAt({ node }: Place): Expression | undefined {
  return "kind" in node ? (node as Expression) : undefined;
}

function imports({ syntax }: Place, module: string): boolean {
  return new RegExp(`^import ([\\w., ]+, *)?${module}\\b(?!\\.)`, "m").test(syntax.text);
}

/** The one `{value}` of an f-string, without conversion or format. */
function onlyPart(expression: Expression | undefined): Interpolation | undefined {
  if (expression?.kind !== "formatted" || expression.isTemplate) return undefined;
  const parts = expression.parts.filter((part): part is Interpolation => part.kind === "interpolation");
  const [only] = parts;
  return parts.length === 1 && only && !only.conversion && !only.format ? only : undefined;
}

/** `f"ping {host}"` to `f"ping {shlex.quote(host)}"`, `"ping " + host` to `"ping " + shlex.quote(host)`. */
export function quotedForShell({ kind, argument }: Arrival): Edit | undefined {
  if (kind !== "shell" || !imports(argument, "shlex")) return undefined;
  const expression = expressionAt(argument);
  const part =
    expression?.kind === "binary" && expression.operator === "+" && expression.left.kind === "string"
      ? expression.right
      : onlyPart(expression)?.value;
  if (!part || (part.kind !== "name" && part.kind !== "attribute")) return undefined;
  // Inside quotes of the command a quoted text would end them.
  if (/["']/.test(insideQuotes(textAt(argument, argument.node)))) return undefined;
  const replacement = `shlex.quote(${textAt(argument, part)})`;
  return { path: argument.syntax.path, start: part.start, end: part.end, replacement };
}

const insideQuotes = (text: string): string =>
  text.replace(/^\w*["']+/, "").replace(/["']( *\+ *[\w.]+)?$/, "");

/** `archive.extractall(folder)` to `archive.extractall(folder, filter="data")`. */
export function filteredExtraction({ call }: Arrival): Edit | undefined {
  const written = callAt(call);
  const isTar = written?.callee.kind === "attribute" && /^extract(all)?$/.test(written.callee.name.id);
  if (!isTar || written.arguments.some(({ name }) => name?.id === "filter")) return undefined;
  return withArgument(call, 'filter="data"');
}

/** The call with one more argument at its end. */
export function withArgument(call: Place, argument: string): Edit | undefined {
  const written = callAt(call);
  if (!written || written.arguments.some(({ form }) => form === "doubleStar")) return undefined;
  const last = written.arguments.at(-1);
  const at = last?.end ?? written.end - 1;
  return { path: call.syntax.path, start: at, end: at, replacement: `${last ? ", " : ""}${argument}` };
}

/** `yaml.load(text, Loader=yaml.Loader)` to `yaml.safe_load(text)`. */
export function safelyLoaded(call: Place): Edit | undefined {
  const written = callAt(call);
  if (written?.callee.kind !== "attribute") return undefined;
  const { object, name } = written.callee;
  const safe = { load: "safe_load", load_all: "safe_load_all", unsafe_load: "safe_load" }[name.id];
  const [data, loader, ...others] = written.arguments;
  if (textAt(call, object) !== "yaml" || !safe || data?.form !== "positional" || others.length > 0)
    return undefined;
  if (loader?.name && loader.name.id !== "Loader") return undefined;
  const replacement = `${safe}(${textAt(call, data)})`;
  return { path: call.syntax.path, start: name.start, end: written.end, replacement };
}

const DRIVERS: readonly (readonly [module: RegExp, placeholder: string])[] = [
  [/^(import|from) +sqlite3\b/m, "?"],
  [/^(import|from) +(psycopg2?|pymysql|MySQLdb|mysql\.connector)\b/m, "%s"],
];

/** `execute(f"… WHERE name = '{name}'")` to `execute("… WHERE name = ?", (name,))`. */
export function withPlaceholder({ call, argument }: Arrival): Edit | undefined {
  const drivers = DRIVERS.filter(([module]) => module.test(argument.syntax.text));
  const written = callAt(call);
  if (drivers.length !== 1 || written?.arguments.length !== 1) return undefined;
  const { value } = written.arguments[0]!;
  if (value.start !== argument.node.start || value.end !== argument.node.end) return undefined;
  const built = interpolated(argument, value) ?? formattedByPercent(argument, value);
  const placeholder = drivers[0]![1];
  if (!built || !/(=|<|>|\blike|\bvalues *\(|,) *$/i.test(built.before)) return undefined;
  if (placeholder === "%s" && `${built.before}${built.after}`.includes("%")) return undefined;
  const replacement = `${built.before}${placeholder}${built.after}, (${built.part},)`;
  return { path: argument.syntax.path, start: value.start, end: value.end, replacement };
}

interface Built {
  /** Source text of the literal on both sides of the part, without quotes of SQL around it. */
  readonly before: string;
  readonly after: string;
  readonly part: string;
}

function interpolated(place: Place, value: Expression): Built | undefined {
  const part = onlyPart(value);
  if (!part) return undefined;
  const text = textAt(place, value as FormattedString);
  const before = text.slice(0, part.start - value.start);
  const after = text.slice(part.end - value.start);
  // No joined literals, no braces, no escapes.
  if (!/^[fF]("(""[\s\S]*|[^"]*)|'[^']*)$/.test(before) || /[{}\\]/.test(before + after)) return undefined;
  return unquoted(before.slice(1), after, textAt(place, part.value));
}

function formattedByPercent(place: Place, value: Expression): Built | undefined {
  if (value.kind !== "binary" || value.operator !== "%" || value.left.kind !== "string") return undefined;
  const part = value.right;
  if (part.kind !== "name" && part.kind !== "attribute" && part.kind !== "subscript") return undefined;
  const [before, after, ...others] = textAt(place, value.left).split("%s");
  if (before === undefined || after === undefined || others.length > 0 || /[%\\]/.test(before + after))
    return undefined;
  return unquoted(before, after, textAt(place, part));
}

/** `'…'` around the part goes with it; a quote on one side only is a text that the part is a piece of. */
function unquoted(before: string, after: string, part: string): Built | undefined {
  const opens = /['"]$/.exec(before)?.[0];
  const isOpening = opens !== undefined && before.length > 1 && !/^["']+$/.test(before);
  if (!isOpening) return /^['"]./.test(after) ? undefined : { before, after, part };
  return after.startsWith(opens) ? { before: before.slice(0, -1), after: after.slice(1), part } : undefined;
}
