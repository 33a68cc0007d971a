// Tests on which a function lets something through: it refuses where they do not hold, or answers with them.
import type { Body } from "../../analysis/body.js";
import type { Expression, If, Statement, SyntaxNode } from "../../python/ast.js";
import { textIn } from "../handler-rule.js";

/** The `if` that `test` decides, and whether `test` has to hold for its body; undefined where it decides none. */
export interface Decision {
  readonly statement: If;
  readonly isNegated: boolean;
}

/** @param all every node of the body */
export function decisionOf(body: Body, test: Expression, all: readonly SyntaxNode[]): Decision | undefined {
  const statement = all.find(
    (node): node is If => node.kind === "if" && "body" in node && holds(node.test, test),
  );
  return statement && { statement, isNegated: /\bnot\b/.test(textIn(body, statement.test, 400)) };
}

/** Does a `return` answer with `test`? */
export function isAnswered(test: Expression, all: readonly SyntaxNode[]): boolean {
  return all.some((node) => node.kind === "return" && node.value !== undefined && holds(node.value, test));
}

const holds = (outer: SyntaxNode, inner: SyntaxNode) => outer.start <= inner.start && outer.end >= inner.end;

/** Do these statements raise, abort, or answer that it is not allowed? */
export function refuses(body: Body, statements: readonly Statement[]): boolean {
  return statements.some(
    (node) =>
      node.kind === "raise" ||
      /^(return False|abort\(|return .*(40[0134]|Forbidden|BadRequest|NotFound))/.test(
        textIn(body, node, 120),
      ),
  );
}

export function answersYes(body: Body, statements: readonly Statement[]): boolean {
  return statements.some((node) => node.kind === "return" && textIn(body, node) === "return True");
}
