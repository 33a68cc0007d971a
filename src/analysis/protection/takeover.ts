// Protections that the head has elsewhere: in what is called, in every caller, in a base class, changed or not.
import { code } from "../../base/markdown.js";
import { lastPart } from "../../base/words.js";
import type { Expression, SyntaxNode } from "../../python/ast.js";
import type { NameIndex } from "../../python/name-index.js";
import type { Program } from "../../python/program.js";
import { isCalledTest } from "../../python/test-code.js";
import { type Arrived, asksAboutObject, isGuardedAround } from "./around.js";
import { BEFORE_ALL, isGuardedByClass } from "./class-guards.js";
import type { Definition } from "./definition.js";
import { definitionsOf } from "./definition.js";
import { dottedName } from "./dotted.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import type { Loss } from "./loss.js";
import { basesOf, classAround, definitionsMeant } from "./meant.js";
import { normalText } from "./normal-text.js";
import { calleeOf, lastNameOf } from "./pool.js";
import { refusalOf } from "./refusal.js";
import { refusesIn } from "./refusing.js";
import { mentions, subjectsOf } from "./subject.js";
import { AUTHORIZATION, CHECKING, SANITIZING, says, VALIDATION } from "./words.js";

/**
 * The head, which of its files may call a name (asked only where something is lost), and what the change put around
 * handlers.
 */
export interface Surroundings {
  readonly program: Program;
  readonly index: () => NameIndex;
  readonly arrived: readonly Arrived[];
}

/** Whether something else protects now, and else what was looked at and why it does not count, as phrases in Markdown. */
export type Takeover =
  | { readonly isTakenOver: true }
  | { readonly isTakenOver: false; readonly considered: readonly string[] };

export function takeoverOf(loss: Loss, around: Surroundings): Takeover {
  const guard = TRANSFERABLE.has(loss.protection) ? guardOf(loss) : undefined;
  if (!guard) return { isTakenOver: false, considered: [] };
  const isGuardOfAll = loss.protection === "authorization" && !guard.isAboutObject;
  if (
    isGuardOfAll &&
    (isGuardedAround(loss, around.arrived) || isGuardedByClass(loss.change, around.program))
  )
    return { isTakenOver: true };
  if (isInBase(loss, guard, around) || isInCallee(loss, guard, around)) return { isTakenOver: true };
  const said = inCallers(loss, guard, around);
  if (said === "all check") return { isTakenOver: true };
  return { isTakenOver: false, considered: [...otherPlaces(loss, around), said] };
}

/** The base classes and the callees of the repository that were read and do not check. */
function otherPlaces({ change: { head }, exposedLeaf, protection }: Loss, { program }: Surroundings) {
  const owner = head.node?.kind === "class" ? head : classAround(head);
  const bases = owner && protection === "authorization" ? basesOf(program, owner) : [];
  const calls = exposedLeaf && protection !== "lock" ? callsOf(exposedLeaf) : [];
  const callees = calls.flatMap(({ callee }) => definitionsMeant(program, head, callee));
  return [
    ...bases.map(
      ({ name, module }) => `the base class ${code(name)} in ${code(module.path)} does not check it`,
    ),
    ...callees.map(
      ({ name, module }) => `${code(name)} in ${code(module.path)}, which is called, does not check it`,
    ),
  ];
}

const TRANSFERABLE = new Set<Loss["protection"]>(["authorization", "validation", "sanitizer", "lock"]);

/** What another place must do to be the same protection. */
interface Guard {
  readonly protection: Loss["protection"];
  readonly text: string;
  /** Calls and attributes that decide (`has_perm`, `is_staff`). */
  readonly names: readonly string[];
  /** Strings that say what is asked for ("orders.cancel"). */
  readonly strings: readonly string[];
  readonly subjects: readonly string[];
  /** Of two clients with the same rights, may one pass and the other not? */
  readonly isAboutObject: boolean;
}

