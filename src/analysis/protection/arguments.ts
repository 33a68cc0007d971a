// Keyword arguments that protect (`timeout=`, `verify=`), dropped from a call that is otherwise the same; and query
// parameters that became part of the query's text.
import type { Argument, Call } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import type { Loss, Protection } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";

interface Protective {
  readonly protection: Protection;
  readonly did: string;
  /** Values that protect; without it, all but `None`. */
  readonly value?: RegExp;
  /** Only of calls of this name. */
  readonly of?: RegExp;
}

const PROTECTIVE: Readonly<Record<string, Protective>> = {
  timeout: { protection: "timeout", did: "bounds the wait" },
  connect_timeout: { protection: "timeout", did: "bounds the wait" },
  read_timeout: { protection: "timeout", did: "bounds the wait" },
  max_length: { protection: "limit", did: "bounds the size" },
  max_size: { protection: "limit", did: "bounds the size" },
  max_bytes: { protection: "limit", did: "bounds the size" },
  max_content_length: { protection: "limit", did: "bounds the size" },
  check_hostname: { protection: "verification", did: "checks the host", value: /^True$/ },
  verify_signature: { protection: "verification", did: "verifies the signature", value: /^True$/ },
  algorithms: { protection: "verification", did: "fixes the algorithms", of: /decode/ },
  usedforsecurity: { protection: "verification", did: "says what the hash is for", value: /^True$/ },
  secure: { protection: "masking", did: "keeps the cookie to HTTPS", value: /^True$/, of: /cookie/ },
  httponly: { protection: "masking", did: "keeps the cookie from scripts", value: /^True$/, of: /cookie/ },
  autoescape: { protection: "sanitizer", did: "escapes what templates show" },
  write_only: { protection: "masking", did: "keeps the field out of answers", value: /^True$/ },
  raise_exception: {
    protection: "validation",
    did: "makes failed validation an error",
    value: /^True$/,
    of: /is_valid/,
  },
  filter: { protection: "validation", did: "refuses unsafe members", of: /^extract(all)?$/ },
  resolve_entities: { protection: "verification", did: "ignores entities", value: /^False$/ },
};

export function lostArguments(change: DefinitionChange): readonly Loss[] {
  return pairsOf(change).flatMap(([base, head]) =>
    callsOf(base).flatMap((call) => {
      const now = counterpart(call, base, head);
      if (!now) return [];
      return call.arguments.flatMap((argument) => lostArgument(argument, call, now, base, head, change));
    }),
  );
}

/** Rewritten statements, and what is gone with each new statement that has a call of the same name. */
function pairsOf({ rewritten, removed, added }: DefinitionChange): readonly (readonly [Leaf, Leaf])[] {
  const partners = new Set(rewritten.values());
  const rest = added.filter((leaf) => !partners.has(leaf));
  const others = removed.flatMap((base) => {
    const names = new Set(callsOf(base).map((call) => normalText(base.syntax, call.callee)));
    const head = rest.find((leaf) =>
      callsOf(leaf).some((call) => names.has(normalText(leaf.syntax, call.callee))),
    );
    return head ? [[base, head] as const] : [];
  });
  return [...rewritten, ...others];
}

/** The call of the same function with the same first argument. */
function counterpart(call: Call, base: Leaf, head: Leaf): Call | undefined {
  const callee = normalText(base.syntax, call.callee);
  const first = (of: Call, leaf: Leaf) => of.arguments[0] && normalText(leaf.syntax, of.arguments[0]);
  const same = callsOf(head).filter((each) => normalText(head.syntax, each.callee) === callee);
  return (
    same.find((each) => first(each, head) === first(call, base)) ?? (same.length === 1 ? same[0] : undefined)
  );
}

function lostArgument(
  argument: Argument,
  call: Call,
  now: Call,
  base: Leaf,
  head: Leaf,
  change: DefinitionChange,
): readonly Loss[] {
  const name = argument.name?.id;
  const known = name !== undefined && Object.hasOwn(PROTECTIVE, name) ? PROTECTIVE[name] : undefined;
  if (!known || (known.of && !known.of.test(lastNameOf(call.callee)))) return [];
  const text = normalText(base.syntax, argument.value);
  if (known.value ? !known.value.test(text) : text === "None") return [];
  if (now.arguments.some(({ form }) => form === "doubleStar" || form === "star")) return [];
  const still = now.arguments.find((each) => each.name?.id === name);
  const isOff = still && ["None", "False"].includes(normalText(head.syntax, still.value)) && text !== "False";
  if (still ? !isOff : now.arguments.length > call.arguments.length - 1) return [];
  // A limit that is now given by position.
  if (!still && positional(now) > positional(call)) return [];
  return [
    {
      protection: known.protection,
      how: "weakened",
      change,
      guard: { syntax: base.syntax, node: argument },
      exposed: { syntax: head.syntax, node: now },
      exposedLeaf: head,
      did: known.did,
      sure: "medium",
    },
  ];
}

function positional(call: Call): number {
  return call.arguments.filter(({ form }) => form === "positional").length;
}

const EXECUTES = /^(execute|executemany|raw|fetch|fetchall|fetchrow|fetchval|query|run_sql|executescript)$/;
const STATEMENT = /\b(select|insert|update|delete|where|from|set|values|drop|create|alter)\b/i;

/** `execute(query, [value])` is `execute(query)` now, and the query is built from the value. */
export function lostParameters(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const bound = (leaf: Leaf) =>
    callsOf(leaf).filter((call) => EXECUTES.test(lastNameOf(call.callee)) && call.arguments.length >= 2);
  const gone = [...change.rewritten.keys(), ...change.removed].filter((leaf) => bound(leaf).length > 0);
  const built = change.added.find((leaf) => leaf.parts().some(isBuiltStatement));
  if (!built || gone.length === 0) return [];
  return gone.flatMap((leaf) => {
    const call = bound(leaf)[0]!;
    const name = normalText(leaf.syntax, call.callee);
    const now = [...change.added].find((each) =>
      callsOf(each).some(
        (it) => normalText(each.syntax, it.callee) === name && it.arguments.length < call.arguments.length,
      ),
    );
    if (!now || pool.standsAsOften(leaf.text)) return [];
    return {
      protection: "parameters" as const,
      how: "weakened" as const,
      change,
      guard: { syntax: leaf.syntax, node: call.arguments[1]! },
      exposed: { syntax: built.syntax, node: built.range },
      exposedLeaf: now,
      did: "keeps the values out of the query",
      sure: "medium" as const,
    };
  });
}

/** A query with something put into it: `"…".format(x)`, `"…" % x`, an f-string. */
function isBuiltStatement(part: { readonly kind: string }): boolean {
  const node = part as import("../../python/ast.js").SyntaxNode;
  if (node.kind === "formatted") {
    return (
      node.parts.some((each) => each.kind === "string" && STATEMENT.test(each.value)) &&
      node.parts.some((each) => each.kind === "interpolation")
    );
  }
  if (node.kind === "binary" && (node.operator === "%" || node.operator === "+")) {
    return node.left.kind === "string" && STATEMENT.test(node.left.value);
  }
  if (node.kind !== "call" || node.callee.kind !== "attribute" || node.callee.name.id !== "format")
    return false;
  const { object } = node.callee;
  if (object.kind === "string") return STATEMENT.test(object.value);
  return /sql|query|stmt|statement/i.test(dottedName(object) ?? "");
}
