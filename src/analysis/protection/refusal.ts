// How a branch refuses: what it raises, answers or skips.
import type { Expression, Raise, Statement, SyntaxNode } from "../../python/ast.js";
import { forEachChild } from "../../python/children.js";
import { lastNameOf } from "./pool.js";
import { says } from "./words.js";

export interface Refusal {
  readonly form: "raise" | "abort" | "return" | "skip";
  /** Is it about who asks: 401, 403, PermissionDenied? */
  readonly isForbidden: boolean;
  /** The exception's or function's name; "" if there is none. */
  readonly name: string;
}

/** How `block` ends, if it always leaves what stands around it. */
export function refusalOf(block: readonly Statement[]): Refusal | undefined {
  const last = block.at(-1);
  if (!last) return undefined;
  const isForbidden = block.some((each) =>
    each.kind === "raise" ? refusesWhoAsks(each) : saysForbidden(each),
  );
  switch (last.kind) {
    case "raise":
      return { form: "raise", isForbidden, name: last.exception ? lastNameOf(last.exception) : "" };
    case "assert":
      return isFalse(last.test) ? { form: "raise", isForbidden, name: "AssertionError" } : undefined;
    case "return":
      return { form: "return", isForbidden, name: "" };
    case "continue":
    case "break":
      return { form: "skip", isForbidden, name: "" };
    case "expression": {
      const name = lastNameOf(last.value);
      return ABORTS.test(name) ? { form: "abort", isForbidden, name } : undefined;
    }
    default:
      return undefined;
  }
}

const ABORTS = /^(abort|exit|_exit|fail|permission_denied|send_error|http_error|_?access_denied|forbidden)$/;

const FORBIDDEN =
  /^(permissions?|denied|forbidden|unauthori[sz]ed|authori[sz]ed|authori[sz]ation|authentication|unauthenticated|csrf|privileges?)$/;

/** `raise PermissionDenied`, `raise AuthError`, `raise HTTPError(403)`. */
export function refusesWhoAsks(statement: Raise): boolean {
  const { exception } = statement;
  return saysForbidden(statement) || (exception !== undefined && /Auth[A-Z_]/.test(lastNameOf(exception)));
}

/** `assert False`, `assert 0` */
function isFalse(test: Expression): boolean {
  return (test.kind === "constant" && test.value === false) || (test.kind === "number" && test.text === "0");
}

/** Of HTTP, and what closes a WebSocket for the same reason. */
const REFUSING_CODES = new Set(["401", "403", "1008", "4401", "4403"]);

function saysForbidden(statement: Statement): boolean {
  let found = false;
  const visit = (node: SyntaxNode): void => {
    if (node.kind === "number" && REFUSING_CODES.has(node.text)) found = true;
    else if (node.kind === "name" && says(node.id, FORBIDDEN)) found = true;
    else if (!found) forEachChild(node, visit, undefined);
  };
  if (statement.kind === "raise" || statement.kind === "return" || statement.kind === "expression")
    visit(statement);
  return found;
}

export type Strength = "words" | "bounds" | "weak" | "none";

/**
 * How much the test of a refusal says about a value: words such as `is_safe`, a limit or a list, or only whether it is
 * there and of which type. `none` is about the environment.
 */
export function strengthOf(test: Expression, words: RegExp): Strength {
  let strength: Strength = "weak";
  const visit = (node: SyntaxNode): void => {
    if (strength === "none") return;
    if (node.kind === "name" && ENVIRONMENT.test(node.id)) strength = "none";
    else if ((node.kind === "name" || node.kind === "attribute") && says(lastNameOf(node), words))
      strength = "words";
    else if (strength === "weak" && isBound(node)) strength = "bounds";
    forEachChild(node, visit, undefined);
  };
  visit(test);
  return strength;
}

const ENVIRONMENT =
  /^(version_info|platform|PY2|PY3|__name__|TYPE_CHECKING|DEBUG|version|hexversion|six|settings|hasattr|sys)$/;

const TESTING =
  /^(dirname|commonpath|commonprefix|realpath|abspath|normpath|relpath|match|fullmatch|search|startswith|endswith|isalnum|isdigit|isdecimal|isidentifier|is_relative_to|len)$/;

/** What an address or path is split into to be compared. */
const PARTS = /^(hostname|netloc|scheme)$/;

function isTypeQuestion(node: SyntaxNode): boolean {
  return node.kind === "call" && /^(type|isinstance)$/.test(lastNameOf(node.callee));
}

/** A comparison with a limit or a list, or a test of a text's shape. */
function isBound(node: SyntaxNode): boolean {
  if (node.kind === "call") return TESTING.test(lastNameOf(node.callee));
  if (node.kind === "attribute") return PARTS.test(node.name.id);
  if (node.kind !== "comparison" || node.operands.some(isTypeQuestion)) return false;
  const [left, right] = [node.operands[0]!, node.operands.at(-1)!];
  return node.operators.some((operator) => {
    if (operator === "in" || operator === "not in") {
      return (
        left.kind === "string" || right.kind === "display" || /^_?[A-Z][A-Z0-9_]+$/.test(lastNameOf(right))
      );
    }
    return /^[<>]=?$/.test(operator);
  });
}
