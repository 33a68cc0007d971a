// A `try` that is gone with its handlers, while what it tried stands on and can fail as before: a round of a loop, a step
// of cleaning up, an answer to a client.
import { wordsOf } from "../../base/words.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { catchesAll } from "./errors.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";

export function lostHandlers(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const handlers = change.base.leaves.filter(({ node }) => node.kind === "except");
  const owners = new Set(handlers.flatMap(({ owners: around }) => around.at(-1)?.leaf ?? []));
  return [...owners].flatMap((owner) => {
    const own = handlers.filter((handler) => handler.owners.at(-1)?.leaf === owner);
    const isGone = own.every((handler) => change.removed.includes(handler));
    return isGone ? lostHandler(owner, own, change, pool) : [];
  });
}

/** The `try` of `owner` has no handler any more: does its body stand bare, and did one of them see to the failure? */
function lostHandler(
  owner: Leaf,
  handlers: readonly Leaf[],
  change: DefinitionChange,
  pool: Pool,
): readonly Loss[] {
  const head = bareOf(owner, change);
  if (!head || change.added.some(takesErrors)) return [];
  for (const base of handlers) {
    if (pool.standsAsOften(base.text) || OF_FEATURES.test(base.text)) continue;
    const did = careOf(base, owner, change);
    if (did) return [lossAt("removed", { protection: "handler", did, change, base, head })];
  }
  return [];
}

/** Tells what a Python or a platform can do, or that a lookup has no entry: often asked in another way. */
const OF_FEATURES =
  /\b(ImportError|ModuleNotFoundError|AttributeError|NameError|NotImplementedError|StopIteration|KeyError|IndexError|TypeError|AssertionError)\b/;

/** The first call of the `try` that stands unchanged in the head, outside of any `try`. */
function bareOf(owner: Leaf, { base, kept }: DefinitionChange): Leaf | undefined {
  const tried = base.leaves.flatMap((leaf) => {
    const still = isInside(leaf, owner, "body") && callsOf(leaf).length > 0 ? kept.get(leaf) : undefined;
    return still ? [still] : [];
  });
  const isBare = tried.every(
    (leaf) => !leaf.owners.some((each) => each.leaf.node.kind === "try" && each.branch === "body"),
  );
  return isBare ? tried.find((leaf) => leaf.node.kind !== "if") : undefined;
}

/** Another way to take errors stands there now. */
function takesErrors({ node, text }: Leaf): boolean {
  return (
    node.kind === "except" ||
    (node.kind === "withItem" && !/\bopen\(/.test(text)) ||
    /safe|ignore_errors|errback|on_error|suppress/i.test(text)
  );
}

/** How `handler` saw to the failure, as a phrase; undefined where it raised, or did nothing that is known. */
function careOf(handler: Leaf, owner: Leaf, change: DefinitionChange): string | undefined {
  const body = change.base.leaves.filter((leaf) => isInside(leaf, handler, "body"));
  if (body.some(({ node, text }) => node.kind === "raise" || /reraise|sys\.exit|os\._exit/.test(text))) {
    return undefined;
  }
  const leaves = body.some(({ node }) => node.kind === "return" || node.kind === "break");
  if (body.some((leaf) => callsOf(leaf).some(({ callee }) => ANSWERS.test(lastNameOf(callee))))) {
    return "answers when it fails";
  }
  if (leaves) return undefined;
  if (catchesAll(handler) && isInLoop(owner)) return "lets the next round go on when one fails";
  if (cleansUp(change) && hasMoreToDo(owner, change)) return "lets the next step go on when one fails";
  return undefined;
}

/** What tells a client or a peer of a failure. */
const ANSWERS =
  /^(flash|abort|add_error|send_error|set_status|reply|nack|reject|requeue|http_error|error_response|bad_request|server_error|HttpResponse\w+|HTTP(Bad|Not|Internal|Conflict|Forbidden)\w+)$/;

function isInLoop({ owners }: Leaf): boolean {
  return owners.some(
    ({ leaf: { node }, branch }) => branch === "body" && (node.kind === "while" || node.kind === "for"),
  );
}

const CLEANING =
  /^(close|cleanup|clean|stop|shutdown|teardown|terminate|dispose|disconnect|destroy|finali[sz]e|exit|aexit|del|quit)$/;

function cleansUp({ head }: DefinitionChange): boolean {
  const name = head.name.slice(head.name.lastIndexOf(".") + 1);
  return wordsOf(name).some((word) => CLEANING.test(word));
}

const CLEANS =
  /^(close|aclose|remove|unlink|rmtree|rmdir|delete|kill|terminate|stop|shutdown|release|disconnect|join|wait|cancel|unmount|umount|cleanup|clear|detach|logout|quit)$/;

/** Does something behind the `try` clean up as well, in base and head? */
function hasMoreToDo(owner: Leaf, { base, kept }: DefinitionChange): boolean {
  const around = owner.owners;
  return base.leaves.slice(owner.index + 1).some((leaf) => {
    if (isInside(leaf, owner) || !kept.has(leaf)) return false;
    if (!around.every((each, index) => leaf.owners[index]?.leaf === each.leaf)) return false;
    return callsOf(leaf).some(
      ({ callee }) => CLEANS.test(lastNameOf(callee)) && dottedName(callee) !== undefined,
    );
  });
}
