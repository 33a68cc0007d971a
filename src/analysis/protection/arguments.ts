// Keyword arguments that protect (`timeout=`, `verify=`), dropped from a call that is otherwise the same; and query
// parameters that became part of the query's text.
import type { Argument, Call } from "../../python/ast.js";
import type { Program } from "../../python/program.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt, type Protection } from "./loss.js";
import { definitionsMeant } from "./meant.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";
import { protectiveOf } from "./protective.js";
import { CHECKING, says, VALIDATION } from "./words.js";

/** @param program of the head, to see what a function of the repository does by default */
export function lostArguments(change: DefinitionChange, program: Program): readonly Loss[] {
  return pairsOf(change).flatMap(([base, head]) =>
    callsOf(base).flatMap((call) => {
      const now = counterpart(call, base, head);
      if (!now) return [];
      return call.arguments
        .flatMap((argument) => [
          ...lostArgument(argument, call, now, base, head, change),
          ...lostPosition(argument, call, now, base, head, change),
        ])
        .filter(({ guard }) => !isDefault(guard.node as Argument, now, base, change, program));
    }),
  );
}

/** Does the function, as it stands in the repository, do by default what the argument asked for? */
function isDefault(
  argument: Argument,
  now: Call,
  base: Leaf,
  { head }: DefinitionChange,
  program: Program,
): boolean {
  const name = argument.name?.id;
  if (name === undefined || now.arguments.some((each) => each.name?.id === name)) return false;
  const defaults = definitionsMeant(program, head, now.callee).flatMap(({ node, module }) => {
    const parameters = node?.kind === "function" ? node.parameters : [];
    const parameter = parameters.find((each) => each.name.id === name);
    return parameter?.default ? [normalText(module.syntax, parameter.default)] : [];
  });
  const [text] = defaults;
  const known = protectiveOf(name);
  if (text === undefined) return known?.isDefault === true;
  if (text === normalText(base.syntax, argument.value)) return true;
  return known?.value === undefined && text !== "None" && text !== "False";
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
  const known = name === undefined ? undefined : protectiveOf(name);
  if (!known || (known.of && !known.of.test(lastNameOf(call.callee)))) return [];
  const text = normalText(base.syntax, argument.value);
  if (known.value ? !known.value.test(text) : text === "None") return [];
  if (now.arguments.some(({ form }) => form === "doubleStar" || form === "star")) return [];
  const still = now.arguments.find((each) => each.name?.id === name);
  if (known.unless && change.added.some((leaf) => known.unless!.test(leaf.text))) return [];
  const off = text === "False" ? ["True"] : ["None", "False"];
  const isOff = still && off.includes(normalText(head.syntax, still.value));
  if (still ? !isOff : now.arguments.length > call.arguments.length - 1) return [];
  if (name === "allow_redirects" && !still && !checksAddress(change)) return [];
  // A limit that is now given by position.
  if (!still && positional(now) > positional(call)) return [];
  return [
    lossAt("weakened", {
      protection: known.protection === "timeout" ? waitProtection(call) : known.protection,
      did: known.did,
      change,
      base,
      guard: argument,
      head,
      exposed: now,
    }),
  ];
}

/** `locks.acquire(name, timeout)` is `locks.acquire(name)` now. */
function lostPosition(
  argument: Argument,
  call: Call,
  now: Call,
  base: Leaf,
  head: Leaf,
  change: DefinitionChange,
): readonly Loss[] {
  if (
    argument.form !== "positional" ||
    !/^[\w.]*(timeout|deadline)\w*$/i.test(dottedName(argument.value) ?? "")
  )
    return [];
  const isGone = now.arguments.length < call.arguments.length && positional(now) < positional(call);
  if (!isGone || now.arguments.some(({ form, name }) => form !== "positional" && name?.id === "timeout"))
    return [];
  if (now.arguments.some(({ form }) => form === "doubleStar" || form === "star")) return [];
  const protection = waitProtection(call);
  const did = "bounds the wait";
  return [lossAt("weakened", { protection, did, change, base, guard: argument, head, exposed: now })];
}

/** A wait for a lock that has no end is a matter of locking. */
function waitProtection({ callee }: Call): Protection {
  return says(lastNameOf(callee), /^(acquire|lock|get_?lock)$/) ? "lock" : "timeout";
}

/** Does the definition ask something of an address, which a redirect would leave behind? */
function checksAddress({ head }: DefinitionChange): boolean {
  return head.leaves.some((leaf) =>
    callsOf(leaf).some(({ callee }) => {
      const name = lastNameOf(callee);
      return says(name, CHECKING) || says(name, VALIDATION);
    }),
  );
}

function positional(call: Call): number {
  return call.arguments.filter(({ form }) => form === "positional").length;
}

const EXECUTES =
  /^(execute\w*|raw|fetch|fetchall|fetchrow|fetchval|query|run_sql|run_query|exec_\w*(sql|query))$/;
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
    return lossAt("weakened", {
      protection: "parameters",
      did: "keeps the values out of the query",
      change,
      base: leaf,
      guard: call.arguments[1]!,
      head: now,
      exposed: built.range,
    });
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
