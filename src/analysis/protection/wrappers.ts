// Values that were escaped or masked, and now are used as they are.

import { wordsOf } from "../../base/words.js";
import type { Call, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import type { Loss, Protection } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";
import { dominatedBy, inHead } from "./subject.js";
import { MASKING, SANITIZING, says } from "./words.js";

export function lostWrappers(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const losses: Loss[] = [];
  for (const [base, head] of change.rewritten) losses.push(...unwrapped(base, head, change, pool));
  for (const base of change.removed) {
    const loss = unassigned(base, change, pool);
    if (loss) losses.push(loss);
  }
  return losses;
}

/** `log(mask(x))` is `log(x)` now. */
function unwrapped(base: Leaf, head: Leaf, change: DefinitionChange, pool: Pool): readonly Loss[] {
  const losses: Loss[] = [];
  const still = new Map<string, number>();
  for (const call of callsOf(head)) {
    const name = lastNameOf(call.callee);
    still.set(name, (still.get(name) ?? 0) + 1);
  }
  for (const call of callsOf(base)) {
    const name = lastNameOf(call.callee);
    const protection = protectionOf(call, base);
    if (!protection) continue;
    const left = still.get(name) ?? 0;
    still.set(name, left - 1);
    if (left > 0 || pool.calledAsOften(name)) continue;
    if (!usesBare(call, base, head) || newWrapper(base, head) || rewrapped(call, base, head)) continue;
    if (pool.takesOver([name], change)) continue;
    losses.push(lossOf(protection, call, base, head, change));
  }
  return losses;
}

function lossOf(protection: Protection, call: Call, base: Leaf, head: Leaf, change: DefinitionChange): Loss {
  return {
    protection,
    how: "weakened",
    change,
    guard: { syntax: base.syntax, node: call },
    exposed: { syntax: head.syntax, node: head.range },
    exposedLeaf: head,
    did: protection === "masking" ? "masks the value" : "cleans the value",
    sure: "medium",
  };
}

const LOGS = /^(debug|info|warning|warn|error|exception|critical|log|msg|print|write)$/;

/** What the wrapping call does for its argument; undefined when it is no protection. */
function protectionOf(call: Call, leaf: Leaf): Protection | undefined {
  const name = lastNameOf(call.callee);
  if (call.arguments.length === 0) return undefined;
  const logged = callsOf(leaf).some((each) => each !== call && LOGS.test(lastNameOf(each.callee)));
  if (says(name, MASKING) || stripsSecret(name) || masksByText(call))
    return logged || (says(name, MASKING) && !says(name, SANITIZING)) ? "masking" : sanitizes(name);
  return sanitizes(name);
}

function sanitizes(name: string): Protection | undefined {
  if (/^(re_?escape|unescape|unquote)/.test(name)) return undefined;
  return says(name, SANITIZING) || NEUTRAL.test(name) ? "sanitizer" : undefined;
}

/** Library functions that take what is dangerous from a value. */
const NEUTRAL =
  /^(secure_filename|safe_join|escape_filter_chars|escape_dn_chars|format_html|strip_tags|html_escape|quote_plus|quote_name|quote_ident|conditional_escape|shlex_quote)$/;

function stripsSecret(name: string): boolean {
  const words = wordsOf(name);
  return (
    words.some((word) => /^(strip|remove|without|drop|hide|filter)$/.test(word)) &&
    words.some((word) => /^(passwords?|secrets?|credentials?|tokens?|auth)$/.test(word))
  );
}

/** `re.sub(pattern, "***", text)` */
function masksByText({ callee, arguments: list }: Call): boolean {
  if (!/^(sub|replace)$/.test(lastNameOf(callee))) return false;
  return list.some(
    ({ value }) => value.kind === "string" && /\*\*\*|x{4}|redacted|filtered|hidden/i.test(value.value),
  );
}

/** Stands the argument, or what names it, in `head` outside a wrapper? */
function usesBare(call: Call, base: Leaf, head: Leaf): boolean {
  const value = call.arguments[0]!.value;
  const wanted = normalText(base.syntax, value);
  const names = new Set<string>();
  const collect = (node: SyntaxNode): void => {
    const dotted = dottedName(node);
    if (dotted !== undefined) names.add(dotted);
  };
  collect(value);
  if (value.kind === "call") value.arguments.forEach((each) => void collect(each.value));
  if (value.kind === "call" && value.callee.kind === "attribute") collect(value.callee.object);
  return head.parts().some((part) => {
    const dotted = dottedName(part);
    if (dotted !== undefined && names.has(dotted)) return true;
    return part.end - part.start >= 3 && part.kind === value.kind && normalText(head.syntax, part) === wanted;
  });
}

/** Has `head` a cleaning or masking call that `base` has not? */
function newWrapper(base: Leaf, head: Leaf): boolean {
  const known = new Set(callsOf(base).map((call) => lastNameOf(call.callee)));
  return callsOf(head).some((call) => {
    const name = lastNameOf(call.callee);
    return !known.has(name) && protectionOf(call, head) !== undefined;
  });
}

/** Calls that change nothing but the type or the look of a value. */
const PLAIN =
  /^(str|repr|format|unicode|force_str|force_text|smart_str|encode|decode|join|mark_safe|Markup|lower|strip|_|gettext)$/;

/** Stands the argument in another new call now, at the place of the old one? */
function rewrapped(call: Call, base: Leaf, head: Leaf): boolean {
  const value = normalText(base.syntax, call.arguments[0]!.value);
  const known = new Set(callsOf(base).map((each) => lastNameOf(each.callee)));
  return callsOf(head).some((each) => {
    const name = lastNameOf(each.callee);
    const [first] = each.arguments;
    if (!first || known.has(name) || PLAIN.test(name)) return false;
    return normalText(head.syntax, first.value) === value;
  });
}

/** `y = clean(x)` is gone, and where `y` stood there is `x`; or it was `x = clean(x)`. */
function unassigned(base: Leaf, change: DefinitionChange, pool: Pool): Loss | undefined {
  const { node } = base;
  if (node.kind !== "assign" || node.value?.kind !== "call") return undefined;
  const call = node.value;
  const protection = protectionOf(call, base);
  const name = lastNameOf(call.callee);
  if (!protection || pool.calledAsOften(name)) return undefined;
  const target = dottedName(node.targets[0]!);
  const value = call.arguments[0] && dottedName(call.arguments[0].value);
  if (target === undefined || value === undefined) return undefined;
  const before = (leaf: Leaf) => leaf.parts().some((part) => dottedName(part) === target);
  for (const leaf of dominatedBy(base, change)) {
    const head = before(leaf) ? inHead(leaf, change) : undefined;
    const bare = head?.parts().some((part) => dottedName(part) === value);
    if (head && bare && !newWrapper(leaf, head))
      return { ...lossOf(protection, call, base, head, change), how: "removed" };
  }
  return undefined;
}