function guardOf({ protection, guard, change }: Loss): Guard | undefined {
  const { syntax, node } = guard;
  const leaf = change.base.leaves.find(({ range }) => range.start <= node.start && range.end >= node.end);
  const worn = change.base.decorators.find(({ start, end }) => start <= node.start && end >= node.end);
  const parts = leaf
    ? leaf.parts().filter(({ start, end }) => start >= node.start && end <= node.end)
    : worn
      ? expressionsIn(worn.expression)
      : [];
  const names = parts.flatMap((part) => decidingName(part, protection) ?? []);
  const strings = parts.flatMap((part) => (part.kind === "string" ? [part.value] : []));
  const text = leaf?.text ?? normalText(syntax, node as SyntaxNode);
  const subjects = leaf ? [...new Set(parts.flatMap((part) => subjectsOf(part)))] : [];
  const isAboutObject = asksAboutObject(parts);
  return { protection, text, names: [...new Set(names)], strings, subjects, isAboutObject };
}

function expressionsIn(expression: Expression): readonly SyntaxNode[] {
  if (expression.kind !== "call") return [expression];
  return [expression, ...expression.arguments.map(({ value }) => value)];
}

function decidingName(part: SyntaxNode, protection: Loss["protection"]): string | undefined {
  if (part.kind === "attribute") return says(part.name.id, AUTHORIZATION) ? part.name.id : undefined;
  if (part.kind !== "call") return undefined;
  const name = lastNameOf(part.callee);
  if (protection === "sanitizer") return says(name, SANITIZING) ? name : undefined;
  return says(name, AUTHORIZATION) || says(name, VALIDATION) || says(name, CHECKING) ? name : undefined;
}

/** Is `leaf` this check, or one of the same name about the same? */
function performs(leaf: Leaf, guard: Guard): boolean {
  if (leaf.text === guard.text && leaf.text.length > 8) return true;
  const { kind } = leaf.node;
  if (guard.names.length === 0 || kind === "import" || kind === "importFrom") return false;
  const parts = leaf.parts();
  const names = new Set(parts.map((part) => lastNameIn(part)));
  const strings = new Set(parts.flatMap((part) => (part.kind === "string" ? [part.value] : [])));
  return guard.names.every((name) => names.has(name)) && guard.strings.every((each) => strings.has(each));
}

function lastNameIn(part: SyntaxNode): string {
  if (part.kind === "name" || part.kind === "attribute" || part.kind === "call") return lastNameOf(part);
  return "";
}

function wears({ decorators, module }: Definition, { names, strings }: Guard): boolean {
  return decorators.some(({ expression }) => {
    const text = normalText(module.syntax, expression);
    const isNamed = names.length > 0 && names.every((name) => text.includes(name));
    return isNamed && strings.every((each) => text.includes(each));
  });
}

/** A class, or the class of a method, inherits from one that checks. */
function isInBase(loss: Loss, guard: Guard, { program }: Surroundings): boolean {
  const { head } = loss.change;
  if (loss.protection !== "authorization") return false;
  // Who may call a class at all says nothing of the object that a method asked about.
  const isAboutClass = head.node?.kind === "class" || !guard.isAboutObject;
  const owner = head.node?.kind === "class" ? head : classAround(head);
  if (!owner) return false;
  return basesOf(program, owner).some((base) => {
    if (wears(base, guard) || base.bases.some(({ value }) => lastNameOf(value) === lastPart(guard.text)))
      return true;
    const own = definitionsOf(base.module).filter(({ name }) => name.startsWith(`${base.name}.`));
    const isSet = base.leaves.some(({ text }) => /^(permission_classes|permission_required)=./.test(text));
    return (
      (isSet && isAboutClass) ||
      own.some(
        (each) => BEFORE_ALL.test(lastPart(each.name)) && each.leaves.some((it) => performs(it, guard)),
      )
    );
  });
}

/** What the exposed operation calls, or a call that is new here, makes the check. */
function isInCallee(loss: Loss, guard: Guard, { program }: Surroundings): boolean {
  const { change, exposedLeaf, protection } = loss;
  if (protection === "lock" || protection === "sanitizer") return false;
  const old = new Set(
    change.base.leaves.flatMap((leaf) => callsOf(leaf).map((call) => lastNameOf(call.callee))),
  );
  const exposed = exposedLeaf ? callsOf(exposedLeaf) : [];
  const checks = exposed.some(({ callee }) =>
    definitionsMeant(program, change.head, callee).some(({ leaves }) =>
      leaves.some((leaf) => performs(leaf, guard)),
    ),
  );
  if (checks) return true;
  return change.added.some((leaf) =>
    callsOf(leaf).some((call) => {
      if (old.has(lastNameOf(call.callee))) return false;
      const isAbout = protection === "authorization" || mentions(leaf, guard.subjects);
      return (
        isAbout &&
        definitionsMeant(program, change.head, call.callee).some(
          (meant) =>
            meant.leaves.some((each) => performs(each, guard)) ||
            (protection === "validation" && refusesIn(meant) !== "nothing"),
        )
      );
    }),
  );
}

