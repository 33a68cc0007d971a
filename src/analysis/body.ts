// The bodies of a program: what is interpreted, one control-flow graph each.
import type { ClassDefinition, FunctionDefinition, Lambda } from "../python/ast.js";
import type { Module } from "../python/module.js";
import type { Given } from "./calls/given.js";

export interface ModuleBody {
  readonly kind: "module";
  readonly module: Module;
  readonly definition: Module["syntax"];
  /** "" */
  readonly name: string;
}

export interface ClassBody {
  readonly kind: "class";
  readonly module: Module;
  readonly definition: ClassDefinition;
  /** Dotted inside the module: "Shop.Order". */
  readonly name: string;
  readonly enclosing: Body;
  /** Its number in its world. */
  readonly id: number;
}

export interface FunctionBody {
  readonly kind: "function";
  readonly module: Module;
  readonly definition: FunctionDefinition | Lambda;
  /** Dotted inside the module: "Shop.Order.delete"; a lambda is "<lambda>" in what holds it. */
  readonly name: string;
  readonly enclosing: Body;
  /** Its number in its world. */
  readonly id: number;
  /** Set where the body is looked at as some calls reach it: with these functions and objects as arguments. */
  readonly given?: Given;
}

export type Body = ModuleBody | ClassBody | FunctionBody;

/** The class whose method this body is. */
export function classOf(body: Body): ClassBody | undefined {
  return body.kind === "function" && body.enclosing.kind === "class" ? body.enclosing : undefined;
}

/** The module that holds `body`; the module itself. */
export function moduleBodyOf(body: Body): ModuleBody {
  return body.kind === "module" ? body : moduleBodyOf(body.enclosing);
}

/** Is `@name` written on the definition, or `@module.name`? */
export function hasDecorator(definition: FunctionDefinition | Lambda, name: string): boolean {
  return (
    definition.kind === "function" &&
    definition.decorators.some(
      ({ expression }) =>
        (expression.kind === "name" && expression.id === name) ||
        (expression.kind === "attribute" && expression.name.id === name),
    )
  );
}

/** Decorators that turn a method into a field that is computed when it is read. */
export const PROPERTIES = [
  "property",
  "cached_property",
  "hybrid_property",
  "abstractproperty",
  "lazy_property",
];

/** A function in a class that takes the class. */
export function isClassMethod(definition: FunctionDefinition | Lambda): boolean {
  return (
    hasDecorator(definition, "classmethod") ||
    (definition.kind === "function" && definition.name.id === "__init_subclass__")
  );
}

/** Is parameter 0 the object, or the class, on which the function is called? */
export function hasReceiver(body: FunctionBody): boolean {
  return body.enclosing.kind === "class" && !isStatic(body.definition);
}

/** A function in a class that takes no receiver. */
export function isStatic(definition: FunctionDefinition | Lambda): boolean {
  return hasDecorator(definition, "staticmethod");
}

/** The body as any caller reaches it. */
export function anyCall(body: FunctionBody): FunctionBody {
  return body.given?.of ?? body;
}

/** How many calls deep in one another the arguments are that `body`, or what encloses it, was given; 0 as any caller reaches it. */
export function depthGiven(body: Body): number {
  for (let each: Body | undefined = body; each; each = each.kind === "module" ? undefined : each.enclosing) {
    if (each.kind === "function" && each.given) return each.given.depth;
  }
  return 0;
}
