// The definitions about which a change can bring something to light: those whose text differs, and those of the same
// files that use what differs. Everything else is as right or wrong as it was.
import type { Range } from "../../base/span.js";
import { lastPart } from "../../base/words.js";
import type { Expression } from "../../python/ast.js";
import type { Program } from "../../python/program.js";
import type { Body } from "../body.js";
import type { ChangedPath } from "./change.js";
import { type Definition, definitionsOf } from "./definition.js";
import { callsOf, type Leaf } from "./leaf.js";
import { lastNameOf } from "./pool.js";

/** What stands in no changed file is neither. */
export interface Touched {
  /** Is a body, of base or head, among them? */
  has(body: Body): boolean;
  /** Is one of them defined inside `body`, at any depth? */
  isInside(body: Body): boolean;
}

/** One definition on both sides; several where a name is defined more than once. */
interface Twin {
  readonly name: string;
  readonly keys: readonly string[];
  readonly base: readonly Definition[];
  readonly head: readonly Definition[];
}

export function touchedBetween(base: Program, head: Program, paths: readonly ChangedPath[]): Touched {
  const twins = paths.flatMap((path) =>
    twinsOf(definitionsAt(base, path.base), definitionsAt(head, path.head)),
  );
  const touched = new Set<string>();
  const left = new Set(twins);
  let fresh: ReadonlySet<string> = new Set<string>();
  const take = (twin: Twin): readonly string[] => {
    left.delete(twin);
    for (const key of twin.keys) touched.add(key);
    return calledBy(twin);
  };
  const changed = twins.filter(isChanged);
  const bound = changed.flatMap((twin) => [...take(twin), ...bindingsIn(twin)]);
  const passed = new Set(changed.flatMap(passedIn));
  const inside = changed.filter(bindsForInner).flatMap(({ keys }) => keys.map((key) => `${key}.`));
  const around = new Set(changed.filter(isHeadedOtherwise).flatMap(({ keys }) => keys.map(enclosingKey)));
  const isCarried = ({ name, keys }: Twin) =>
    passed.has(lastPart(name)) ||
    keys.some((key) => around.has(key)) ||
    keys.some((key) => inside.some((outer) => key.startsWith(outer)));
  fresh = new Set([...bound, ...[...left].filter(isCarried).flatMap(take)]);
  const words = new Map([...left].map((twin) => [twin, wordsIn(twin)]));
  while (fresh.size > 0) {
    const names = fresh;
    const using = [...left].filter((twin) => [...names].some((name) => words.get(twin)!.has(name)));
    fresh = new Set(using.flatMap(take));
  }
  const enclosing = new Set([...touched].flatMap(enclosingKeys));
  const key = ({ module, name }: Body) => keyOf(module.path, withoutLambdas(name));
  return { has: (body) => touched.has(key(body)), isInside: (body) => enclosing.has(key(body)) };
}

function definitionsAt(program: Program, path: string | undefined): readonly Definition[] {
  const module = path === undefined ? undefined : program.module(path);
  return module ? definitionsOf(module) : [];
}

function keyOf(path: string, name: string): string {
  return `${path}:${name}`;
}

/** "Shop.total.<lambda>" is part of "Shop.total". */
function withoutLambdas(name: string): string {
  return name.replace(/\.?<lambda>.*$/, "");
}

function twinsOf(base: readonly Definition[], head: readonly Definition[]): readonly Twin[] {
  const twins = new Map<string, { keys: Set<string>; base: Definition[]; head: Definition[] }>();
  const add = (side: "base" | "head") => (definition: Definition) => {
    const { name, module } = definition;
    const twin = twins.get(name) ?? { keys: new Set(), base: [], head: [] };
    twins.set(name, twin);
    twin.keys.add(keyOf(module.path, name));
    twin[side].push(definition);
  };
  base.forEach(add("base"));
  head.forEach(add("head"));
  return [...twins].map(([name, twin]) => ({ ...twin, name, keys: [...twin.keys] }));
}

function isChanged({ base, head }: Twin): boolean {
  return base.length !== head.length || base.some(({ text }, index) => text !== head[index]!.text);
}