/** Files of callers that are read; with more, nobody knows that all of them check. */
const MOST_FILES = 16;

/** Whether every place that calls the function stands behind the check itself; else a phrase that says why not. */
function inCallers({ change }: Loss, guard: Guard, { program, index }: Surroundings): string {
  const { node, decorators, name } = change.head;
  if (node?.kind !== "function")
    return "what is exposed is no function, so that no caller can check it first";
  if (decorators.length > 0 || /^__\w+__$/.test(node.name.id))
    return "it is reached in other ways than by calls";
  if (name.includes(".") && !classAround(change.head)) return "it is a function inside another one";
  const files = index()
    .mayCall(node.name.id)
    .filter((path) => !isCalledTest(path));
  if (files.length > MOST_FILES)
    return `${files.length} files may call it: more than ${MOST_FILES} are not read`;
  const users = files.flatMap((path) => {
    const module = program.module(path);
    return module ? definitionsOf(module) : [];
  });
  const sites = users.flatMap((user) =>
    user === change.head || user.leaves === change.head.leaves
      ? []
      : user.leaves.filter((leaf) => uses(leaf, node.name.id)).map((leaf) => ({ user, leaf })),
  );
  if (sites.length === 0) return "no caller is known in the repository";
  const open = sites.find(({ user, leaf }) => !isBehind(leaf, user, node.name.id, guard));
  if (!open) return "all check";
  const { name: caller, module } = open.user;
  return `${caller === "" ? "the code" : code(caller)} in ${code(module.path)} reaches it without the check`;
}

/** Is it called, passed on or looked up here? */
function uses(leaf: Leaf, name: string): boolean {
  const { kind } = leaf.node;
  if (kind === "import" || kind === "importFrom" || kind === "function" || kind === "class") return false;
  return leaf
    .parts()
    .some((part) => (part.kind === "name" || part.kind === "attribute") && lastNameOf(part) === name);
}

function isBehind(site: Leaf, user: Definition, name: string, guard: Guard): boolean {
  const calls = callsOf(site).filter(({ callee }) => lastNameOf(callee) === name);
  if (calls.length === 0) return false;
  if (guard.protection === "sanitizer") {
    return calls.every(({ arguments: list }) =>
      list.some(({ value }) => guard.names.includes(lastNameOf(calleeOf(value)))),
    );
  }
  const holders = site.owners.filter(({ branch }) => branch === "body").map(({ leaf }) => leaf);
  if (guard.protection === "lock") return holders.some(({ text }) => text === guard.text);
  if (wears(user, guard) || holders.some((leaf) => leaf.node.kind === "if" && performs(leaf, guard)))
    return true;
  const [call] = calls;
  const mapped =
    guard.names.length > 0
      ? guard
      : withArguments(
          guard,
          call?.arguments.map(({ value }) => value),
        );
  return user.leaves
    .slice(0, site.index)
    .some((leaf) => isCheck(leaf) && performs(leaf, mapped) && dominates(leaf, site));
}

/** A bound has no name of its own: it is only taken over word by word, about what is passed in. */
function withArguments(guard: Guard, values: readonly Expression[] = []): Guard {
  return values.some((value) => guard.subjects.includes(dottedName(value) ?? ""))
    ? guard
    : { ...guard, text: "" };
}

function isCheck({ node }: Leaf): boolean {
  if (node.kind === "if") return refusalOf(node.body) !== undefined;
  return node.kind === "expression";
}

function dominates(guard: Leaf, site: Leaf): boolean {
  return !isInside(site, guard) && guard.owners.every(({ leaf, branch }) => isInside(site, leaf, branch));
}
