// Expressions to light types: names by what is assigned to them, calls by what they construct or return.

import { classAround, typeOfAnnotation } from "./annotation-type.js";
import type { Comprehension, Expression, FunctionDefinition, Lambda, Parameter } from "./ast.js";
import type { ClassEntity, Entity, FunctionEntity } from "./entities.js";
import { topLevel } from "./exports.js";
import type { Module } from "./module.js";
import type { Program } from "./program.js";
import { resolveExpression } from "./resolve.js";
import { type Binding, bindingScope, type Scope } from "./scopes.js";
import {
  externalType,
  isClassName,
  resultName,
  type Type,
  type Types,
  union,
  unknownTypes,
} from "./types.js";

/** The types of `expression`, read in `scope` of `module`; none where it is not plain. Flow is not regarded. */
export function typeOfExpression(
  program: Program,
  module: Module,
  scope: Scope,
  expression: Expression,
): Types {
  return inferred({ program, module, scope, depth: 0 }, expression);
}

/** The types of `object.name` for an object of `class`, inherited members included. A method is its function. */
export function attributeTypes(program: Program, entity: ClassEntity, name: string): Types {
  return memberTypes(program, entity.mro, name, 0);
}

/** What iterating over an object of `types` gives. */
export function elementTypes(types: Types): Types {
  return union(
    ...types.map((type): Types => {
      if (type.kind !== "external" && type.kind !== "instance") return unknownTypes;
      if (type.kind === "external" && type.name === "builtins.str") return [type];
      if (type.kind === "external" && type.name === "builtins.tuple") return union(...type.arguments);
      return type.arguments[0] ?? unknownTypes;
    }),
  );
}

const deepest = 8;

interface Reading {
  readonly program: Program;
  readonly module: Module;
  readonly scope: Scope;
  readonly depth: number;
}

function inferred(outer: Reading, expression: Expression): Types {
  if (outer.depth > deepest) return unknownTypes;
  const reading = { ...outer, depth: outer.depth + 1 };
  const all = (expressions: readonly Expression[]) =>
    union(...expressions.slice(0, 8).map((part) => inferred(reading, part)));
  switch (expression.kind) {
    case "string":
      return externalType(expression.isBytes ? "builtins.bytes" : "builtins.str");
    case "formatted":
      return externalType(expression.isTemplate ? "string.templatelib.Template" : "builtins.str");
    case "number":
      return externalType(/^0[xX]|^[\d_]+[lL]?$/.test(expression.text) ? "builtins.int" : "builtins.float");
    case "constant":
      if (expression.value === null) return [{ kind: "none" }];
      return expression.value === "..." ? unknownTypes : externalType("builtins.bool");
    case "display":
      if (expression.form === "tuple") {
        return externalType("builtins.tuple", ...expression.elements.map((part) => inferred(reading, part)));
      }
      return externalType(`builtins.${expression.form}`, all(expression.elements));
    case "dict": {
      const keys = expression.entries.flatMap(({ key }) => (key === undefined ? [] : [key]));
      return externalType("builtins.dict", all(keys), all(expression.entries.map(({ value }) => value)));
    }
    case "comprehension":
      return comprehensionTypes(reading, expression);
    case "comparison":
      return externalType("builtins.bool");
    case "unary":
      return expression.operator === "not"
        ? externalType("builtins.bool")
        : inferred(reading, expression.operand);
    case "binary":
      return inferred(reading, expression.left);
    case "boolean":
      return all(expression.operands);
    case "conditional":
      return all([expression.body, expression.otherwise]);
    case "walrus":
    case "await":
      return inferred(reading, expression.value);
    case "lambda":
      return [reading.program.memory.functionEntity(reading.module, expression)];
    case "name":
      return nameTypes(reading, expression.id, expression);
    case "attribute":
      return dottedTypes(reading, expression);
    case "call":
      return callTypes(reading, expression);
    case "subscript":
      return itemTypes(inferred(reading, expression.object), expression.index);
    case "slice":
    case "starred":
    case "yield":
    case "unparsed":
      return unknownTypes;
  }
}

function comprehensionTypes(outer: Reading, node: Comprehension): Types {
  const reading = { ...outer, scope: outer.module.scopes.scopeOf(node) };
  const element = inferred(reading, node.element);
  switch (node.form) {
    case "dict":
      return externalType(
        "builtins.dict",
        node.key === undefined ? [] : inferred(reading, node.key),
        element,
      );
    case "generator":
      return externalType("typing.Generator", element);
    default:
      return externalType(`builtins.${node.form}`, element);
  }
}

/** `types[index]`: a value of a mapping, an element of a sequence. */
function itemTypes(types: Types, index: Expression): Types {
  if (index.kind === "slice") return types;
  return union(
    ...types.map((type): Types => {
      if (type.kind !== "external" && type.kind !== "instance") return unknownTypes;
      if (type.kind === "external" && type.name === "builtins.tuple" && index.kind === "number") {
        return type.arguments[Number(index.text)] ?? unknownTypes;
      }
      return type.arguments.length === 2 ? type.arguments[1]! : elementTypes([type]);
    }),
  );
}

