// What a name means across files, by imports and bases alone: enough to see whether a check stands behind it.
import type { Expression, ImportedName } from "../../python/ast.js";
import type { Module } from "../../python/module.js";
import type { Program } from "../../python/program.js";
import { relativeModulePath } from "../../python/relative.js";
import { type Definition, definitionsOf } from "./definition.js";
import { dottedName } from "./dotted.js";

/** Re-exports and bases that are followed. */
const DEEPEST = 3;

/** The definitions of `program` that `expression` names inside `user`; empty where that is not plain to see. */
export function definitionsMeant(
  program: Program,
  user: Definition,
  expression: Expression,
): readonly Definition[] {
  if (expression.kind === "call") return definitionsMeant(program, user, expression.callee);
  if (expression.kind === "name") return inModule(program, user.module, expression.id, DEEPEST);
  if (expression.kind !== "attribute") return [];
  const { object, name } = expression;
  const owner = dottedName(object);
  const isSuper = object.kind === "call" && dottedName(object.callee) === "super";
  if (owner === "self" || owner === "cls" || isSuper) {
    const around = classAround(user);
    return around ? methods(program, around, name.id, isSuper, DEEPEST) : [];
  }
  if (owner === undefined) return [];
  return modulesMeant(program, user.module, owner).flatMap((module) =>
    inModule(program, module, name.id, DEEPEST),
  );
}

/** The class in which `method` stands. */
export function classAround({ module, name }: Definition): Definition | undefined {
  const outer = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  if (outer === "") return undefined;
  return definitionsOf(module).find((each) => each.name === outer && each.node?.kind === "class");
}

/** The classes of the repository that `definition` inherits from, nearest first. */
export function basesOf(program: Program, definition: Definition, depth = DEEPEST): readonly Definition[] {
  if (depth === 0) return [];
  const bases = definition.bases.flatMap(({ value }) => definitionsMeant(program, definition, value));
  return bases.flatMap((base) => [base, ...basesOf(program, base, depth - 1)]);
}

function methods(
  program: Program,
  owner: Definition,
  name: string,
  isSuper: boolean,
  depth: number,
): readonly Definition[] {
  const classes = [...(isSuper ? [] : [owner]), ...basesOf(program, owner, depth)];
  for (const each of classes) {
    const own = definitionsOf(each.module).filter((it) => it.name === `${each.name}.${name}`);
    if (own.length > 0) return own;
  }
  return [];
}

/** What `name` is at the top of `module`, or of the module from which it is imported. */
function inModule(program: Program, module: Module, name: string, depth: number): readonly Definition[] {
  const own = definitionsOf(module).filter((each) => each.name === name);
  if (own.length > 0 || depth === 0) return own;
  return importsOf(module).flatMap(({ from, imported }) => {
    if (imported === undefined || (imported.alias?.id ?? imported.name) !== name) return [];
    return modulesAt(program, module, from).flatMap((each) =>
      inModule(program, each, imported.name, depth - 1),
    );
  });
}

/** The modules that the dotted `name` is in `module`. */
function modulesMeant(program: Program, module: Module, name: string): readonly Module[] {
  return importsOf(module).flatMap(({ from, imported, alias }) => {
    if (imported === undefined) return alias === name ? modulesAt(program, module, from) : [];
    if ((imported.alias?.id ?? imported.name) !== name) return [];
    const dotted = from === "" || from.endsWith(".") ? from + imported.name : `${from}.${imported.name}`;
    return modulesAt(program, module, dotted);
  });
}

interface Import {
  /** With the dots of a relative import. */
  readonly from: string;
  /** Of `from … import …`. */
  readonly imported?: ImportedName;
  /** By which the module itself is known. */
  readonly alias?: string;
}

function importsOf(module: Module): readonly Import[] {
  const [top] = definitionsOf(module);
  return (top?.leaves ?? []).flatMap(({ node }): readonly Import[] => {
    if (node.kind === "import") {
      return node.names.map(({ name, alias }) => ({ from: name, alias: alias?.id ?? name }));
    }
    if (node.kind !== "importFrom" || node.names === "*") return [];
    const from = ".".repeat(node.level) + node.module;
    return node.names.map((imported) => ({ from, imported }));
  });
}

function modulesAt(program: Program, module: Module, dotted: string): readonly Module[] {
  if (!dotted.startsWith(".")) return program.modulesNamed(dotted, module.path);
  const path = relativeModulePath(program.tree, module.path, dotted);
  return (path === undefined ? undefined : program.module(path)) ? [program.module(path!)!] : [];
}
