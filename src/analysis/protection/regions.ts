// `with` blocks and `finally` clauses that are gone while what they held stands on, and releases that are gone.
import type { DefinitionChange } from "./change.js";
import { statementCall } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";
import { inHead } from "./subject.js";
import { LOCKS, RELEASING, says } from "./words.js";

export function lostRegions(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return change.removed.flatMap((leaf) => {
    if (pool.standsAsOften(leaf.text)) return [];
    if (leaf.node.kind === "withItem") return lostWith(leaf, change);
    if (leaf.node.kind === "finally") return lostFinally(leaf, change);
    return [];
  });
}

/** What stood in `owner` and stands in the head outside any block that answers to `isLike`. */
function freed(owner: Leaf, change: DefinitionChange, isLike: (leaf: Leaf) => boolean): readonly Leaf[] {
  return change.base.leaves.flatMap((leaf) => {
    const still = isInside(leaf, owner) ? inHead(leaf, change) : undefined;
    if (!still || still.owners.some((each) => isLike(each.leaf))) return [];
    return [still];
  });
}

function lostWith(leaf: Leaf, change: DefinitionChange): readonly Loss[] {
  if (leaf.node.kind !== "withItem") return [];
  const { context, target } = leaf.node;
  const name = lastNameOf(context);
  const isLock = says(name, LOCKS) || (context.kind === "call" && name === "acquire");
  if (isLock) {
    const bare = freed(
      leaf,
      change,
      ({ node, text }) => node.kind === "withItem" && (says(text, LOCKS) || /lock|mutex/i.test(text)),
    );
    const [first] = bare;
    const acquires = change.added.some((each) => /lock|mutex|acquire/i.test(each.text));
    if (!first || acquires || bare.length < 1) return [];
    return [loss("lock", leaf, first, change, "locks")];
  }
  const opens =
    context.kind === "call" ? OPENING.test(name) : target === undefined && context.kind === "name";
  const wanted = normalText(leaf.syntax, context);
  const bound = target ? dottedName(target) : undefined;
  // `f = open(path)` or `open(path).read()` instead.
  const now = change.added.find((each) => {
    if (context.kind !== "call" || each.node.kind === "withItem") return false;
    if (each.node.kind === "return" && each.node.value && normalText(each.syntax, each.node.value) === wanted)
      return false;
    return callsOf(each).some((call) => normalText(each.syntax, call) === wanted);
  });
  if (now) {
    const assigned =
      now.node.kind === "assign" && bound !== undefined && dottedName(now.node.targets[0]!) === bound;
    if (!opens && !assigned) return [];
    const name = now.node.kind === "assign" ? dottedName(now.node.targets[0]!) : undefined;
    if (name !== undefined && isReleasedSafely(name, change)) return [];
    return [loss("release", leaf, now, change, "closes it")];
  }
  if (context.kind !== "name" || target !== undefined || isReleasedSafely(context.id, change)) return [];
  const bare = freed(leaf, change, ({ text }) => text.includes(context.id));
  const first = bare.find(({ text }) => text.includes(`${context.id}.`));
  return first ? [loss("release", leaf, first, change, "closes it")] : [];
}

const OPENING =
  /^(open|fdopen|urlopen|socket|create_connection|Popen|TemporaryFile|NamedTemporaryFile|TemporaryDirectory|ZipFile|TarFile|connect|Session|Client|ClientSession|ThreadPoolExecutor|ProcessPoolExecutor|Pool|closing|contextlib\.closing|request|stream)$/;

/** Is it closed in a `finally`, held by a `with`, returned, or kept in an object? */
function isReleasedSafely(name: string, { head }: DefinitionChange): boolean {
  return head.leaves.some((leaf) => {
    const about = leaf.parts().some((part) => dottedName(part) === name);
    if (!about) return false;
    if (leaf.node.kind === "withItem") return true;
    if (leaf.node.kind === "return")
      return leaf.node.value !== undefined && dottedName(leaf.node.value) === name;
    if (leaf.node.kind === "assign") {
      const { value, targets } = leaf.node;
      return (
        value !== undefined &&
        dottedName(value) === name &&
        targets.some((target) => target.kind === "attribute")
      );
    }
    const isRelease = callsOf(leaf).some(
      (call) =>
        says(lastNameOf(call.callee), RELEASING) ||
        /callback|enter_context|push|addCleanup|register/.test(lastNameOf(call.callee)),
    );
    return isRelease && leaf.owners.some(({ branch }) => branch === "finalizer");
  });
}

/** `finally: release()` is gone: the release stands on the usual way only, or nowhere. */
function lostFinally(leaf: Leaf, change: DefinitionChange): readonly Loss[] {
  const releases = change.base.leaves.filter(
    (each) => isInside(each, leaf) && releaseName(each) !== undefined,
  );
  const [release] = releases;
  if (!release) return [];
  const name = releaseName(release)!;
  const still = inHead(release, change);
  if (still?.owners.some(({ branch, leaf: { node } }) => branch === "finalizer" || node.kind === "except"))
    return [];
  const isHeld = change.added.some(({ node, text }) => node.kind === "withItem" && text !== "");
  if (isHeld) return [];
  const owner = leaf.owners.at(-1)!.leaf;
  const protectedThere = change.base.leaves.flatMap((each) => {
    const now = isInside(each, owner, "body") ? inHead(each, change) : undefined;
    return now && callsOf(now).length > 0 ? [now] : [];
  });
  const [first] = protectedThere;
  if (!first) return [];
  const kind = /lock|mutex|semaphore/i.test(release.text) || name === "release" ? "lock" : "release";
  return [loss(kind, leaf, first, change, `makes sure that \`${name}\` is called`)];
}