function nameTypes(reading: Reading, name: string, expression: Expression): Types {
  const { program, module } = reading;
  const scope = bindingScope(reading.scope, name);
  const isLocal = scope !== undefined && scope.kind !== "module" && scope.kind !== "class";
  if (isLocal) {
    const local = (scope.bindings.get(name) ?? []).map((binding) =>
      bindingTypes({ ...reading, scope }, binding, name),
    );
    return union(...local);
  }
  const entities = resolveExpression(program, module, reading.scope, expression);
  return union(...entities.map((entity) => entityTypes(reading, entity)));
}

/** What the name of an entity stands for as a value. */
function entityTypes(reading: Reading, entity: Entity): Types {
  switch (entity.kind) {
    case "class":
    case "function":
      return [entity];
    case "external":
      return isClassName(entity.name)
        ? [{ kind: "externalClass", name: entity.name }]
        : externalType(entity.name);
    case "variable": {
      const { module } = entity;
      if (entity.class !== undefined) {
        return memberTypes(reading.program, entity.class.mro, entity.name, reading.depth);
      }
      const scope = module.scopes.module;
      const there = { ...reading, module, scope };
      if (entity.annotation !== undefined) {
        return typeOfAnnotation(reading.program, module, scope, entity.annotation);
      }
      return guardedUnion(there, entity.values);
    }
    case "module":
    case "namespace":
      return unknownTypes;
  }
}

function guardedUnion(reading: Reading, values: readonly Expression[]): Types {
  return union(
    ...values.map((value) => reading.program.memory.guarded(value, () => inferred(reading, value))),
  );
}

/** What one binding in a function's own scope says. */
function bindingTypes(reading: Reading, { node }: Binding, name: string): Types {
  const { program, module, scope } = reading;
  switch (node.kind) {
    case "parameter":
      return parameterTypes(reading, node);
    case "assign": {
      if (node.annotation !== undefined) return typeOfAnnotation(program, module, scope, node.annotation);
      const isPlain = node.targets.some((target) => target.kind === "name" && target.id === name);
      return isPlain && node.value !== undefined ? guardedUnion(reading, [node.value]) : unknownTypes;
    }
    case "walrus":
      return guardedUnion(reading, [node.value]);
    case "for": {
      if (node.target.kind !== "name") return unknownTypes;
      const outer = scope.kind === "comprehension" && scope.parent ? scope.parent : scope;
      const read = { ...reading, scope: outer };
      return elementTypes(program.memory.guarded(node.iterable, () => inferred(read, node.iterable)));
    }
    case "withItem":
      return node.target?.kind === "name" ? enteredTypes(reading, node.context) : unknownTypes;
    case "except":
      return node.type === undefined ? unknownTypes : caughtTypes(reading, node.type);
    case "function":
      return [program.memory.functionEntity(module, node)];
    case "class":
      return [program.memory.classEntity(module, node)];
    case "importedName": {
      const found = resolveExpression(program, module, scope, {
        kind: "name",
        start: node.start,
        end: node.end,
        id: name,
      });
      return union(...found.map((entity) => entityTypes(reading, entity)));
    }
    default:
      return unknownTypes;
  }
}

/** The object that `with context as name` binds: what `__enter__` returns, of most managers themselves. */
function enteredTypes(reading: Reading, context: Expression): Types {
  const managers = reading.program.memory.guarded(context, () => inferred(reading, context));
  return union(
    ...managers.map((type): Types => {
      if (type.kind !== "instance") return [type];
      const { program, depth } = reading;
      const entered = memberTypes(program, type.class.mro, "__enter__", depth);
      const method = entered.find((member) => member.kind === "function");
      const result =
        method?.kind === "function" ? returned(program, method.function, depth + 1) : unknownTypes;
      return result.length > 0 ? result : [type];
    }),
  );
}

function caughtTypes(reading: Reading, type: Expression): Types {
  const classes = type.kind === "display" ? type.elements : [type];
  return union(...classes.map((part) => inferred(reading, part))).flatMap((caught) => constructed(caught));
}

/** The annotation, else for `self` and `cls` the class, else what the default says. */
function parameterTypes(reading: Reading, parameter: Parameter): Types {
  const { program, module, scope } = reading;
  if (parameter.annotation !== undefined) {
    const types = typeOfAnnotation(program, module, scope.parent ?? scope, parameter.annotation);
    if (parameter.form === "star") return externalType("builtins.tuple", types);
    return parameter.form === "doubleStar"
      ? externalType("builtins.dict", externalType("builtins.str"), types)
      : types;
  }
  const { owner } = scope;
  const isFunction = "kind" in owner && (owner.kind === "function" || owner.kind === "lambda");
  if (isFunction && owner.parameters[0] === parameter) {
    const own = receiverTypes(program, module, owner);
    if (own.length > 0) return own;
  }
  return parameter.default === undefined || parameter.default.kind === "constant"
    ? unknownTypes
    : guardedUnion({ ...reading, scope: scope.parent ?? scope }, [parameter.default]);
}

