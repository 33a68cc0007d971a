// Binding: assignment to names, members, elements and nested targets, augmented assignment, `del`, imports.
import type {
  Assign,
  AugmentedAssign,
  Expression,
  Import,
  ImportedName,
  ImportFrom,
  SyntaxNode,
} from "../python/ast.js";
import { emit, emitValue, nextValue } from "./block-writer.js";
import { type Body, variableOf } from "./body.js";
import type { Value } from "./instruction.js";

/** `target = value`; a nested target takes `value` apart: all elements first, then they are stored from the left. */
export function assign(body: Body, target: Expression, value: Value): void {
  switch (target.kind) {
    case "name":
      bindName(body, target.id, value, target);
      return;
    case "attribute": {
      const object = body.evaluate(target.object);
      emit(body.writer, { op: "setMember", node: target, object, name: target.name.id, value });
      return;
    }
    case "subscript": {
      const object = body.evaluate(target.object);
      const index = body.evaluate(target.index);
      emit(body.writer, { op: "setElement", node: target, object, index, value });
      return;
    }
    case "starred":
      assign(body, target.value, value);
      return;
    case "display":
      assignElements(body, target.elements, value);
      return;
    default:
      // Python has no such target (`f() = x`): what is evaluated is kept, what happens is not known.
      emitValue(body.writer, {
        op: "unknown",
        node: target,
        operands: [body.evaluate(target), value],
        result: nextValue(body.writer),
      });
  }
}

export function bindName(body: Body, name: string, value: Value, node: SyntaxNode): void {
  emit(body.writer, { op: "write", node, variable: variableOf(body, name), value });
}

export function executeAssign(body: Body, statement: Assign): void {
  if (statement.value === undefined) return;
  const pairs = evidentPairs(statement);
  if (pairs !== undefined) {
    const values = pairs.map((pair) => body.evaluate(pair.value));
    pairs.forEach((pair, index) => {
      assign(body, pair.target, values[index]!);
    });
    return;
  }
  const value = body.evaluate(statement.value);
  for (const target of statement.targets) assign(body, target, value);
}

export function executeAugmented(body: Body, statement: AugmentedAssign): void {
  const target = statement.target;
  switch (target.kind) {
    case "attribute": {
      const object = body.evaluate(target.object);
      const name = target.name.id;
      const old = emitValue(body.writer, {
        op: "member",
        node: target,
        result: nextValue(body.writer),
        object,
        name,
      });
      const value = augment(body, statement, old);
      emit(body.writer, { op: "setMember", node: target, object, name, value });
      return;
    }
    case "subscript": {
      const object = body.evaluate(target.object);
      const index = body.evaluate(target.index);
      const old = emitValue(body.writer, {
        op: "element",
        node: target,
        result: nextValue(body.writer),
        object,
        index,
      });
      const value = augment(body, statement, old);
      emit(body.writer, { op: "setElement", node: target, object, index, value });
      return;
    }
    default:
      assign(body, target, augment(body, statement, body.evaluate(target)));
  }
}

export function executeDelete(body: Body, target: Expression): void {
  switch (target.kind) {
    case "name":
      emit(body.writer, { op: "unbind", node: target, variable: variableOf(body, target.id) });
      return;
    case "attribute": {
      const object = body.evaluate(target.object);
      emit(body.writer, { op: "deleteMember", node: target, object, name: target.name.id });
      return;
    }
    case "subscript": {
      const object = body.evaluate(target.object);
      const index = body.evaluate(target.index);
      emit(body.writer, { op: "deleteElement", node: target, object, index });
      return;
    }
    case "display":
      for (const element of target.elements) executeDelete(body, element);
      return;
    default:
      body.evaluate(target);
  }
}

export function executeImport(body: Body, statement: Import): void {
  for (const imported of statement.names) {
    const result = nextValue(body.writer);
    emitValue(body.writer, { op: "import", node: imported, result, module: imported.name });
    const dot = imported.name.indexOf(".");
    const bound = imported.alias?.id ?? (dot === -1 ? imported.name : imported.name.slice(0, dot));
    bindName(body, bound, result, imported);
  }
}

export function executeImportFrom(body: Body, statement: ImportFrom): void {
  const module = statement.level === 0 ? statement.module : ".".repeat(statement.level) + statement.module;
  if (statement.names === "*") {
    importMember(body, statement, module, "*");
    return;
  }
  for (const imported of statement.names) {
    const value = importMember(body, imported, module, imported.name);
    bindName(body, imported.alias?.id ?? imported.name, value, imported);
  }
}

/** `a, b = x, y` needs no tuple: which value goes where is written there. */
function evidentPairs(statement: Assign): { target: Expression; value: Expression }[] | undefined {
  const [target] = statement.targets;
  const value = statement.value;
  if (statement.targets.length !== 1 || target?.kind !== "display" || value?.kind !== "display")
    return undefined;
  if (value.form === "set" || target.elements.length !== value.elements.length) return undefined;
  if (target.elements.some(isStarred) || value.elements.some(isStarred)) return undefined;
  return target.elements.map((element, index) => ({ target: element, value: value.elements[index]! }));
}

function isStarred(expression: Expression): boolean {
  return expression.kind === "starred";
}

function assignElements(body: Body, targets: readonly Expression[], source: Value): void {
  const star = targets.findIndex(isStarred);
  const elements = targets.map((target, index) =>
    emitValue(body.writer, {
      op: "unpack",
      node: target,
      result: nextValue(body.writer),
      source,
      index: star !== -1 && index > star ? index - targets.length : index,
      rest: index === star,
    }),
  );
  targets.forEach((target, index) => {
    assign(body, target, elements[index]!);
  });
}

function augment(body: Body, statement: AugmentedAssign, old: Value): Value {
  const operand = body.evaluate(statement.value);
  return emitValue(body.writer, {
    op: "compose",
    node: statement,
    result: nextValue(body.writer),
    form: "binary",
    operands: [old, operand],
    operator: `${statement.operator}=`,
  });
}

function importMember(body: Body, node: ImportedName | ImportFrom, module: string, member: string): Value {
  return emitValue(body.writer, { op: "import", node, result: nextValue(body.writer), module, member });
}
