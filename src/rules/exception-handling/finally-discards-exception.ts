// Leaving a `finally` by return, break or continue: the exception under way is gone.
import { attemptsIn } from "../../analysis/handlers/handlers.js";
import { code } from "../../base/markdown.js";
import type { Break, Continue, Return, Statement, SyntaxNode } from "../../python/ast.js";
import { forEachChild } from "../../python/children.js";
import { isBodyOwner } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

type Leaving = Return | Break | Continue;

export const finallyDiscardsException: Rule = {
  id: "finally-discards-exception",
  family: "exception-handling",
  cwe: "CWE-584",
  title: "Exception discarded in finally",
  docs: {
    what: "A `finally` block is left by `return`, `break` or `continue`.",
    why: "Leaving a `finally` this way ends the exception that was under way, whatever it was: a refused permission, a failed signature, an interrupt. The caller gets a result as if nothing had happened. Python 3.14 warns of it.",
    bad: `def transfer(account, amount):
    done = False
    try:
        account.check_limit(amount)
        account.book(amount)
        done = True
    finally:
        account.close()
        return done
`,
    good: `def transfer(account, amount):
    try:
        account.check_limit(amount)
        account.book(amount)
    finally:
        account.close()
    return True
`,
    decides:
      "It looks for the three statements inside `finally` blocks, `break` and `continue` only where they leave a loop around the `try`.",
    silent: "`break` and `continue` of a loop inside the `finally`; `return` of a function defined there.",
    relatives: {
      ruff: ["B012"],
      semgrep: ["suppressed-exception-handling-finally-break"],
      others: ["Pylint lost-exception", "Sonar S1143"],
    },
  },
  check: (context) =>
    productBodies(context).flatMap((body) =>
      attemptsIn(body).flatMap(({ statement }) =>
        leavingIn(statement.finalizer).map((leaving): Finding => {
          const text = textIn(body, leaving, 40);
          return {
            ruleId: "finally-discards-exception",
            message: `${code(text)} in this \`finally\` discards whatever exception is under way.`,
            help: `Move it behind the \`finally\`.`,
            where: body.name,
            severity: "medium",
            confidence: "high",
            evidence: [stepAt("sink", placeIn(body, leaving), "ends the exception that the `try` raised")],
            identity: [text, textIn(body, statement.body[0] ?? statement, 80)],
          };
        }),
      ),
    ),
};

/** The statements that leave `finalizer`. */
function leavingIn(finalizer: readonly Statement[]): readonly Leaving[] {
  const found: Leaving[] = [];
  const visit = (node: SyntaxNode, inLoop: boolean): void => {
    if (node.kind === "return" || (!inLoop && (node.kind === "break" || node.kind === "continue"))) {
      found.push(node);
    }
    if (isBodyOwner(node)) return;
    forEachChild(node, visit, inLoop || node.kind === "for" || node.kind === "while");
  };
  for (const statement of finalizer) visit(statement, false);
  return found;
}
