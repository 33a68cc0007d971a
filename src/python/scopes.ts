// Which scope binds which name, by Python's own rules: computed for a whole module in one pass over its tree.
import type {
  ClassDefinition,
  Comprehension,
  FunctionDefinition,
  Import,
  ImportFrom,
  Lambda,
  ModuleSyntax,
  SyntaxNode,
  TypeAlias,
} from "./ast.js";
import { isBuiltin } from "./builtins.js";

/**
 * Where a name lives, for the body that uses it.
 * `local`: this body (a comprehension belongs to the body it stands in); `free`: an enclosing function;
 * `global`: the module; `builtin`: bound nowhere in the module. In a class body, what the class binds is `local`.
 */
export type Storage = "local" | "free" | "global" | "builtin";

/** What has a scope of its own. */
export type ScopeOwner =
  | ModuleSyntax
  | FunctionDefinition
  | Lambda
  | ClassDefinition
  | Comprehension
  | TypeAlias;

/** One place where a scope binds a name. */
export type Binding =
  | { readonly form: "import"; readonly node: SyntaxNode; readonly statement: Import | ImportFrom }
  | {
      readonly form:
        | "function"
        | "class"
        | "parameter"
        | "typeParameter"
        | "assignment"
        | "loop"
        | "with"
        | "except"
        | "match"
        | "walrus"
        | "delete"
        | "typeAlias";
      /** The definition, parameter or statement that binds; of a comprehension, its clause. */
      readonly node: SyntaxNode;
    };

export interface Scope {
  readonly kind: "module" | "function" | "lambda" | "class" | "comprehension" | "typeParameters";
  readonly owner: ScopeOwner;
  /** Missing only of the module. */
  readonly parent?: Scope;
  /** In source order. A name declared `global` is bound in the module's scope, one declared `nonlocal` further out. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Names declared `global` or `nonlocal` here. */
  readonly declared: ReadonlyMap<string, "global" | "nonlocal">;
  /** `from m import *` statements here; only a module may have them in Python 3. */
  readonly starImports: readonly ImportFrom[];
}

export interface Scopes {
  readonly module: Scope;
  /** The scope inside `owner`. @throws when `owner` is of another module. */
  scopeOf(owner: ScopeOwner): Scope;
  /** Every scope, outer before inner. */
  readonly all: readonly Scope[];
}

/** The scope whose binding of `name` a use in `scope` means; undefined when no scope of the module binds it. */
export function bindingScope(scope: Scope, name: string): Scope | undefined {
  const declaration = scope.declared.get(name);
  if (declaration === "global") return moduleScope(scope);
  if (declaration === undefined && scope.bindings.has(name)) return scope;
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    if (outer.kind === "class") continue;
    const declared = outer.declared.get(name);
    if (declared === "global") return moduleScope(outer);
    if (declared === undefined && outer.bindings.has(name)) return outer;
  }
  return undefined;
}

export function storageOf(scope: Scope, name: string): Storage {
  const binding = bindingScope(scope, name);
  if (binding === undefined) return unboundStorage(scope, name);
  if (binding.kind === "module") return "global";
  return bodyScope(scope) === bodyScope(binding) ? "local" : "free";
}

/** The scope of the body that evaluates what stands in `scope`: comprehensions run as part of theirs. */
export function bodyScope(scope: Scope): Scope {
  let body = scope;
  while (body.kind === "comprehension") body = body.parent!;
  return body;
}

export function moduleScope(scope: Scope): Scope {
  let outermost = scope;
  while (outermost.parent !== undefined) outermost = outermost.parent;
  return outermost;
}

/** `__class__` is a cell of the class around a method; a star import may bind what no builtin is called. */
function unboundStorage(scope: Scope, name: string): Storage {
  if (name === "__class__") {
    for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
      if (outer.kind === "class") return "free";
    }
  }
  const mayBeImported = moduleScope(scope).starImports.length > 0 && !isBuiltin(name);
  return mayBeImported ? "global" : "builtin";
}
