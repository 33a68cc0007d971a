// What functions of the base refuse: a call made for its refusal alone protects what its callee protects.
import type { Statement } from "../../python/ast.js";
import type { Module } from "../../python/module.js";
import type { Program } from "../../python/program.js";
import { relativeModulePath } from "../../python/relative.js";
import type { Changes } from "./change.js";
import { type Definition, definitionsOf } from "./definition.js";
import { callsOf, type Leaf } from "./leaf.js";
import { lastNameOf } from "./pool.js";
import { refusalOf, refusesWhoAsks } from "./refusal.js";

/** `who`: it refuses for who asks (401, 403, PermissionDenied); `any`: it raises or aborts under some condition. */
export type Refuses = "who" | "any" | "nothing";

/** What the function that `module` calls `name` refuses; "nothing" for what cannot be found by its name. */
export type Refusing = (name: string, module: Module) => Refuses;

/** A function of more statements than this does more than to check. */
const MOST_STATEMENTS = 20;

/** Looks among the definitions of the changed files, then where the module imports the name from. */
export function refusingOf({ base }: Changes, program: Program): Refusing {
  const own = new Map<string, Definition[]>();
  for (const each of base) {
    if (each.node?.kind !== "function") continue;
    const name = each.node.name.id;
    own.set(name, [...(own.get(name) ?? []), each]);
  }
  const known = new Map<string, Refuses>();
  return (name, module) => {
    const key = `${module.path}:${name}`;
    const found = known.get(key) ?? strongest(own.get(name) ?? importedAs(name, module, program));
    known.set(key, found);
    return found;
  };
}

function strongest(definitions: readonly Definition[]): Refuses {
  const kinds = definitions.map(refusesIn);
  if (kinds.includes("who")) return "who";
  return kinds.includes("any") ? "any" : "nothing";
}

/** What the body of a function refuses. */
export function refusesIn({ leaves }: Definition): Refuses {
  const isShort = leaves.length <= MOST_STATEMENTS;
  if (isShort && leaves.some(isRefusalOfWhoAsks)) return "who";
  return leaves.some(isRefusal) ? "any" : "nothing";
}

/** `raise Forbidden`, `abort(403)`, anywhere in the body. */
function isRefusalOfWhoAsks(leaf: Leaf): boolean {
  const { node } = leaf;
  if (node.kind === "raise") return refusesWhoAsks(node);
  return node.kind === "expression" && callsOf(leaf).length > 0 && refusalOf([node])?.isForbidden === true;
}

/** A condition that raises or aborts. */
function isRefusal({ node }: Leaf): boolean {
  if (node.kind !== "if") return false;
  const form = (refusalOf(node.body) ?? refusalOf(node.otherwise))?.form;
  return form === "raise" || form === "abort";
}

function importedAs(name: string, module: Module, program: Program): readonly Definition[] {
  for (const statement of module.syntax.body) {
    const original = originalName(statement, name);
    if (original === undefined || statement.kind !== "importFrom") continue;
    const found = sources(statement, module, program).flatMap((each) =>
      definitionsOf(each).filter(
        (definition) => definition.node?.kind === "function" && lastNameOf(definition.node.name) === original,
      ),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** What `name` is called where `statement` imports it from. */
function originalName(statement: Statement, name: string): string | undefined {
  if (statement.kind !== "importFrom" || statement.names === "*") return undefined;
  return statement.names.find((each) => (each.alias?.id ?? each.name) === name)?.name;
}

function sources(
  { level, module: dotted }: Extract<Statement, { kind: "importFrom" }>,
  from: Module,
  program: Program,
): readonly Module[] {
  if (level === 0) return program.modulesNamed(dotted, from.path).slice(0, 1);
  const path = relativeModulePath(program.tree, from.path, ".".repeat(level) + dotted);
  const module = path === undefined ? undefined : program.module(path);
  return module ? [module] : [];
}
