// From the syntax of one body to its control-flow graph.
import type { Expression, FunctionDefinition, Lambda } from "../python/ast.js";
import type { Scopes } from "../python/scopes.js";
import { emitValue, nextValue, startWriting, terminate } from "./block-writer.js";
import type { Body, CfgHooks } from "./body.js";
import { assign, bindName } from "./build-assignment.js";
import { evaluate } from "./build-expression.js";
import { execute } from "./build-statement.js";
import type { BodyOwner, Cfg } from "./cfg.js";
import { layOut } from "./lay-out.js";

export type { CfgHooks } from "./body.js";

/**
 * The CFG of a function, lambda, class body or module. Bodies inside it are not built: each is the `definition` of
 * a `define` instruction. Annotations are not evaluated.
 */
export function buildCfg(owner: BodyOwner, scopes: Scopes, hooks: CfgHooks = {}): Cfg {
  const body = startBody(owner, scopes, hooks);
  if ("parameters" in owner) bindParameters(body, owner);
  if ("kind" in owner && owner.kind === "lambda") returnValue(body, owner.body);
  else execute(body, owner.body);
  if (body.writer.current !== undefined) terminate(body.writer, { kind: "return", implicit: true });
  const blocks = layOut(body.writer);
  return {
    owner,
    blocks,
    entry: 0,
    returned: blocks.length - 2,
    raised: blocks.length - 1,
    valueCount: body.writer.definitions.length,
    definitions: body.writer.definitions,
    isGenerator: body.isGenerator,
    isAsync: "isAsync" in owner && owner.isAsync,
  };
}

function startBody(owner: BodyOwner, scopes: Scopes, hooks: CfgHooks): Body {
  const body: Body = {
    owner,
    scope: scopes.scopeOf(owner),
    hooks,
    writer: startWriting(),
    variables: new Map(),
    comprehension: undefined,
    enclosing: undefined,
    isGenerator: false,
    copied: 0,
    evaluate: (expression) => evaluate(body, expression),
    execute: (statements) => execute(body, statements),
  };
  return body;
}

function bindParameters(body: Body, owner: FunctionDefinition | Lambda): void {
  owner.parameters.forEach((parameter, index) => {
    const result = nextValue(body.writer);
    const value = emitValue(body.writer, { op: "parameter", node: parameter, result, index });
    if (parameter.pattern !== undefined) assign(body, parameter.pattern, value);
    else bindName(body, parameter.name.id, value, parameter.name);
  });
}

function returnValue(body: Body, expression: Expression): void {
  const value = evaluate(body, expression);
  terminate(body.writer, { kind: "return", value, implicit: false, node: expression });
}
