// Which exceptions a handler stops: its classes by name, with the classes above them, tuples and aliases taken apart.
import type { ExceptHandler, Expression } from "../../python/ast.js";
import type { Body, ClassBody } from "../body.js";
import { namedValue } from "../names/named.js";
import type { Abstract } from "../values/value.js";
import type { World } from "../world.js";

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
  const classes = classesNamed(world, body, type);
  const names = classes.map(([name]) => name);
  if (names.some((name) => ALL.has(name))) return { breadth: "all", classes };
  return { breadth: names.some((name) => BROAD.has(name)) ? "broad" : "narrow", classes };
}

/** The classes that an expression names, tuples taken apart, each with those above it behind it. */
export function classesNamed(world: World, body: Body, type: Expression): Caught["classes"] {
  if (type.kind === "display") return type.elements.flatMap((each) => classesNamed(world, body, each));
  if (type.kind === "starred") return classesNamed(world, body, type.value);
  if (type.kind === "binary") {
    return [type.left, type.right].flatMap((each) => classesNamed(world, body, each));
  }
  if (type.kind !== "name" && type.kind !== "attribute") return [];
  const found = classesOf(world, namedValue(world, body, type), 0);
  return found.length > 0 ? found : [[type.kind === "name" ? type.id : type.name.id]];
}

const MAX_DEPTH = 4;

/** Tuples of classes may hold tuples. */
function classesOf(world: World, value: Abstract, depth: number): Caught["classes"] {
  const meant = value.refs.flatMap((ref): Caught["classes"] => {
    if (ref.kind === "class") return [ancestry(world, ref.body)];
    return ref.kind === "symbol" ? [[ref.name]] : [];
  });
  // `except ImportError: TheirError = BaseException`: where the library is there, the name means its error.
  const theirs = meant.filter(([name]) => !ALL.has(name));
  const own = theirs.length > 0 ? theirs : meant;
  if (depth >= MAX_DEPTH) return own;
  return [...own, ...[...value.fields.values()].flatMap((each) => classesOf(world, each, depth + 1))];
}

function ancestry(world: World, body: ClassBody): readonly [string, ...string[]] {
  const above = world.mro(body).slice(1);
  return [dottedName(body), ...above.map(({ body: base, library }) => (base ? dottedName(base) : library))];
}

function dottedName({ module, name }: ClassBody): string {
  return module.name === "" ? name : `${module.name}.${name}`;
}
