// Imports to modules: which file, folder or outside name an import statement means.
import type { Import, ImportedName, ImportFrom, SyntaxNode } from "./ast.js";
import type { Entity } from "./entities.js";
import type { Module } from "./module.js";
import type { Program } from "./program.js";

/** `module` as instructions write it: leading dots of a relative import kept ("..m", "."). */
export function importedModuleName(statement: ImportFrom): string {
  return ".".repeat(statement.level) + statement.module;
}

/**
 * The module that `moduleName` (relative dots kept) means in `from`: of the repository if it is there, else external;
 * empty for a relative import of a file that is not there. Several when the repository has several such modules.
 */
export function resolveModule(program: Program, from: Module, moduleName: string): readonly Entity[] {
  const dots = /^\.*/.exec(moduleName)![0].length;
  if (dots > 0) return relativeModule(program, from, dots, moduleName.slice(dots));
  const modules = program.modulesNamed(moduleName, from.path);
  if (modules.length > 0) return modules.map((module) => program.memory.moduleEntity(module));
  if (program.layout.isNamespace(moduleName, from.path)) {
    return [{ kind: "namespace", name: moduleName, from: from.path }];
  }
  return [{ kind: "external", name: moduleName }];
}

function relativeModule(program: Program, from: Module, dots: number, rest: string): readonly Entity[] {
  const folders = from.path.split("/").slice(0, -dots);
  const target = [...folders, ...(rest === "" ? [] : rest.split("."))].join("/");
  const module = moduleAt(program, target);
  if (module !== undefined) return [program.memory.moduleEntity(module)];
  if (dots > from.path.split("/").length || !program.layout.isFolder(target)) return [];
  return [{ kind: "namespace", name: program.layout.nameOf(`${target}/__init__.py`), from: from.path }];
}

/** The package or module at a path without extension. */
function moduleAt(program: Program, stem: string): Module | undefined {
  const inside = stem === "" ? "__init__.py" : `${stem}/__init__.py`;
  return program.module(inside) ?? (stem === "" ? undefined : program.module(`${stem}.py`));
}

/** The module or package `name` directly inside a package or namespace. */
export function submodule(program: Program, entity: Entity, name: string): readonly Entity[] {
  if (entity.kind === "module" && entity.module.isPackage) {
    const folder = entity.module.path.split("/").slice(0, -1).join("/");
    const stem = folder === "" ? name : `${folder}/${name}`;
    const module = moduleAt(program, stem);
    if (module !== undefined) return [program.memory.moduleEntity(module)];
    if (!program.layout.isFolder(stem)) return [];
    return [{ kind: "namespace", name: `${entity.module.name}.${name}`, from: entity.module.path }];
  }
  if (entity.kind !== "namespace") return [];
  const dotted = `${entity.name}.${name}`;
  const modules = program.modulesNamed(dotted, entity.from);
  if (modules.length > 0) return modules.map((module) => program.memory.moduleEntity(module));
  return program.layout.isNamespace(dotted, entity.from)
    ? [{ kind: "namespace", name: dotted, from: entity.from }]
    : [];
}

/** What one name of an import statement asks for: a module, or a member of one. */
export function importRequest(
  statement: Import | ImportFrom,
  node: SyntaxNode,
): { readonly module: string; readonly member?: string } | undefined {
  if (node.kind !== "importedName") return undefined;
  if (statement.kind === "importFrom") return { module: importedModuleName(statement), member: node.name };
  return { module: node.alias === undefined ? firstComponent(node) : node.name };
}

function firstComponent(node: ImportedName): string {
  return node.name.split(".", 1)[0]!;
}
