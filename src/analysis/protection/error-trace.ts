// What a handler told of the error it caught, and no longer does: the traceback in the log, the text and the cause of
// what is raised instead.
import type { DefinitionChange } from "./change.js";
import { catchesAll } from "./errors.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf } from "./pool.js";

export function lostErrorTraces(change: DefinitionChange): readonly Loss[] {
  const lost = (base: Leaf, head: Leaf, did: string) =>
    lossAt("weakened", { protection: "error-trace", did, change, base, head });
  const told = [...change.rewritten].flatMap(([base, head]) => {
    const before = handlerAround(base);
    const now = handlerAround(head);
    const did = before && now && lostBetween(base, head, before, now, change);
    return did ? [lost(base, head, did)] : [];
  });
  const raised = [...change.removed, ...change.rewritten.keys()].flatMap((base) => {
    const head = keepsTraceback(base) ? raisedInstead(base, change) : undefined;
    return head ? [lost(base, head, "raises it with the place it came from")] : [];
  });
  return [...told, ...raised];
}

/** `raise type, value, traceback` of Python 2, and `reraise(type, value, traceback)`. */
function keepsTraceback({ syntax, text, node }: Leaf): boolean {
  if (/^([\w.]+\.)?reraise\(.+,/.test(text)) return true;
  return syntax.dialect === "python2" && node.kind === "raise" && /^raise[^(),]+,[^(),]+,[^(),]+$/.test(text);
}

/** A `raise` of the value alone in the same block: in Python 2 a new start. */
function raisedInstead(base: Leaf, { added, kept }: DefinitionChange): Leaf | undefined {
  const owner = base.owners.at(-1)?.leaf;
  return added.find((head) => {
    const around = head.owners.at(-1)?.leaf;
    const isThere = owner === undefined ? around === undefined : kept.get(owner) === around;
    return isThere && head.node.kind === "raise" && /^raise ?[\w.]+$/.test(head.text);
  });
}

/** The `except` that a leaf stands in; the methods that leave a `with` are handlers too. */
function handlerAround({ owners }: Leaf): Leaf | undefined {
  return owners.findLast(({ leaf }) => leaf.node.kind === "except")?.leaf;
}

/** A log that is not read at all is another matter. */
const LOGS = /^(info|warn|warning|error|critical|fatal|log|msg|err)$/;
const TRACES =
  /\bexc_info=(?!None|False|0\b)|format_exc\(|print_exc\(|format_exception\(|print_exception\(|\.exception\(|\bexc_info\(\)/;

function lostBetween(
  base: Leaf,
  head: Leaf,
  before: Leaf,
  now: Leaf,
  change: DefinitionChange,
): string | undefined {
  const rest = change.head.leaves.filter((leaf) => isInside(leaf, now, "body"));
  if (rest.some(({ text }) => TRACES.test(text) || /^raise$|reraise/.test(text))) return undefined;
  if (TRACES.test(base.text) && catchesAll(before) && catchesAll(now) && callsOf(head).some(logs)) {
    return rest.some(({ node }) => node.kind === "raise") ? undefined : "tells where the error came from";
  }
  return losesCause(base, head, before, rest) ? "tells what went wrong" : undefined;
}

const logs = ({ callee }: ReturnType<typeof callsOf>[number]): boolean => LOGS.test(lastNameOf(callee));

/** `raise New(str(error)) from error` is a `raise New("…")` that nothing of the error goes into. */
function losesCause(base: Leaf, head: Leaf, before: Leaf, rest: readonly Leaf[]): boolean {
  if (base.node.kind !== "raise" || head.node.kind !== "raise" || before.node.kind !== "except") return false;
  const name = before.node.name?.id;
  if (name === undefined || !base.node.exception || !head.node.exception) return false;
  const mentions = (leaf: Leaf) => leaf.parts().some((part) => part.kind === "name" && part.id === name);
  const told = lastNameOf(base.node.exception) === lastNameOf(head.node.exception);
  return told && mentions(base) && !rest.some(mentions);
}
