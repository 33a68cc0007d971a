// Calls that protected and are gone from a statement or with it: a row that was locked, an error that was asked for, a bound.
import type { Call, Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { statementCall } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt, type Protection } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";
import { inHead, mentions } from "./subject.js";

export function droppedCalls(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const rewritten = [...change.rewritten].flatMap(([base, head]) => [
    ...droppedLinks(base, head, change, pool),
    ...droppedBound(base, head, change),
    ...droppedWait(base, head, change),
  ]);
  return [...rewritten, ...change.removed.flatMap((leaf) => droppedStatement(leaf, change, pool))];
}

interface Link {
  readonly name: RegExp;
  readonly protection: Protection;
  readonly did: string;
  /** Normal text of a new statement that makes up for it. */
  readonly unless: RegExp;
  /** Normal text that must stand somewhere in the definition. */
  readonly needs?: RegExp;
}

const LINKS: readonly Link[] = [
  {
    name: /^(select_for_update|with_for_update|with_lockmode)$/,
    protection: "lock",
    did: "locks the row",
    unless: /\bF\(|lock|for_update|\.update\(/i,
  },
  {
    name: /^(realpath|resolve)$/,
    protection: "validation",
    did: "resolves links before the path is tested",
    unless: /realpath|resolve\(|samefile/,
    needs: /startswith\(|commonpath|commonprefix|is_relative_to|relative_to\(/,
  },
];

/** `rows.select_for_update().get()` is `rows.get()` now. */
function droppedLinks(base: Leaf, head: Leaf, change: DefinitionChange, pool: Pool): readonly Loss[] {
  const still = callsOf(head).map(({ callee }) => lastNameOf(callee));
  return callsOf(base).flatMap((call) => {
    const name = lastNameOf(call.callee);
    const link = LINKS.find((each) => each.name.test(name));
    if (!link || still.includes(name) || pool.calledAsOften(name)) return [];
    if (change.added.some(({ text }) => link.unless.test(text))) return [];
    if (link.needs && !change.head.leaves.some(({ text }) => link.needs!.test(text))) return [];
    // What is left must be the rest of the same statement.
    if (callsOf(base).length > 1 && !callsOf(base).some((each) => still.includes(lastNameOf(each.callee))))
      return [];
    const { protection, did } = link;
    return [lossAt("weakened", { protection, did, change, base, guard: call, head })];
  });
}

const READS = /^(read|read1|readline|recv|recvfrom|decompress|get_data)$/;

/** `stream.read(LARGEST)` is `stream.read()` now: a size with a name, not a step of reading. */
function droppedBound(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  const loops = change.added.some(({ node }) => node.kind === "while" || node.kind === "for");
  if (loops) return [];
  return callsOf(base).flatMap((call) => {
    const name = lastNameOf(call.callee);
    const size = call.arguments.findLast(({ form }) => form === "positional")?.value;
    if (!READS.test(name) || !size || !isBound(size)) return [];
    const text = normalText(base.syntax, size);
    const now = callsOf(head).find(
      (each) => lastNameOf(each.callee) === name && each.arguments.length < call.arguments.length,
    );
    if (!now || head.text.includes(text)) return [];
    return [
      lossAt("weakened", {
        protection: "limit",
        did: "bounds the size",
        change,
        base,
        guard: size,
        head,
        exposed: now,
      }),
    ];
  });
}

function isBound(size: Expression): boolean {
  const name = lastNameOf(size);
  return /^_?[A-Z][A-Z\d_]+$/.test(name) || /(^|_)(max|limit|largest|most)(_|$)/i.test(name);
}

/** `await wait_for(step(), timeout=30)` is `await step()` now. */
function droppedWait(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  if (change.added.some(({ text }) => /timeout|wait_for|deadline|fail_after|move_on/i.test(text))) return [];
  return callsOf(base).flatMap((call) => {
    const [awaited] = call.arguments;
    if (lastNameOf(call.callee) !== "wait_for" || !awaited || call.arguments.length < 2) return [];
    const wanted = normalText(base.syntax, awaited.value);
    const now = head
      .parts()
      .find((part) => part.kind === "await" && normalText(head.syntax, part.value) === wanted);
    if (!now) return [];
    return [
      lossAt("weakened", {
        protection: "timeout",
        did: "bounds the wait",
        change,
        base,
        guard: call,
        head,
        exposed: now,
      }),
    ];
  });
}

interface Statement {
  readonly name: RegExp;
  readonly protection: Protection;
  readonly did: string;
  readonly unless: RegExp;
}

const STATEMENTS: readonly Statement[] = [
  {
    name: /^(raise_for_status|check_returncode|raise_on_error)$/,
    protection: "errors",
    did: "makes a failed answer an error",
    unless: /status|\.ok\b|returncode|raise_|check_call|check_output|check=True/,
  },
];

/** `answer.raise_for_status()` is gone, and the answer is read as before. */
function droppedStatement(base: Leaf, change: DefinitionChange, pool: Pool): readonly Loss[] {
  const call = statementCall(base);
  const name = call ? lastNameOf(call.callee) : "";
  const known = STATEMENTS.find((each) => each.name.test(name));
  const subject = call && objectOf(call);
  if (!known || subject === undefined || pool.calledAsOften(name)) return [];
  if (change.added.some(({ text }) => known.unless.test(text))) return [];
  const after = change.base.leaves.slice(base.index + 1).flatMap((leaf) => inHead(leaf, change) ?? []);
  const head = after.find((leaf) => mentions(leaf, [subject]));
  if (!head) return [];
  const { protection, did } = known;
  return [lossAt("removed", { protection, did, change, base, head })];
}

function objectOf({ callee }: Call): string | undefined {
  return callee.kind === "attribute" ? dottedName(callee.object) : undefined;
}