function releaseName(leaf: Leaf): string | undefined {
  const call = statementCall(leaf);
  const name = call && lastNameOf(call.callee);
  return name &&
    (says(name, RELEASING) ||
      /^(unlink|rmtree|remove|cleanup|putconn|release_connection|return_connection|checkin)$/.test(name))
    ? name
    : undefined;
}

/** `file.close()`, `process.wait()` or `release_lock(lock)` is gone, and the thing is made and used as before. */
export function lostReleases(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return change.removed.flatMap((leaf) => {
    const call = statementCall(leaf);
    const name = call && lastNameOf(call.callee);
    if (!call || !name || !(says(name, RELEASING) || name === "rollback") || pool.standsAsOften(leaf.text))
      return [];
    if (leaf.owners.some(({ branch }) => branch === "finalizer")) return [];
    const subject =
      call.callee.kind === "attribute"
        ? dottedName(call.callee.object)
        : call.arguments[0] && dottedName(call.arguments[0].value);
    if (subject === undefined || /^(self|cls|super)$/.test(subject)) return [];
    const releasedStill = change.added.some(
      (each) => each.parts().some((part) => dottedName(part) === subject) && callsOf(each).length > 0,
    );
    const inHandler = leaf.owners.find(({ leaf: { node } }) => node.kind === "except");
    // Who returns it in the end has it on his hands when something fails before.
    if (releasedStill || (isReleasedSafely(subject, change) && !(inHandler && isReturned(subject, change))))
      return [];
    if (inHandler && name === "rollback" && inHead(inHandler.leaf, change)) {
      return lostRollback(leaf, inHandler.leaf, change);
    }
    if (inHandler) return lostCleanup(leaf, inHandler.leaf, change);
    const others = change.head.leaves.some((each) => {
      const own = statementCall(each);
      return own && says(lastNameOf(own.callee), RELEASING) && each.text.includes(subject);
    });
    if (others) return [];
    const made = change.base.leaves.find((each) => makes(each, subject));
    const stands = made && inHead(made, change);
    const used = change.base.leaves
      .filter((each) => each.index < leaf.index && each.parts().some((part) => dottedName(part) === subject))
      .flatMap((each) => change.kept.get(each) ?? []);
    const exposed = stands ?? used.at(-1);
    if (!exposed) return [];
    const acquired = made && callsOf(made).some((each) => OPENING.test(lastNameOf(each.callee)));
    if (!acquired && /^(wait|terminate|kill)$/.test(name)) return [];
    const isParameter =
      change.base.node?.kind === "function" &&
      change.base.node.parameters.some((each) => each.name.id === subject);
    const sure = (acquired && stands) || (isParameter && used.length > 1) ? "medium" : "low";
    return [{ ...loss("release", leaf, exposed, change, "releases it"), sure }];
  });
}

function isReturned(name: string, { head }: DefinitionChange): boolean {
  const last = head.leaves.at(-1)?.node;
  return last?.kind === "return" && last.value !== undefined && dottedName(last.value) === name;
}

function makes({ node }: Leaf, subject: string): boolean {
  return (
    node.kind === "assign" &&
    node.value?.kind === "call" &&
    node.targets.some((each) => dottedName(each) === subject)
  );
}

/** The handler stands and no longer takes back what its `try` wrote. */
function lostRollback(leaf: Leaf, handler: Leaf, change: DefinitionChange): readonly Loss[] {
  const now = inHead(handler, change);
  if (!now || change.added.some(({ text }) => /rollback|abort|atomic|begin/i.test(text))) return [];
  return [loss("release", leaf, now, change, "takes back what was written")];
}

/** A handler that released and raised again is gone; what it stood around is not. */
function lostCleanup(leaf: Leaf, handler: Leaf, change: DefinitionChange): readonly Loss[] {
  if (!change.removed.includes(handler)) return [];
  const raised = change.base.leaves.some((each) => each.node.kind === "raise" && isInside(each, handler));
  const owner = handler.owners.at(-1)?.leaf;
  if (!raised || !owner) return [];
  const body = change.base.leaves.flatMap((each) => {
    const now = isInside(each, owner, "body") ? inHead(each, change) : undefined;
    return now && callsOf(now).length > 0 ? [now] : [];
  });
  const [first] = body;
  if (!first || first.owners.some(({ leaf: { node }, branch }) => node.kind === "try" && branch === "body"))
    return [];
  const kind = /lock|mutex|release/i.test(leaf.text) ? "lock" : "release";
  return [loss(kind, handler, first, change, "releases it when something fails")];
}

function loss(
  protection: "lock" | "release",
  leaf: Leaf,
  exposed: Leaf,
  change: DefinitionChange,
  did: string,
): Loss {
  return lossAt("removed", { protection, did, change, base: leaf, head: exposed });
}
