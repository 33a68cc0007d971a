// What was one step, or was ready for somebody being first, and is a test and an act apart now.
import type { Call, Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { catchesAll } from "./errors.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";

export function lostRaces(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [
    ...lostConflicts(change, pool),
    ...lostTolerance(change, pool),
    ...splitSteps(change),
    ...lostSnapshots(change),
    ...earlyPublications(change),
    ...lostCounters(change),
  ];
}

/** Errors that say that somebody else was first. */
const CONFLICT =
  /\b(FileExistsError|EEXIST|FileNotFoundError|ENOENT|\w*Duplicate\w*|\w*IntegrityError|UniqueViolation\w*|\w*AlreadyExists\w*|\w*Conflict\w*)\b/;
const ACTS_ON_PATH = /^(makedirs|mkdir|symlink|link|mkfifo|open|rename|touch|remove|unlink|rmdir|rmtree)$/;
const MAKES = /^(create|insert|add|save|commit|flush|put|register|store|insert_one|get_or_create)$/;
const LOOKS_FOR_PATH = /\b(exists|isdir|isfile|is_dir|is_file|lexists|access)\(/;
/** In normal text, which has no spaces. */
const LOOKS_FOR_NONE = /^if not|isNone\b|notin|==0\b|<1\b/;

/** The handler for what somebody else made meanwhile is gone, and the thing is made after a look whether it is there. */
function lostConflicts(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const { base, head, removed, rewritten } = change;
  return [...removed, ...rewritten.keys()].flatMap((handler): readonly Loss[] => {
    if (handler.node.kind !== "except" || pool.standsAsOften(handler.text)) return [];
    const own = base.leaves.filter((leaf) => leaf === handler || isInside(leaf, handler, "body"));
    if (!own.some(({ text }) => CONFLICT.test(text))) return [];
    const owner = handler.owners.at(-1)?.leaf;
    const made = base.leaves.flatMap((leaf) => (owner && isInside(leaf, owner, "body") ? callsOf(leaf) : []));
    for (const call of made) {
      const name = lastNameOf(call.callee);
      const isPath = ACTS_ON_PATH.test(name);
      if (!isPath && !MAKES.test(name)) continue;
      const looks = isPath ? LOOKS_FOR_PATH : LOOKS_FOR_NONE;
      const now = head.leaves.find((leaf) => {
        const isMade = callsOf(leaf).some(
          (each) => lastNameOf(each.callee) === name && !isReadyForOthers(each),
        );
        return isMade && isBehind(leaf, looks) && !isCaught(leaf, change);
      });
      if (!now) continue;
      const protection = isPath ? "path-race" : "race";
      const did = "is ready for somebody being first";
      return [lossAt("removed", { protection, did, change, base: handler, head: now })];
    }
    return [];
  });
}

function isReadyForOthers(call: Call): boolean {
  return call.arguments.some(
    ({ name, value }) =>
      /^(exist_ok|missing_ok)$/.test(name?.id ?? "") && !(value.kind === "constant" && value.value === false),
  );
}

/** Errors that say that there is nothing. */
const NOTHING_THERE = /NoResultFound|DoesNotExist|\w*NotFound\b/;

function isBehind({ owners }: Leaf, looks: RegExp): boolean {
  return owners.some(
    ({ leaf: { node, text } }) =>
      (node.kind === "if" && looks.test(text)) || (node.kind === "except" && NOTHING_THERE.test(text)),
  );
}

/** Calls that say by their name that it does not matter whether it is there. */
const TOLERANT_OF_PATHS =
  /^(ensure_\w*|mkdir_p|makedirs?_safe|safe_(mkdir|makedirs)|mkpath|\w*if_(needed|missing|exists|present))$/;
const TOLERANT_OF_ROWS = /^(on_conflict_do_\w+|get_or_create|update_or_create|get_or_insert|upsert)$/;

/** `makedirs(path, exist_ok=True)`, `ensure_dir(path)`, an upsert: made now only after a look whether it is there. */
function lostTolerance(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const { removed, rewritten, head } = change;
  return [...removed, ...rewritten.keys()].flatMap((leaf) =>
    callsOf(leaf).flatMap((call): readonly Loss[] => {
      const name = lastNameOf(call.callee);
      const isRow = TOLERANT_OF_ROWS.test(name);
      const isPath = isReadyForOthers(call) || TOLERANT_OF_PATHS.test(name);
      if ((!isRow && !isPath) || pool.standsAsOften(leaf.text)) return [];
      const [path] = call.arguments;
      const about = path && normalText(leaf.syntax, path.value);
      const now = head.leaves.find((each) => {
        const makes = callsOf(each).some((other) => {
          if (isReadyForOthers(other)) return false;
          if (isRow) return change.added.includes(each) && MAKES.test(lastNameOf(other.callee));
          const [first] = other.arguments;
          return (
            ACTS_ON_PATH.test(lastNameOf(other.callee)) &&
            first &&
            normalText(each.syntax, first.value) === about
          );
        });
        return makes && isBehind(each, isRow ? LOOKS_FOR_NONE : LOOKS_FOR_PATH) && !isCaught(each, change);
      });
      if (!now || TOLERANT_OF_ROWS.test(now.text)) return [];
      const did = "is content with what somebody else made";
      const protection = isRow ? "race" : "path-race";
      return [lossAt("weakened", { protection, did, change, base: leaf, guard: call, head: now })];
    }),
  );
}

/** In a `try` with a handler for such an error, or for all that passes none on. */
function isCaught(leaf: Leaf, { head }: DefinitionChange): boolean {
  return leaf.owners.some(({ leaf: owner, branch }) => {
    if (owner.node.kind !== "try" || branch !== "body") return false;
    return head.leaves.some((each) => {
      if (each.node.kind !== "except" || each.owners.at(-1)?.leaf !== owner) return false;
      const inside = head.leaves.filter((it) => it === each || isInside(it, each, "body"));
      if (inside.some(({ text }) => CONFLICT.test(text))) return true;
      const raises = inside.some(({ node }) => node.kind === "raise");
      return !raises && (catchesAll(each) || /\b(OSError|IOError|EnvironmentError)\b/.test(each.text));
    });
  });
}

interface Step {
  readonly leaf: Leaf;
  readonly call: Call;
  readonly container: string;
  readonly key: string;
}

/** `entries.pop(key, None)`: it looks and takes at once. */
function wholeSteps(leaf: Leaf): readonly Step[] {
  return callsOf(leaf).flatMap((call): readonly Step[] => {
    const { callee, arguments: given } = call;
    const [key, fallback] = given;
    if (callee.kind !== "attribute" || !key) return [];
    const isWhole = callee.name.id === "setdefault" || (callee.name.id === "pop" && fallback !== undefined);
    const container = dottedName(callee.object);
    if (!isWhole || container === undefined) return [];
    return [{ leaf, call, container, key: normalText(leaf.syntax, key.value) }];
  });
}

/** `entries.pop(key, None)` is `if key in entries: entries.pop(key)` now. */
function splitSteps({ removed, rewritten, added, ...change }: DefinitionChange): readonly Loss[] {
  return [...removed, ...rewritten.keys()].flatMap(wholeSteps).flatMap(({ leaf, call, container, key }) => {
    const asked = added.find(({ node, text }) => node.kind === "if" && text.includes(`${key}in${container}`));
    const acted = added.find(
      (each) =>
        asked &&
        isInside(each, asked) &&
        (each.text.includes(`${container}.pop(${key})`) || each.text.includes(`${container}[${key}]`)),
    );
    const isLocked = acted?.owners.some(({ leaf: owner }) => /lock|mutex/i.test(owner.text));
    if (!acted || isLocked) return [];
    const did = "looks and acts in one step";
    const whole = { ...change, removed, rewritten, added };
    return [
      lossAt("weakened", { protection: "race", did, change: whole, base: leaf, guard: call, head: acted }),
    ];
  });
}

/** `sock = self._sock`, which then was tested and used; now each of both reads the field again. */
function lostSnapshots(change: DefinitionChange): readonly Loss[] {
  const { base, added, head } = change;
  return change.removed.flatMap((leaf): readonly Loss[] => {
    const { node } = leaf;
    if (node.kind !== "assign" || node.targets.length !== 1 || !node.value) return [];
    const [local, field] = [dottedName(node.targets[0]!), dottedName(node.value)];
    if (local === undefined || !/^\w+$/.test(local) || !field || !/^(self|cls)\.\w+$/.test(field)) return [];
    const tested = base.leaves.some((each) => isTestOf(each, local));
    const testedNow = added.find((each) => isTestOf(each, field));
    if (!tested || !testedNow) return [];
    const used = head.leaves.find(
      (each) =>
        each.index > testedNow.index &&
        added.includes(each) &&
        callsOf(each).some(({ callee }) => dottedName(callee)?.startsWith(`${field}.`)),
    );
    if (!used || used.owners.some(({ leaf: owner }) => /lock|mutex/i.test(owner.text))) return [];
    const did = "keeps what is tested for the use";
    return [lossAt("removed", { protection: "race", did, change, base: leaf, head: used })];
  });
}

/** `if sock is None`, `if not sock`, `if sock` */
function isTestOf({ node }: Leaf, name: string): boolean {
  if (node.kind !== "if") return false;
  const isIt = (test: Expression): boolean => {
    if (dottedName(test) === name) return true;
    if (test.kind === "unary") return isIt(test.operand);
    if (test.kind === "comparison")
      return test.operators.every((each) => /^is/.test(each)) && isIt(test.operands[0]!);
    return test.kind === "boolean" && test.operands.some(isIt);
  };
  return isIt(node.test);
}

/** An object is put where others find it before, not after, its fields are set. */
function earlyPublications(change: DefinitionChange): readonly Loss[] {
  const { base, head, kept } = change;
  return [...change.removed, ...change.rewritten.keys()].flatMap((leaf): readonly Loss[] => {
    const [place, object] = publication(leaf);
    if (place === undefined || object === undefined) return [];
    const now = head.leaves.find((each) => {
      if (each.node.kind !== "assign" || !change.added.includes(each)) return false;
      const targets = each.node.targets.map((target) => normalText(each.syntax, target));
      return targets.includes(place) && (targets.includes(object) || publication(each)[1] === object);
    });
    const isFilling = (each: Leaf) =>
      each.index < leaf.index && (fills(each, object) || each.text.startsWith(`${object}.`));
    const late = base.leaves.flatMap((each) => {
      const there = isFilling(each) ? kept.get(each) : undefined;
      return there && now && there.index > now.index ? [there] : [];
    });
    if (!now || late.length === 0) return [];
    const did = "shows it to others when it is complete";
    return [lossAt("removed", { protection: "race", did, change, base: leaf, head: now })];
  });
}

/** `self.cache[key] = made`: where it goes, and the name of what goes there. */
function publication({ node, syntax }: Leaf): readonly [place?: string, object?: string] {
  if (node.kind !== "assign" || node.targets.length !== 1 || node.value?.kind !== "name") return [];
  const place = normalText(syntax, node.targets[0]!);
  return /^(self|cls|[A-Z_]+\b)/.test(place) ? [place, node.value.id] : [];
}

/** `made.field = …` */
function fills({ node }: Leaf, object: string): boolean {
  return (
    node.kind === "assign" &&
    node.targets.some((target) => target.kind === "attribute" && dottedName(target.object) === object)
  );
}

const IN_DATABASE = /\bF\(|\b[A-Z]\w*(\.\w+)*\.\w+[+-]/;

/** The database counted (`views = Model.views + 1`, `F("views") + 1`); now the program counts what it has read before. */
function lostCounters(change: DefinitionChange): readonly Loss[] {
  return [...change.removed, ...change.rewritten.keys()].flatMap((leaf): readonly Loss[] => {
    const counted = fieldSet(leaf);
    if (counted === undefined || !IN_DATABASE.test(counted.value)) return [];
    const now = change.added.find((each) => {
      const other = fieldSet(each);
      if (other?.field !== counted.field || IN_DATABASE.test(other.value)) return false;
      return other.isAugmented || other.value.includes(counted.field);
    });
    if (!now) return [];
    const did = "lets the database count";
    return [lossAt("weakened", { protection: "race", did, change, base: leaf, head: now })];
  });
}

interface FieldSet {
  readonly field: string;
  readonly value: string;
  readonly isAugmented: boolean;
}

/** `order.views = …`, `order.views += …` */
function fieldSet({ node, syntax }: Leaf): FieldSet | undefined {
  const target =
    node.kind === "assign" ? node.targets[0] : node.kind === "augmented" ? node.target : undefined;
  const value = node.kind === "assign" || node.kind === "augmented" ? node.value : undefined;
  const field = target?.kind === "attribute" ? dottedName(target) : undefined;
  if (field === undefined || !value) return undefined;
  return { field, value: normalText(syntax, value), isAugmented: node.kind === "augmented" };
}
