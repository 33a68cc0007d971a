// Something that is no exception raised, caught or compared with one; and a handler that nothing ever reaches.
import type { Body } from "../../analysis/body.js";
import { type Caught, classesNamed } from "../../analysis/handlers/caught.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { isNoException, takes } from "../../analysis/handlers/hierarchy.js";
import { namedValue } from "../../analysis/names/named.js";
import { textOf } from "../../analysis/values/place.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Comparison, Expression, SyntaxNode, Try } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Confidence, Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

export const invalidException: Rule = {
  id: "invalid-exception",
  family: "exception-handling",
  cwe: "CWE-705",
  title: "Exception raised or caught wrongly",
  docs: {
    what: "Something that is no exception is raised or named by a handler (`raise NotImplemented`, `except A or B`), an exception is compared with its class, or a handler stands behind one that already takes its errors.",
    why: "Raising it ends in `TypeError`, which no handler for the intended error stops. Such a handler never runs, and the error that it was written for goes on to somebody who does not expect it.",
    bad: `def amount_of(form):
    try:
        return int(form["amount"])
    except KeyError or ValueError:
        return 0
`,
    good: `def amount_of(form):
    try:
        return int(form["amount"])
    except (KeyError, ValueError):
        return 0
`,
    decides:
      "It knows Python's own exceptions and resolves classes of the repository with everything above them.",
    silent:
      "Classes with a base that cannot be seen; names whose value is not known; classes of Python 2 without a base.",
    relatives: {
      codeql: ["py/useless-except", "py/illegal-raise", "py/unreachable-except", "py/raise-not-implemented"],
      ruff: ["F901", "B030", "B025", "PLE0711", "PLW0711", "PLW0133"],
      others: [
        "Pylint raising-bad-type, raising-non-exception, notimplemented-raised, bad-except-order, catching-non-exception, binary-op-exception",
      ],
    },
  },
  check: ({ world, ...context }) =>
    productBodies({ world, ...context }).flatMap((body) =>
      nodesIn(statementsOf(body)).flatMap((node) => wrongIn(world, body, node).map(finding(body))),
    ),
};

interface Wrong {
  readonly node: SyntaxNode;
  readonly what: string;
  readonly note: string;
  readonly help: string;
  readonly confidence: Confidence;
}

function wrongIn(world: World, body: Body, node: SyntaxNode): readonly Wrong[] {
  switch (node.kind) {
    case "raise":
      return node.exception ? raisedWrongly(world, body, node.exception) : [];
    case "try":
      return [...caughtWrongly(world, body, node), ...neverReached(world, body, node)];
    case "comparison":
      return comparedWrongly(world, body, node);
    default:
      return [];
  }
}

const LITERALS = new Set([
  "string",
  "formatted",
  "number",
  "constant",
  "dict",
  "comparison",
  "comprehension",
]);

function raisedWrongly(world: World, body: Body, exception: Expression): readonly Wrong[] {
  const named = exception.kind === "call" ? exception.callee : exception;
  const isPlaceholder = refersTo(world, body, named, "builtins.NotImplemented");
  if (!isPlaceholder && !isNone(world, body, exception)) return [];
  return [
    {
      node: exception,
      what: "is raised and is no exception",
      note: "raises `TypeError` instead",
      help: isPlaceholder ? "Raise `NotImplementedError`." : "Raise an exception.",
      confidence: isPlaceholder ? "low" : "medium",
    },
  ];
}

/** Is it surely no exception, class or object? */
function isNone(world: World, body: Body, expression: Expression): boolean {
  if (LITERALS.has(expression.kind)) return true;
  if (expression.kind === "display") return expression.form !== "tuple";
  const named = expression.kind === "call" ? expression.callee : expression;
  if (named.kind !== "name" && named.kind !== "attribute") return false;
  const { refs } = namedValue(world, body, named);
  return refs.length > 0 && refs.every((ref) => ref.kind === "class" && isNoException(world, ref.body));
}

function refersTo(world: World, body: Body, expression: Expression, symbol: string): boolean {
  if (expression.kind !== "name" && expression.kind !== "attribute") return false;
  return namedValue(world, body, expression).refs.some((ref) => ref.kind === "symbol" && ref.name === symbol);
}

