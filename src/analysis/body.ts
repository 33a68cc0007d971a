// The bodies of a program: what is interpreted, one control-flow graph each.
import type { ClassDefinition, FunctionDefinition, Lambda } from "../python/ast.js";
import type { Module } from "../python/module.js";

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
}

export interface FunctionBody {
  readonly kind: "function";
  readonly module: Module;
  readonly definition: FunctionDefinition | Lambda;
  /** Dotted inside the module: "Shop.Order.delete"; a lambda is "<lambda>" in what holds it. */
  readonly name: string;
  readonly enclosing: Body;
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

/** Is `@name` written on the definition? */
export function hasDecorator(definition: FunctionDefinition | Lambda, name: string): boolean {
  return (
    definition.kind === "function" &&
    definition.decorators.some(({ expression }) => expression.kind === "name" && expression.id === name)
  );
}

/** A function in a class that takes no receiver. */
export function isStatic(definition: FunctionDefinition | Lambda): boolean {
  return hasDecorator(definition, "staticmethod");
}
