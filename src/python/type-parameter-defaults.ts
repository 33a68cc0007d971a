// Defaults of type parameters (`class A[T = int]`, Python 3.13), which the grammar does not know yet.
// They are parsed as `class A[T | int]`, a text of the same length; lowering sees the "=" that really stands there.

const header = /\b(?:class|def|type)[ \t]+\w+[ \t]*\[/g;

/** The text with "|" for each "=" of a type parameter's default; undefined when it has none. */
export function maskDefaults(text: string): string | undefined {
  const defaults: number[] = [];
  for (const match of text.matchAll(header)) defaults.push(...equalsIn(text, match.index + match[0].length));
  if (defaults.length === 0) return undefined;
  let masked = "";
  let at = 0;
  for (const equals of defaults) {
    masked += `${text.slice(at, equals)}|`;
    at = equals + 1;
  }
  return masked + text.slice(at);
}

/** The offsets of "=" directly inside the brackets that were opened before `from`. */
function equalsIn(text: string, from: number): readonly number[] {
  const found: number[] = [];
  let depth = 1;
  for (let at = from; at < text.length && depth > 0; at++) {
    const character = text[at]!;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "=" && depth === 1) found.push(at);
    else if (character === "#" || character === '"' || character === "'") break;
  }
  return depth === 0 ? found : [];
}
