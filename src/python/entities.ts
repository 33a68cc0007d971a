// What names stand for, across the files of a repository: modules, functions, classes, and what lies outside it.
import type { ClassDefinition, Expression, FunctionDefinition, Lambda } from "./ast.js";
import type { Module } from "./module.js";

/** Entities of one program are memoised: the same definition is always the same object. */
export type Entity =
  | { readonly kind: "module"; readonly module: Module }
  /** A folder of modules without an `__init__.py`; `name` is dotted. */
  | { readonly kind: "namespace"; readonly name: string; readonly from: string }
  | { readonly kind: "function"; readonly function: FunctionEntity }
  | { readonly kind: "class"; readonly class: ClassEntity }
  /** Something outside the repository, by its dotted name as imported: "flask.request", "builtins.open". */
  | { readonly kind: "external"; readonly name: string }
  /** Another binding at the top of a module or class body; `values` are the expressions assigned to it, in order. */
  | {
      readonly kind: "variable";
      readonly module: Module;
      readonly class?: ClassEntity;
      readonly name: string;
      readonly values: readonly Expression[];
      readonly annotation?: Expression;
    };

export type FunctionRole = "function" | "method" | "static" | "class" | "property";

export interface FunctionEntity {
  readonly module: Module;
  readonly definition: FunctionDefinition | Lambda;
  /** Dotted, from the module's name on: "shop.views.Cart.total"; of a nested function "shop.views.outer.inner". */
  readonly qualifiedName: string;
  /** The class in whose body it stands. */
  readonly class?: ClassEntity;
  /** What calling it through an object passes first: `property` also is read instead of called. */
  readonly role: FunctionRole;
}

/** A base class: of the repository, or by the dotted name of what is outside ("flask_sqlalchemy.SQLAlchemy.Model"). */
export type BaseClass = ClassEntity | string;

/** Computed when first asked for. */
export interface ClassEntity {
  readonly module: Module;
  readonly definition: ClassDefinition;
  readonly qualifiedName: string;
  /** The class in whose body it stands. */
  readonly class?: ClassEntity;
  /** In written order; what cannot be resolved is left out. */
  readonly bases: readonly BaseClass[];
  /** Itself first, by Python's C3 rule; where that fails, depth first. Without `object` and `Generic`. */
  readonly mro: readonly BaseClass[];
  /** Functions that the body defines, by name; of several under one name the last that is no `@overload`. */
  readonly methods: ReadonlyMap<string, FunctionEntity>;
  /** Everything else that the body or a method (`self.name = …`) binds, by name. */
  readonly attributes: ReadonlyMap<string, ClassAttribute>;
  readonly isDataclass: boolean;
  readonly isNamedTuple: boolean;
  readonly isEnum: boolean;
  /** The dotted name of `metaclass=…`, if one is given. */
  readonly metaclass?: string;
}

export interface ClassAttribute {
  readonly name: string;
  readonly annotation?: Expression;
  /** What is assigned in the class body. */
  readonly values: readonly Expression[];
  /** What methods assign through `self`, with the method (whose scope the expression is to be read in). */
  readonly assigned: readonly { readonly method: FunctionEntity; readonly value: Expression }[];
}

/** The dotted name by which an entity is known everywhere. */
export function entityName(entity: Entity): string {
  switch (entity.kind) {
    case "module":
      return entity.module.name;
    case "namespace":
    case "external":
      return entity.name;
    case "function":
      return entity.function.qualifiedName;
    case "class":
      return entity.class.qualifiedName;
    case "variable": {
      const owner = entity.class?.qualifiedName ?? entity.module.name;
      return `${owner}.${entity.name}`;
    }
  }
}

/** The name of a base class, whether of the repository or not. */
export function baseName(base: BaseClass): string {
  return typeof base === "string" ? base : base.qualifiedName;
}
