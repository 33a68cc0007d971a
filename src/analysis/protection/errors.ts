// Handlers that catch more than before, and errors that are no longer passed on.
import type { Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";
import { inHead, mentions } from "./subject.js";

export function lostErrors(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [
    ...widened(change, pool),
    ...swallowed(change),
    ...swallowedOthers(change),
    ...hushed(change),
    ...unspared(change, pool),
  ];
}

const BROAD = /^(Exception|BaseException)$/;

function typesOf(type: Expression | undefined): readonly string[] {
  if (!type) return ["BaseException"];
  return type.kind === "display" ? type.elements.map(lastNameOf) : [lastNameOf(type)];
}

/** Is it the header of a handler for every error? */
export function catchesAll({ node }: Leaf): boolean {
  return node.kind === "except" && typesOf(node.type).some((name) => BROAD.test(name));
}

/** `except KeyError:` is `except Exception:` or `except:` now, around the same statements. */
function widened(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return change.removed.concat([...change.rewritten.keys()]).flatMap((leaf) => {
    if (leaf.node.kind !== "except" || pool.standsAsOften(leaf.text)) return [];
    const before = typesOf(leaf.node.type);
    if (before.includes("BaseException") || before.includes("")) return [];
    const now = change.rewritten.get(leaf) ?? handlerInstead(leaf, change);
    if (now?.node.kind !== "except") return [];
    const after = typesOf(now.node.type);
    const [wider] = after.filter((name) => BROAD.test(name) && !before.includes(name));
    if (!wider || (before.includes("Exception") && wider !== "BaseException")) return [];
    if (passesOn(now, change.head.leaves)) return [];
    const handlers = change.head.leaves.filter(
      ({ node, owners }) => node.kind === "except" && owners.at(-1)?.leaf === now.owners.at(-1)?.leaf,
    );
    if (handlers.length > 1) return [];
    return [
      lossAt("weakened", {
        protection: "errors",
        did: "lets every other error through",
        change,
        base: leaf,
        head: now,
      }),
    ];
  });
}

/** The only new handler of a `try` whose statements are those of the old one. */
function handlerInstead(leaf: Leaf, change: DefinitionChange): Leaf | undefined {
  const owner = leaf.owners.at(-1)?.leaf;
  const now = owner && change.kept.get(owner);
  if (!now) return undefined;
  const fresh = change.added.filter(
    ({ node, owners }) => node.kind === "except" && owners.at(-1)?.leaf === now,
  );
  return fresh.length === 1 ? fresh[0] : undefined;
}

/** Does the handler raise, whatever it does before? */
function passesOn(handler: Leaf, leaves: readonly Leaf[]): boolean {
  return leaves.some((leaf) => {
    if (!isInside(leaf, handler, "body")) return false;
    return leaf.node.kind === "raise" || /save_and_reraise|reraise|sys\.exit|os\._exit/.test(leaf.text);
  });
}

/** Stands some statement of the old `try` in the new one? */
function isSameTry(before: Leaf, now: Leaf, change: DefinitionChange): boolean {
  const [old, fresh] = [before.owners.at(-1)?.leaf, now.owners.at(-1)?.leaf];
  return change.base.leaves.some((leaf) => {
    const still = old && isInside(leaf, old, "body") ? inHead(leaf, change) : undefined;
    return still !== undefined && fresh !== undefined && isInside(still, fresh, "body");
  });
}

const SECURITY =
  /^(verify|authenticate|authori[sz]e|decrypt|validate|unsign|check_(signature|password|permissions?))/;

/** A handler for everything was put around a step on which security rests, and does not raise. */
function hushed(change: DefinitionChange): readonly Loss[] {
  return change.added.flatMap((now) => {
    if (now.node.kind !== "except" || !catchesAll(now)) return [];
    const owner = now.owners.at(-1)?.leaf;
    if (!owner || [...change.rewritten.values()].includes(now) || leavesEarly(now, change)) return [];
    const step = change.base.leaves.find((leaf) => {
      const still = inHead(leaf, change);
      if (!still || !isInside(still, owner, "body") || caughtBroadly(leaf, change)) return false;
      return callsOf(leaf).some((call) => SECURITY.test(lastNameOf(call.callee)));
    });
    if (!step) return [];
    return [
      lossAt("weakened", {
        protection: "errors",
        did: "ends here when it fails",
        change,
        base: step,
        head: now,
        exposed: now.node.type ?? now.range,
      }),
    ];
  });
}

/** Was `leaf` of the base inside a `try` with a handler for everything? */
function caughtBroadly(leaf: Leaf, { base }: DefinitionChange): boolean {
  return base.leaves.some(
    (handler) => catchesAll(handler) && isInside(leaf, handler.owners.at(-1)!.leaf, "body"),
  );
}

/** Does the handler raise or return? */
function leavesEarly(handler: Leaf, { head }: DefinitionChange): boolean {
  if (passesOn(handler, head.leaves)) return true;
  return head.leaves.some((leaf) => {
    const leaves = leaf.node.kind === "return" || leaf.node.kind === "continue" || leaf.node.kind === "break";
    return leaves && isInside(leaf, handler, "body");
  });
}

/** `raise` at the end of a handler is gone, and the handler goes on. */
function swallowed(change: DefinitionChange): readonly Loss[] {
  return change.removed.flatMap((leaf) => {
    if (leaf.node.kind !== "raise") return [];
    const handler = endedBy(leaf);
    if (!handler) return [];
    const now = inHead(handler, change);
    if (!now || passesOn(now, change.head.leaves) || !isSameTry(handler, now, change)) return [];
    const leaves = change.head.leaves.some(
      (each) =>
        isInside(each, now, "body") &&
        (each.node.kind === "return" || each.node.kind === "continue" || each.node.kind === "break"),
    );
    return [
      lossAt("removed", {
        protection: "errors",
        did: "passes the error on",
        change,
        base: leaf,
        head: now,
        sure: leaves ? "low" : "medium",
      }),
    ];
  });
}

/** The handler in which a `raise` stands for whatever it does not know: at its own level, or behind `else`. */
function endedBy({ owners }: Leaf): Leaf | undefined {
  const around = owners.findLastIndex(({ branch }) => branch !== "otherwise");
  const handler = owners[around]?.leaf;
  return handler?.node.kind === "except" ? handler : undefined;
}

/** `except OSError as error: if error.errno != ENOENT: raise` takes every `OSError` now. */
function swallowedOthers(change: DefinitionChange): readonly Loss[] {
  return change.removed.flatMap((leaf) => {
    if (leaf.node.kind !== "raise" || leaf.node.exception) return [];
    const condition = leaf.owners.at(-1);
    const handler = leaf.owners.at(-2)?.leaf;
    if (condition?.leaf.node.kind !== "if" || condition.branch !== "body") return [];
    if (handler?.node.kind !== "except" || !handler.node.name || change.kept.has(condition.leaf)) return [];
    if (!mentions(condition.leaf, [handler.node.name.id])) return [];
    const now = change.kept.get(handler);
    if (!now || passesOn(now, change.head.leaves) || !isSameTry(handler, now, change)) return [];
    if (change.added.some((each) => each.node.kind === "if" && isInside(each, now, "body"))) return [];
    const did = "passes every other error on";
    return [lossAt("removed", { protection: "errors", did, change, base: condition.leaf, head: now })];
  });
}

/** `except PermissionDenied: raise` is gone from before a handler for everything. */
function unspared(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return change.removed.flatMap((leaf) => {
    if (leaf.node.kind !== "except" || !leaf.node.type || pool.standsAsOften(leaf.text)) return [];
    const [first, ...others] = leaf.node.body;
    if (first?.kind !== "raise" || first.exception || others.length > 0) return [];
    const statement = leaf.owners.at(-1)?.leaf;
    const now = statement && change.kept.get(statement);
    const broad = change.head.leaves.find((each) => catchesAll(each) && each.owners.at(-1)?.leaf === now);
    if (!broad || passesOn(broad, change.head.leaves)) return [];
    const did = "passes the error on";
    return [lossAt("removed", { protection: "errors", did, change, base: leaf, head: broad })];
  });
}
