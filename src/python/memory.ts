// What one program has derived from its modules so far, each thing once: entities keep their identity here.
import type { ClassDefinition, FunctionDefinition, Lambda } from "./ast.js";
import { createClass } from "./classes.js";
import type { Entity, FunctionEntity, FunctionRole } from "./entities.js";
import type { Module } from "./module.js";
import type { Program } from "./program.js";
import type { Scope } from "./scopes.js";

type Of<Kind extends Entity["kind"]> = Extract<Entity, { kind: Kind }>;

export interface Memory {
  moduleEntity(module: Module): Of<"module">;
  functionEntity(module: Module, definition: FunctionDefinition | Lambda): Of<"function">;
  classEntity(module: Module, definition: ClassDefinition): Of<"class">;
  /** The members of a module by name; `inCycle` answers while `compute` for the same name is under way. */
  member(
    module: Module,
    name: string,
    compute: () => readonly Entity[],
    inCycle: () => readonly Entity[],
  ): readonly Entity[];
  /** What `compute` gives; nothing while `compute` for the same `key` is under way. */
  guarded<T>(key: object, compute: () => readonly T[]): readonly T[];
}

export function createMemory(program: () => Program): Memory {
  const modules = new Map<Module, Of<"module">>();
  const functions = new Map<FunctionDefinition | Lambda, Of<"function">>();
  const classes = new Map<ClassDefinition, Of<"class">>();
  const members = new Map<Module, Map<string, readonly Entity[]>>();
  const open = new Map<Module, Set<string>>();
  const guards = new Set<object>();
  let underWay = 0;
  let cycles = 0;

  const memory: Memory = {
    moduleEntity: (module) => computed(modules, module, () => ({ kind: "module", module })),
    functionEntity: (module, definition) =>
      computed(functions, definition, () => ({
        kind: "function",
        function: createFunction(memory, module, definition),
      })),
    classEntity: (module, definition) =>
      computed(classes, definition, () => {
        const outer = enclosing(memory, module, module.scopes.scopeOf(definition));
        const qualifiedName = `${outer.prefix}.${definition.name.id}`.replace(/^\./, "");
        return {
          kind: "class",
          class: createClass(program(), module, definition, qualifiedName, outer.class),
        };
      }),
    member(module, name, compute, inCycle) {
      const known = computed(members, module, () => new Map());
      const found = known.get(name);
      if (found !== undefined) return found;
      const names = computed(open, module, () => new Set());
      if (names.has(name)) {
        cycles++;
        return inCycle();
      }
      const before = cycles;
      names.add(name);
      underWay++;
      const entities = compute();
      underWay--;
      names.delete(name);
      // What was found inside a cycle may be less than the whole, except by the one that asked first.
      if (cycles === before || underWay === 0) known.set(name, entities);
      return entities;
    },
    guarded(key, compute) {
      if (guards.has(key)) return [];
      guards.add(key);
      const result = compute();
      guards.delete(key);
      return result;
    },
  };
  return memory;
}

function computed<Key, Value>(map: Map<Key, Value>, key: Key, compute: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = compute();
  map.set(key, value);
  return value;
}

function createFunction(
  memory: Memory,
  module: Module,
  definition: FunctionDefinition | Lambda,
): FunctionEntity {
  const outer = enclosing(memory, module, module.scopes.scopeOf(definition));
  const own = definition.kind === "lambda" ? "<lambda>" : definition.name.id;
  const qualifiedName = `${outer.prefix}.${own}`.replace(/^\./, "");
  const role = roleOf(definition, outer.class !== undefined);
  return {
    module,
    definition,
    qualifiedName,
    ...(outer.class === undefined ? {} : { class: outer.class }),
    role,
  };
}

/** The dotted name of what `scope` stands in, and the class if that is one. */
function enclosing(
  memory: Memory,
  module: Module,
  scope: Scope,
): { readonly prefix: string; readonly class?: Of<"class">["class"] } {
  let outer = scope.parent;
  while (outer !== undefined && (outer.kind === "typeParameters" || outer.kind === "comprehension")) {
    outer = outer.parent;
  }
  const owner = outer?.owner;
  if (owner === undefined || !("kind" in owner)) return { prefix: module.name };
  if (owner.kind === "class") {
    const { class: entity } = memory.classEntity(module, owner);
    return { prefix: entity.qualifiedName, class: entity };
  }
  if (owner.kind === "function" || owner.kind === "lambda") {
    return { prefix: memory.functionEntity(module, owner).function.qualifiedName };
  }
  return { prefix: module.name };
}

const propertyDecorators = new Set([
  "property",
  "cached_property",
  "abstractproperty",
  "hybrid_property",
  "lazy_property",
  "reify",
  "declared_attr",
]);

function roleOf(definition: FunctionDefinition | Lambda, isInClass: boolean): FunctionRole {
  if (!isInClass || definition.kind === "lambda") return isInClass ? "method" : "function";
  const names = definition.decorators.map(({ expression }) => {
    const named = expression.kind === "call" ? expression.callee : expression;
    return named.kind === "name" ? named.id : named.kind === "attribute" ? named.name.id : "";
  });
  if (names.includes("staticmethod") || definition.name.id === "__new__") return "static";
  if (names.includes("classmethod") || classMethods.has(definition.name.id)) return "class";
  return names.some((name) => propertyDecorators.has(name)) ? "property" : "method";
}

const classMethods = new Set(["__init_subclass__", "__class_getitem__"]);
