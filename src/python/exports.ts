// What a module lets `import *` take: `__all__` where it is written plainly, else every name without underscore.
import type { Expression, Statement } from "./ast.js";
import type { Module } from "./module.js";

/** Does `from module import *` bind `name`, as far as the module's own text says? Star imports are not followed. */
export function exportsName(module: Module, name: string): boolean {
  const all = dunderAll(module);
  return all === undefined ? !name.startsWith("_") : all.includes(name);
}

/** The names in `__all__`; undefined when the module has none or builds it in a way that cannot be read. */
function dunderAll({ syntax, scopes }: Module): readonly string[] | undefined {
  if (!scopes.module.bindings.has("__all__")) return undefined;
  const names: string[] = [];
  let isKnown = true;
  const add = (value: Expression | undefined) => {
    const strings = value === undefined ? undefined : stringsOf(value);
    if (strings === undefined) isKnown = false;
    else names.push(...strings);
  };
  for (const statement of topLevel(syntax.body)) addFrom(statement, add);
  return isKnown ? names : undefined;
}

/** `__all__ = […]`, `__all__ += […]`, `__all__.extend([…])`, `__all__.append("…")` */
function addFrom(statement: Statement, add: (value: Expression | undefined) => void): void {
  if (statement.kind === "assign" && statement.targets.some(isAll)) add(statement.value);
  else if (statement.kind === "augmented" && isAll(statement.target)) add(statement.value);
  else if (statement.kind === "expression" && statement.value.kind === "call") {
    const { callee, arguments: passed } = statement.value;
    if (callee.kind !== "attribute" || !isAll(callee.object)) return;
    if (callee.name.id === "append" || callee.name.id === "extend") add(passed[0]?.value);
  }
}

function isAll(expression: Expression): boolean {
  return expression.kind === "name" && expression.id === "__all__";
}

function stringsOf(value: Expression): readonly string[] | undefined {
  if (value.kind === "string") return [value.value];
  if (value.kind === "binary" && value.operator === "+") {
    const left = stringsOf(value.left);
    const right = stringsOf(value.right);
    return left && right && [...left, ...right];
  }
  if (value.kind !== "display") return undefined;
  const names = value.elements.map((element) => (element.kind === "string" ? element.value : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** The statements of a body and of its branches, `try` and `with` blocks: all that runs in its own scope. */
function* topLevel(body: readonly Statement[]): Generator<Statement> {
  const pending = [...body].reverse();
  for (let statement = pending.pop(); statement !== undefined; statement = pending.pop()) {
    yield statement;
    pending.push(...innerStatements(statement).reverse());
  }
}

function innerStatements(statement: Statement): Statement[] {
  switch (statement.kind) {
    case "if":
    case "for":
    case "while":
      return [...statement.body, ...statement.otherwise];
    case "with":
      return [...statement.body];
    case "try":
      return [
        ...statement.body,
        ...statement.handlers.flatMap((handler) => handler.body),
        ...statement.otherwise,
        ...statement.finalizer,
      ];
    case "match":
      return statement.cases.flatMap((matchCase) => matchCase.body);
    default:
      return [];
  }
}