function receiverTypes(program: Program, module: Module, definition: FunctionDefinition | Lambda): Types {
  const entity = program.memory.functionEntity(module, definition).function;
  if (entity.class === undefined || entity.role === "static" || definition.kind === "lambda")
    return unknownTypes;
  return entity.role === "class"
    ? [{ kind: "class", class: entity.class }]
    : [{ kind: "instance", class: entity.class, arguments: [] }];
}

/** `module.name`, `Class.name`, `object.name` */
function dottedTypes(reading: Reading, expression: Extract<Expression, { kind: "attribute" }>): Types {
  const { program, module, scope } = reading;
  const objects = inferred(reading, expression.object);
  if (objects.length > 0) {
    return union(...objects.map((type) => memberOfType(reading, type, expression.name.id)));
  }
  const entities = resolveExpression(program, module, scope, expression);
  return union(...entities.map((entity) => entityTypes(reading, entity)));
}

function memberOfType({ program, depth }: Reading, type: Type, name: string): Types {
  switch (type.kind) {
    case "instance":
    case "class":
      return memberTypes(program, type.class.mro, name, depth);
    case "external":
    case "externalClass":
      return externalType(`${type.name}.${name}`);
    case "function":
    case "none":
      return unknownTypes;
  }
}

function memberTypes(program: Program, mro: ClassEntity["mro"], name: string, depth: number): Types {
  for (const base of mro) {
    const own = typeof base === "string" ? undefined : ownMemberTypes(program, base, name, depth);
    if (own !== undefined) return own;
  }
  const outside = mro.find((base) => typeof base === "string");
  return outside === undefined ? unknownTypes : externalType(`${outside}.${name}`);
}

/** Undefined when the class itself has no such member. */
function ownMemberTypes(
  program: Program,
  entity: ClassEntity,
  name: string,
  depth: number,
): Types | undefined {
  const method = entity.methods.get(name);
  if (method !== undefined) {
    return method.role === "property"
      ? returned(program, method, depth + 1)
      : [{ kind: "function", function: method }];
  }
  const attribute = entity.attributes.get(name);
  if (attribute === undefined) return undefined;
  const { module, definition } = entity;
  const scope = module.scopes.scopeOf(definition);
  if (attribute.annotation !== undefined)
    return typeOfAnnotation(program, module, scope, attribute.annotation);
  const ofMethods = attribute.assigned.map(({ method: owner, value }) =>
    guardedUnion({ program, module, scope: module.scopes.scopeOf(owner.definition), depth: depth + 1 }, [
      value,
    ]),
  );
  return union(guardedUnion({ program, module, scope, depth: depth + 1 }, attribute.values), ...ofMethods);
}

function callTypes(reading: Reading, call: Extract<Expression, { kind: "call" }>): Types {
  const { program, module, scope, depth } = reading;
  if (call.callee.kind === "name" && call.callee.id === "super") return superTypes(reading);
  const callees = inferred(reading, call.callee);
  const results = callees.map((callee) => {
    if (callee.kind === "function") return returned(program, callee.function, depth + 1);
    if (callee.kind === "instance") {
      const [method] = memberTypes(program, callee.class.mro, "__call__", depth);
      return method?.kind === "function" ? returned(program, method.function, depth + 1) : unknownTypes;
    }
    return constructed(callee);
  });
  const [first] = call.arguments;
  const isCast = call.callee.kind === "name" && call.callee.id === "cast" && first !== undefined;
  return isCast ? typeOfAnnotation(program, module, scope, first.value) : union(...results);
}

/** What calling a class or something outside gives. */
function constructed(callee: Type): Types {
  switch (callee.kind) {
    case "class":
      return [{ kind: "instance", class: callee.class, arguments: [] }];
    case "externalClass":
      return externalType(callee.name);
    case "external":
      return externalType(resultName(callee.name));
    default:
      return unknownTypes;
  }
}

/** `super()`: an object of the next class in line. */
function superTypes({ program, module, scope }: Reading): Types {
  const next = classAround(program, module, scope)?.mro[1];
  if (next === undefined) return unknownTypes;
  return typeof next === "string" ? externalType(next) : [{ kind: "instance", class: next, arguments: [] }];
}

function returned(program: Program, entity: FunctionEntity, depth: number): Types {
  const { module, definition } = entity;
  const scope = module.scopes.scopeOf(definition);
  const reading = { program, module, scope, depth: depth + 1 };
  if (depth > deepest) return unknownTypes;
  if (definition.kind === "lambda")
    return program.memory.guarded(definition, () => inferred(reading, definition.body));
  if (definition.returns !== undefined) {
    return typeOfAnnotation(program, module, scope, definition.returns);
  }
  return program.memory.guarded(definition, () => {
    const values: Expression[] = [];
    for (const statement of topLevel(definition.body)) {
      if (statement.kind === "return" && statement.value !== undefined) values.push(statement.value);
    }
    return union(...values.slice(0, 8).map((value) => inferred(reading, value)));
  });
}
