// Functions and classes coming into being: their bodies are CFGs of their own, here only what is evaluated around them.
import type { ClassDefinition, Decorator, FunctionDefinition, Lambda } from "../python/ast.js";
import { emit, emitValue, nextValue } from "./block-writer.js";
import { type Body, variableOf } from "./body.js";
import type { CallArgument, Value } from "./instruction.js";

/** Decorators first, then defaults in written order. Annotations are not evaluated: no analysis asks for their effect. */
export function defineFunction(
  body: Body,
  definition: FunctionDefinition | Lambda,
  decorators: readonly Decorator[],
): Value {
  const decoratorValues = evaluateDecorators(body, decorators);
  const defaults: { parameter: string; value: Value }[] = [];
  for (const parameter of definition.parameters) {
    if (parameter.default === undefined) continue;
    defaults.push({ parameter: parameter.name.id, value: body.evaluate(parameter.default) });
  }
  return emitValue(body.writer, {
    op: "define",
    node: definition,
    result: nextValue(body.writer),
    definition,
    defaults,
    decorators: decoratorValues,
    bases: [],
  });
}

export function executeFunctionDefinition(body: Body, definition: FunctionDefinition): void {
  const value = defineFunction(body, definition, definition.decorators);
  bindDefinition(body, definition, value);
}

export function executeClassDefinition(
  body: Body,
  definition: ClassDefinition,
  evaluateBases: () => readonly CallArgument[],
): void {
  const decorators = evaluateDecorators(body, definition.decorators);
  const bases = evaluateBases();
  const value = emitValue(body.writer, {
    op: "define",
    node: definition,
    result: nextValue(body.writer),
    definition,
    defaults: [],
    decorators,
    bases,
  });
  bindDefinition(body, definition, value);
}

function evaluateDecorators(body: Body, decorators: readonly Decorator[]): readonly Value[] {
  return decorators.map((decorator) => body.evaluate(decorator.expression));
}

function bindDefinition(body: Body, definition: FunctionDefinition | ClassDefinition, value: Value): void {
  const variable = variableOf(body, definition.name.id);
  emit(body.writer, { op: "write", node: definition.name, variable, value });
}
