// Folders that are recognised by the beginning of a path's text, which their neighbours can have as well.
import type { Body } from "../../analysis/body.js";
import { calledName } from "../../analysis/calls/callees.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { code } from "../../base/markdown.js";
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";
import { answersYes, decisionOf, isAnswered, refuses } from "./accepting-test.js";
import { endsWithoutSeparator } from "./bare-folder.js";

interface PartialCheck {
  readonly node: Expression;
  readonly path: Expression;
  readonly folder: Expression;
  /** Does the test hold for a path outside: `commonprefix([folder, path]) != folder`? */
  readonly isRefusal: boolean;
}

/** `realpath(path).startswith(realpath(folder))`, `commonprefix([folder, path]) == folder` */
function partialCheck(body: Body, node: SyntaxNode): PartialCheck | undefined {
  if (node.kind === "comparison") return prefixCheck(body, node);
  if (node.kind !== "call" || node.callee.kind !== "attribute" || node.callee.name.id !== "startswith")
    return undefined;
  const folder = node.arguments[0]?.value;
  if (!folder || node.arguments.length > 1 || !endsWithoutSeparator(body, folder)) return undefined;
  return { node, path: node.callee.object, folder, isRefusal: false };
}

/** The common prefix is one of characters, not of names. */
function prefixCheck(
  body: Body,
  node: Extract<Expression, { kind: "comparison" }>,
): PartialCheck | undefined {
  const [operator, more] = node.operators;
  if (more !== undefined || (operator !== "==" && operator !== "!=")) return undefined;
  const call = node.operands.find(
    (each): each is Call => each.kind === "call" && calledName(each) === "commonprefix",
  );
  const folder = node.operands.find((each) => each !== call);
  const paths = call?.arguments[0]?.value;
  if (!call || !folder || paths?.kind !== "display") return undefined;
  const text = textIn(body, folder);
  const path = paths.elements.find((each) => textIn(body, each) !== text);
  return path && endsWithoutSeparator(body, folder)
    ? { node, path, folder, isRefusal: operator === "!=" }
    : undefined;
}

const CHECKS =
  /(^|[._])_?(is|has|check|validate|verify|ensure|allow|permit|trust|may|can)\w*|safe|inside|within|contain|under|child|sub_?(path|dir)|allowed|valid/i;

function letsThrough(body: Body, { node, isRefusal }: PartialCheck, all: readonly SyntaxNode[]): boolean {
  if (isAnswered(node, all)) return CHECKS.test(body.name);
  const decision = decisionOf(body, node, all);
  if (!decision) return all.some((each) => each.kind === "assert" && each.test === node);
  const { statement, isNegated } = decision;
  const outside = isNegated !== isRefusal ? statement.body : statement.otherwise;
  if (refuses(body, outside)) return true;
  const inside = isNegated !== isRefusal ? statement.otherwise : statement.body;
  return answersYes(body, inside) && CHECKS.test(body.name);
}

function finding(body: Body, { node, path, folder }: PartialCheck): Finding {
  const text = textIn(body, node, 80);
  const shown = textIn(body, folder, 40);
  return {
    ruleId: "partial-path-check",
    message: `${code(text)} also holds for neighbours of the folder whose names begin with its name.`,
    help: "Compare with the separator at the end (`folder + os.sep`), by `os.path.commonpath`, or by `Path.is_relative_to`.",
    where: body.name,
    severity: "medium",
    confidence: "medium",
    evidence: [
      stepAt("guard", placeIn(body, folder), `${code(shown)} does not end with a separator`),
      stepAt("sink", placeIn(body, node), `${code(textIn(body, path, 40))} may be in a neighbour of it`),
    ],
    identity: [text],
  };
}

export const partialPathCheck: Rule = {
  id: "partial-path-check",
  family: "input-validation",
  cwe: "CWE-22",
  title: "Folder recognised by the beginning of a path",
  check: (context) =>
    productBodies(context).flatMap((body) => {
      if (body.kind !== "function") return [];
      const all = nodesIn(statementsOf(body));
      return all.flatMap((node) => {
        const check = partialCheck(body, node);
        return check && letsThrough(body, check, all) ? finding(body, check) : [];
      });
    }),
  docs: {
    what: "A path is let through because its text begins with that of a folder, and the text of the folder does not end with a separator.",
    why: "`/srv/shop-backup/keys` begins with `/srv/shop`. Whoever chooses the path (`../shop-backup/keys`) reaches every folder beside the allowed one whose name begins the same.",
    bad: `import os

ROOT = os.path.realpath("/srv/shop")


def read_page(name):
    path = os.path.realpath(os.path.join(ROOT, name))
    if not path.startswith(ROOT):
        raise ValueError(name)
    return open(path).read()
`,
    good: `import os

ROOT = os.path.realpath("/srv/shop")


def read_page(name):
    path = os.path.realpath(os.path.join(ROOT, name))
    if os.path.commonpath([ROOT, path]) != ROOT:
        raise ValueError(name)
    return open(path).read()
`,
    decides:
      "It looks for `startswith` and `commonprefix` where the other case refuses, or where a function that checks answers with them. The folder must be seen to have no separator at its end: it comes from `realpath`, `abspath`, `normpath`, `getcwd`, `dirname`, or is the text of a `Path`, in this function, in the module or in the fields of its class.",
    silent:
      'Folders with a separator (`ROOT + os.sep`, `os.path.join(ROOT, "")`); folders of unknown text; `commonpath` and `is_relative_to`; tests that refuse what begins so.',
  },
};
