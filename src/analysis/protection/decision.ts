// Functions that decide who may do something, and which of their ways let pass.
import { lastPart, wordsOf } from "../../base/words.js";
import type { Expression, Statement } from "../../python/ast.js";
import type { Definition } from "./definition.js";

/** Does the function's name say that it decides who may do something: `is_edit_ok`, `check_login`, `authenticate`? */
export function isDecision({ node, name }: Definition): boolean {
  if (node?.kind !== "function") return false;
  const last = lastPart(name);
  if (WHOLE.test(last)) return true;
  const words = wordsOf(last);
  const [first] = words;
  if (first === undefined || words.length < 2) return false;
  if (/^(can|may)$/.test(first)) return true;
  if (/^(permission|permissions|allowed|authorized|authorised|permitted)$/.test(words.at(-1)!)) return true;
  return ASKS.test(first) && words.some((word) => WHO.test(word));
}

const WHOLE =
  /^_*(login|do_login|log_in|authenticate\w*|authorize\w*|authorise\w*|has_perms?|has_permission\w*|check_perms?|check_permission\w*|verify_(token|signature|password)|check_password|validate_token|test_func|allowed)$/;
const ASKS = /^(is|has|check|verify|validate|require|ensure|enforce|assert|allow|permit|test)$/;
const WHO =
  /^(auth|authn|authz|authenticated|authorized|authorised|authorization|permission|permissions|perms?|access|login|admin|superuser|staff|owner|ownership|role|roles|acl|acls|rbac|csrf|xsrf|ok|permitted|credentials|member|membership|identity|scope|scopes)$/;

/**
 * Does `block` of the decision `around` end by letting pass: `return True`, `return 1`, `return token`? A function that
 * falls off its end, or ends with `return None`, lets pass there, and what it answers before is a refusal.
 */
export function grants(block: readonly Statement[], around: Definition): boolean {
  if (answersOnlyRefusals(around)) return returnsTrue(block);
  const last = block.at(-1);
  return last?.kind === "return" && last.value !== undefined && !isRefusing(last.value);
}

function answersOnlyRefusals({ leaves }: Definition): boolean {
  const last = leaves.findLast(({ owners }) => owners.length === 0)?.node;
  if (last?.kind !== "return") return last?.kind === "expression";
  return last.value === undefined || (last.value.kind === "constant" && last.value.value === null);
}

/** Does `block` end with `return True` or `return 1`? */
export function returnsTrue(block: readonly Statement[]): boolean {
  const last = block.at(-1);
  const value = last?.kind === "return" ? last.value : undefined;
  return (value?.kind === "constant" || value?.kind === "number") && !isRefusing(value);
}

/** None, False, 0, an empty text or collection, or what names a refusal. */
function isRefusing(value: Expression): boolean {
  switch (value.kind) {
    case "constant":
      return value.value !== true;
    case "number":
      return /^[0-]/.test(value.text);
    case "string":
      return value.value === "";
    case "display":
      return value.elements.every(isRefusing);
    case "dict":
      return value.entries.every((entry) => isRefusing(entry.value));
    case "call":
      return /(error|denied|forbidden|unauthori[sz]ed|fail\w*|redirect|bad_?request|abort|response|challenge)$/i.test(
        nameOf(value.callee),
      );
    default:
      return false;
  }
}

function nameOf(callee: Expression): string {
  if (callee.kind === "attribute") return callee.name.id;
  return callee.kind === "name" ? callee.id : "";
}
