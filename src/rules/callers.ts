// Callers in unchanged files whose data flow a change alters, found outward from what it changes.
//
// A function of a changed file whose signature is worse than before sends the search to the files that use its name. A
// function there that reacts to the change is reviewed too; one whose own signature is worse is searched for in turn.
import { definedIn } from "../analysis/bodies.js";
import type { Body, FunctionBody } from "../analysis/body.js";
import { isWorse, reactionOf, type Signature, signatureOf } from "../analysis/calls/signature.js";
import type { World } from "../analysis/world.js";
import type { NameIndex } from "../python/name-index.js";
import { liesBesideProduct } from "./beside-product.js";

/** One revision, and the bodies of the changed files in it. */
export interface Side {
  readonly world: World;
  readonly roots: readonly Body[];
}

/** A function of an unchanged file, and the changed one through which it is another now. */
export interface Caller {
  readonly body: FunctionBody;
  readonly cause: FunctionBody;
}

export interface Callers {
  readonly base: readonly Caller[];
  readonly head: readonly Caller[];
  /** Files that use what was changed and were not looked at: there are too many. */
  readonly skipped: readonly string[];
}

/** A changed file by its path in each revision. */
interface ChangedPath {
  readonly base?: string;
  readonly head?: string;
}

/** More would be slow; each is read and interpreted in both revisions. */
const MAX_FILES = 24;
const MAX_FUNCTIONS = 60;
/** Calls between what was changed and a caller. */
const MAX_ROUNDS = 4;

/** A function of which callers are looked for. */
interface Sought {
  readonly name: string;
  readonly path: string;
  readonly cause: FunctionBody;
}

/** @param index of the head; asked only where a signature differs */
export function callersOfChanged(
  base: Side,
  head: Side,
  paths: readonly ChangedPath[],
  index: () => NameIndex,
): Callers {
  const changed = new Set(paths.flatMap((path) => path.head ?? []));
  const found = { base: [] as Caller[], head: [] as Caller[] };
  const skipped = new Set<string>();
  const files = new Set<string>();
  const seen = new Set<string>();
  let sought = changedSignatures(base, head, paths);
  for (let round = 0; sought.length > 0 && round < MAX_ROUNDS; round++) {
    const next: Sought[] = [];
    for (const { path, names, cause } of usersOf(index(), sought, changed)) {
      if ((files.size >= MAX_FILES && !files.has(path)) || seen.size >= MAX_FUNCTIONS) {
        skipped.add(path);
        continue;
      }
      files.add(path);
      const before = new Map(functionsUsing(base.world, path, names).map((body) => [body.name, body]));
      for (const now of functionsUsing(head.world, path, names)) {
        const was = before.get(now.name);
        const key = `${path} ${now.name}`;
        if (!was || seen.has(key) || seen.size >= MAX_FUNCTIONS) continue;
        seen.add(key);
        if (!isWorse(reactionOf(base.world, was), reactionOf(head.world, now))) continue;
        found.base.push({ body: was, cause });
        found.head.push({ body: now, cause });
        const name = calledAs(now);
        if (name && signatureOf(base.world, was) !== signatureOf(head.world, now))
          next.push({ name, path, cause });
      }
    }
    sought = next;
  }
  return { ...found, skipped: [...skipped].filter((path) => !files.has(path)) };
}

const NO_SIGNATURE: Signature = { flows: new Map(), proofs: new Map() };

/** The functions of changed files that are worse for callers; of new ones methods only, which may override others. */
function changedSignatures(base: Side, head: Side, paths: readonly ChangedPath[]): readonly Sought[] {
  const functionsBefore = functionsByPath(base);
  const functionsNow = functionsByPath(head);
  return paths.flatMap((path) => {
    const before = signatures(base.world, functionsBefore.get(path.base ?? ""));
    return [...signatures(head.world, functionsNow.get(path.head ?? ""))].flatMap(
      ([name, { body, signature }]) => {
        const was = before.get(name)?.signature;
        if (!was && body.enclosing.kind !== "class") return [];
        const called = calledAs(body);
        if (!called || !isWorse(was ?? NO_SIGNATURE, signature)) return [];
        return { name: called, path: body.module.path, cause: body };
      },
    );
  });
}

function functionsByPath({ roots }: Side): ReadonlyMap<string, readonly FunctionBody[]> {
  const functions = new Map<string, FunctionBody[]>();
  for (const body of roots) {
    if (body.kind !== "function") continue;
    const { path } = body.module;
    const here = functions.get(path);
    if (here) here.push(body);
    else functions.set(path, [body]);
  }
  return functions;
}

function signatures(world: World, functions: readonly FunctionBody[] = []) {
  return new Map(functions.map((body) => [body.name, { body, signature: signatureOf(world, body) }]));
}

/** The name by which others call it; undefined where no other file can. */
function calledAs({ definition, enclosing }: FunctionBody): string | undefined {
  if (definition.kind === "lambda" || enclosing.kind === "function") return undefined;
  const own = definition.name.id;
  if (own === "__init__" || own === "__new__" || own === "__call__") {
    return enclosing.kind === "class" ? enclosing.definition.name.id : undefined;
  }
  return /^__\w+__$/.test(own) ? undefined : own;
}

/** The unchanged files of the product that use one of these names, nearest first. */
function usersOf(index: NameIndex, sought: readonly Sought[], changed: ReadonlySet<string>) {
  const users = new Map<
    string,
    { readonly names: Set<string>; readonly cause: FunctionBody; near: number }
  >();
  for (const { name, path: definedIn, cause } of sought) {
    for (const path of index.mayCall(name)) {
      if (changed.has(path) || liesBesideProduct(path)) continue;
      const user = users.get(path) ?? { names: new Set(), cause, near: 0 };
      user.names.add(name);
      user.near = Math.max(user.near, sharedFolders(path, definedIn));
      users.set(path, user);
    }
  }
  return [...users].map(([path, user]) => ({ path, ...user })).sort((one, other) => other.near - one.near);
}

function sharedFolders(path: string, other: string): number {
  const [one, two] = [path.split("/"), other.split("/")];
  const differs = one.findIndex((part, index) => part !== two[index]);
  return differs < 0 ? one.length : differs;
}

/** The functions of a file in whose text one of `names` stands, or a name that the file gave it. */
function functionsUsing(world: World, path: string, names: ReadonlySet<string>): readonly FunctionBody[] {
  const module = world.moduleBody(path);
  if (!module) return [];
  const written = new RegExp(`\\b(${[...withAliases(module.module.syntax.text, names)].join("|")})\\b`);
  const found: FunctionBody[] = [];
  const pending: Body[] = [module];
  for (let body = pending.pop(); body; body = pending.pop()) {
    if (body.kind !== "module") {
      const { start, end } = body.definition;
      if (!written.test(body.module.syntax.text.slice(start, end))) continue;
      if (body.kind === "function") found.push(body);
    }
    pending.push(...definedIn(world, body));
  }
  return found;
}

/** `import run as execute` gives `run` the name `execute`. */
function withAliases(text: string, names: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of names) {
    for (const match of text.matchAll(new RegExp(`\\b${name}\\s+as\\s+(\\w+)`, "g"))) all.add(match[1]!);
  }
  return all;
}
