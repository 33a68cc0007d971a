// Which Python a file speaks, where the two read the same text differently.
import { kindOf } from "./kinds.js";

export type Dialect = "python2" | "python3";

const python2Kinds = (["print_statement", "exec_statement"] as const).map(kindOf);
const python3Kinds = (
  [
    "type",
    "await",
    "interpolation",
    "named_expression",
    "nonlocal_statement",
    "match_statement",
    "keyword_separator",
    "type_alias_statement",
  ] as const
).map(kindOf);
const exceptKind = kindOf("except_clause");
const python2Handler = /^[ \t]*except[ \t]+[\w.]+[ \t]*,[ \t]*[a-z_][a-z0-9_]*[ \t]*:/m;

/** What only one of them has decides; else a handler that reads like Python 2's `except Type, name:`. */
export function dialectOf(occurs: Uint8Array, text: string): Dialect {
  if (python2Kinds.some((kind) => occurs[kind] === 1)) return "python2";
  if (python3Kinds.some((kind) => occurs[kind] === 1)) return "python3";
  return occurs[exceptKind] === 1 && python2Handler.test(text) ? "python2" : "python3";
}