/** What is written around the body is evaluated by what encloses it. */
function isHeadedOtherwise({ base, head }: Twin): boolean {
  return base.length !== head.length || base.some(({ header }, index) => header !== head[index]!.header);
}

/** "shop/views.py:Shop.total" stands in "shop/views.py:Shop", and that in "shop/views.py:". */
function enclosingKey(key: string): string {
  const [path, name] = [key.slice(0, key.lastIndexOf(":") + 1), key.slice(key.lastIndexOf(":") + 1)];
  return path + name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

/** Every definition around that of `key`, from the innermost to the module. */
function enclosingKeys(key: string): readonly string[] {
  const around: string[] = [];
  for (let inner = key; !inner.endsWith(":"); ) {
    inner = enclosingKey(inner);
    around.push(inner);
  }
  return around;
}

/** The names by which others reach a definition; a special method is reached by its class. */
function calledBy({ name }: Twin): readonly string[] {
  const words = name.split(".");
  const last = words.at(-1)!;
  const reached = /^__\w+__$/.test(last) ? words.at(-2) : last;
  return reached ? [reached] : [];
}

/** Leaves that only one side has; definitions inside are twins of their own. */
function differing({ base, head }: Twin): readonly Leaf[] {
  const leavesOf = (side: readonly Definition[]) => side.flatMap(({ leaves }) => leaves);
  const texts = (side: readonly Definition[]) => new Set(leavesOf(side).map(({ text }) => text));
  const [old, now] = [texts(base), texts(head)];
  return [...leavesOf(base), ...leavesOf(head)].filter(
    ({ text, node }) =>
      node.kind !== "function" && node.kind !== "class" && !(old.has(text) && now.has(text)),
  );
}

/** What differing statements bind for others: attributes anywhere, names in modules and classes. */
function bindingsIn(twin: Twin): readonly string[] {
  const isShared = [...twin.base, ...twin.head].some(({ node }) => node?.kind !== "function");
  return differing(twin).flatMap(({ node }) => {
    if (node.kind === "assign") return node.targets.flatMap((target) => boundNames(target, isShared));
    if (node.kind === "augmented") return boundNames(node.target, isShared);
    if (!isShared) return [];
    if (node.kind === "import") return node.names.map(({ name, alias }) => alias?.id ?? name.split(".")[0]!);
    if (node.kind !== "importFrom" || node.names === "*") return [];
    return node.names.map(({ name, alias }) => alias?.id ?? name);
  });
}

function boundNames(target: Expression, isShared: boolean): readonly string[] {
  if (target.kind === "display") return target.elements.flatMap((each) => boundNames(each, isShared));
  if (target.kind === "subscript") return boundNames(target.object, isShared);
  if (target.kind === "attribute") return [`.${target.name.id}`];
  return target.kind === "name" && isShared ? [target.id] : [];
}

/** What differing calls are given by name: a function that is registered there is reached in another way. */
function passedIn(twin: Twin): readonly string[] {
  return differing(twin)
    .flatMap(callsOf)
    .flatMap((call) => call.arguments.map(({ value }) => lastNameOf(value)))
    .filter((name) => name !== "");
}

/** Do its bases or variables differ, on which the definitions inside rest? A module's are looked for by name. */
function bindsForInner(twin: Twin): boolean {
  return twin.name !== "" && (isHeadedOtherwise(twin) || differing(twin).length > 0);
}

/** Every word in the source of a definition, and every attribute with its dot. A class's methods speak for themselves. */
function wordsIn({ base, head }: Twin): ReadonlySet<string> {
  const words = new Set<string>();
  for (const definition of [...base, ...head]) {
    const { text } = definition.module.syntax;
    for (const { start, end } of rangesOf(definition)) {
      for (const word of text.slice(start, end).match(/\.?\w+/g) ?? []) {
        words.add(word).add(word.replace(".", ""));
      }
    }
  }
  return words;
}

function rangesOf({ node, decorators, bases, leaves }: Definition): readonly Range[] {
  if (node?.kind === "function") return [...decorators, node];
  const own = leaves.filter((leaf) => leaf.node.kind !== "function" && leaf.node.kind !== "class");
  return [...decorators, ...bases, ...own.map(({ range }) => range)];
}