function caughtWrongly(world: World, body: Body, { handlers }: Try): readonly Wrong[] {
  return handlers.flatMap(({ type }): readonly Wrong[] => {
    if (type?.kind === "boolean") {
      const taken = type.operator === "or" ? type.operands[0] : type.operands.at(-1);
      return [
        {
          node: type,
          what: `takes ${code(textIn(body, taken ?? type, 30))} alone`,
          note: "is one class, not several",
          help: "Write the classes as a tuple.",
          confidence: "medium",
        },
      ];
    }
    const types = type?.kind === "display" ? type.elements : type ? [type] : [];
    return types
      .filter((each) => each.kind !== "call" && each.kind !== "display" && isNone(world, body, each))
      .map((node) => ({
        node,
        what: "is no exception: this handler never runs for it",
        note: "raises `TypeError` when an error comes this far",
        help: "Name the exception that is meant.",
        confidence: "medium",
      }));
  });
}

/** Handlers, all of whose classes an earlier handler of the same `try` takes. */
function neverReached(world: World, body: Body, { handlers }: Try): readonly Wrong[] {
  const before: Caught["classes"][number][] = [];
  const found: Wrong[] = [];
  for (const { type } of handlers) {
    if (!type) continue;
    const types = type.kind === "display" ? type.elements : [type];
    const own = types.map((each) => classesNamed(world, body, each));
    const isTaken = own.every(
      (each) => each.length > 0 && each.every(isKnown) && each.every(isTakenBy(before)),
    );
    if (isTaken && before.length > 0) {
      found.push({
        node: type,
        what: "is never caught here: a handler before it takes it",
        note: "is taken by a handler before",
        help: "Move this handler in front of the wider one.",
        confidence: "medium",
      });
    }
    // A name that may mean several classes takes none of them for sure.
    for (const each of own) if (each.length === 1 && each.every(isKnown)) before.push(...each);
  }
  return found;
}

/** A class that is told by more than its last word. */
const isKnown = ([name]: Caught["classes"][number]): boolean => name.includes(".");

const isTakenBy = (before: Caught["classes"]) => (later: Caught["classes"][number]) =>
  before.some((earlier) => takes(earlier, later));

/** `error == KeyError`: an object is never its class. */
function comparedWrongly(world: World, body: Body, comparison: Comparison): readonly Wrong[] {
  const [left, right] = comparison.operands;
  const [operator] = comparison.operators;
  if (left?.kind !== "name" || !right || comparison.operands.length > 2) return [];
  if (!operator || !/^(==|!=|is|is not|in|not in)$/.test(operator)) return [];
  if (!isHandled(body, left.id, comparison)) return [];
  const several = right.kind === "display" ? right.elements : [right];
  if (/in$/.test(operator) !== (right.kind === "display")) return [];
  const named = several.filter((each) => each.kind === "name" || each.kind === "attribute");
  if (named.length < several.length || !named.every((each) => isExceptionClass(world, body, each))) return [];
  return [
    {
      node: comparison,
      what: "compares an exception with its class and is always the same",
      note: "is never equal",
      help: "Ask with `isinstance`.",
      confidence: "medium",
    },
  ];
}

/** Is `name` at `node` what the handler around it caught? */
function isHandled(body: Body, name: string, node: SyntaxNode): boolean {
  return nodesIn(statementsOf(body)).some(
    (each) =>
      each.kind === "except" &&
      each.name?.id === name &&
      each.start <= node.start &&
      node.end <= each.end &&
      !nodesIn(each.body).some(
        (inner) =>
          inner.kind === "assign" && inner.targets.some((it) => it.kind === "name" && it.id === name),
      ),
  );
}

function isExceptionClass(world: World, body: Body, expression: Expression): boolean {
  const { refs } = namedValue(world, body, expression);
  return (
    refs.length > 0 &&
    refs.every((ref) => {
      if (ref.kind === "class") return !isNoException(world, ref.body);
      return ref.kind === "symbol" && /^(builtins|exceptions)\.\w*(Error|Exception)$/.test(ref.name);
    })
  );
}

function finding(body: Body): (wrong: Wrong) => Finding {
  return ({ node, what, note, help, confidence }) => {
    const place = placeIn(body, node);
    const text = textOf(place, 50);
    return {
      ruleId: "invalid-exception",
      message: `${code(text)} ${what}.`,
      help,
      where: body.name,
      severity: "low",
      confidence,
      evidence: [stepAt("sink", place, note)],
      identity: [text, what],
    };
  };
}
