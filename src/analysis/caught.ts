// Which exceptions a handler stops: its classes by name, with the classes above them, tuples and aliases taken apart.
import type { ExceptHandler, Expression } from "../python/ast.js";
import { baseName, type ClassEntity, type Entity } from "../python/entities.js";
import { resolveExpression } from "../python/resolve.js";
import type { Body } from "./body.js";
import type { World } from "./world.js";

/**
 * `all`: everything, also what ends the process, interrupts it or cancels a task (`except:`, `BaseException`);
 * `broad`: every error (`Exception`); `narrow`: some.
 */
export type Breadth = "all" | "broad" | "narrow";

export interface Caught {
  readonly breadth: Breadth;
  /** The classes and, behind each, those above it, by dotted name; what cannot be resolved by its last word. */
  readonly classes: readonly (readonly [string, ...string[]])[];
}

const ALL = new Set(["builtins.BaseException", "BaseException"]);
const BROAD = new Set([
  "builtins.Exception",
  "builtins.StandardError",
  "exceptions.Exception",
  "Exception",
  "StandardError",
]);

export function caughtBy(world: World, body: Body, { type }: ExceptHandler): Caught {
  if (!type) return { breadth: "all", classes: [["builtins.BaseException"]] };
  const classes = classesIn(world, body, type, 0);
  const names = classes.map(([name]) => name);
  if (names.some((name) => ALL.has(name))) return { breadth: "all", classes };
  return { breadth: names.some((name) => BROAD.has(name)) ? "broad" : "narrow", classes };
}

const MAX_ALIASES = 4;

function classesIn(world: World, body: Body, type: Expression, depth: number): Caught["classes"] {
  if (type.kind === "display") return type.elements.flatMap((each) => classesIn(world, body, each, depth));
  if (type.kind === "starred") return classesIn(world, body, type.value, depth);
  if (type.kind === "binary") {
    return [type.left, type.right].flatMap((each) => classesIn(world, body, each, depth));
  }
  if (type.kind !== "name" && type.kind !== "attribute") return [];
  const { module, definition } = body;
  const entities = resolveExpression(world.program, module, module.scopes.scopeOf(definition), type);
  const found = entities.flatMap((entity) => classesOf(world, body, entity, depth));
  return found.length > 0 ? found : [[type.kind === "name" ? type.id : type.name.id]];
}

function classesOf(world: World, body: Body, entity: Entity, depth: number): Caught["classes"] {
  switch (entity.kind) {
    case "class":
      return [ancestry(entity.class)];
    case "external":
      return [[entity.name]];
    case "variable": {
      const module = world.moduleBody(entity.module.path) ?? body;
      return depth >= MAX_ALIASES
        ? []
        : entity.values.flatMap((value) => classesIn(world, module, value, depth + 1));
    }
    default:
      return [];
  }
}

function ancestry(entity: ClassEntity): readonly [string, ...string[]] {
  return [entity.qualifiedName, ...entity.mro.slice(1).map(baseName)];
}
