// Values that were escaped or masked, and now are used as they are.

import { wordsOf } from "../../base/words.js";
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { GUARDING } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt, type Protection } from "./loss.js";
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
    if (protection === "sanitizer" && leavesText(call, base, head)) continue;
    if (pool.takesOver([name], change)) continue;
    losses.push(lossOf(protection, call, base, head, change));
  }
  return losses;
}

function lossOf(protection: Protection, call: Call, base: Leaf, head: Leaf, change: DefinitionChange): Loss {
  return lossAt("weakened", {
    protection,
    did: DID[protection] ?? "cleans the value",
    change,
    base,
    guard: call,
    head,
  });
}

const DID: Readonly<Partial<Record<Protection, string>>> = {
  masking: "masks the value",
  sanitizer: "cleans the value",
  authorization: "guards what it is given",
  limit: "bounds the value",
};

const LOGS = /^(debug|info|warning|warn|error|exception|critical|log|msg|print|write)$/;

/** Words of a call that cleans what is logged (`sanitized_log(log.info, line)`). */
const LOGGING = /^(log|logs|logged|logging|logger)$/;

/** What the wrapping call does for its argument; undefined when it is no protection. */
function protectionOf(call: Call, leaf: Leaf): Protection | undefined {
  const name = lastNameOf(call.callee);
  if (call.arguments.length === 0) return undefined;
  if (quotesPlaceholder(call)) return undefined;
  if (isViewGuard(call)) return "authorization";
  if (name === "min") return boundedBy(call) ? "limit" : undefined;
  if (takesOut(call)) return "sanitizer";
  // A constant needs no cleaning, unless it is the text that others are put into.
  const isConstant = call.arguments[0]!.value.kind === "string" && !masksByText(call);
  if (isConstant && !/^format_html/.test(name)) return undefined;
  const logged =
    says(name, LOGGING) || callsOf(leaf).some((each) => each !== call && LOGS.test(lastNameOf(each.callee)));
  if (says(name, MASKING) || stripsSecret(name) || masksByText(call))
    return logged || (says(name, MASKING) && !says(name, SANITIZING)) ? "masking" : sanitizes(name);
  return sanitizes(name);
}

/** `quote("%s")` is about the text into which a value is put later. */
function quotesPlaceholder({ arguments: [first] }: Call): boolean {
  return first?.value.kind === "string" && /^(%s|%\(\w+\)s|\?|:\w+|\{\w*\})$/.test(first.value.value);
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

/** `staff_member_required(views.export)`, as decorators are used in routes. */
function isViewGuard({ callee, arguments: list }: Call): boolean {
  const name = lastNameOf(callee);
  const [only, other] = list;
  if (
    !only ||
    other ||
    (only.value.kind !== "attribute" && only.value.kind !== "name" && only.value.kind !== "call")
  )
    return false;
  return GUARDING.test(name) || /(_required|_only|^csrf_protect)$/.test(name);
}

const SIZES =
  /^(limit|size|count|page|per|length|depth|max|width|height|results|rows|bytes|duration|seconds|timeout)$/;

/** `min(size, MOST)`: what is bounded; undefined for other uses of `min`. */
function boundedBy({ arguments: list }: Call): Expression | undefined {
  const [one, other] = list.map(({ value }) => value);
  if (!one || !other || list.length > 2) return undefined;
  const isLimit = (value: Expression) =>
    value.kind === "number" || /^_?[A-Z][A-Z\d_]+$/.test(lastNameOf(value));
  const bounded = isLimit(other) ? one : isLimit(one) ? other : undefined;
  return bounded?.kind === "name" && says(bounded.id, SIZES) ? bounded : undefined;
}

/** `text.replace("\n", "")`, `text.replace('"', '""')`, `name.replace("..", "")`: it takes out what has a meaning. */
function takesOut({ callee, arguments: [old, fresh] }: Call): boolean {
  if (lastNameOf(callee) !== "replace" || old?.value.kind !== "string" || fresh?.value.kind !== "string")
    return false;
  const [before, now] = [old.value.value, fresh.value.value];
  if (/^[\r\n\0]+$/.test(before)) return !/[\r\n\0]/.test(now);
  if (/^['"`]$/.test(before)) return now === before + before || now === `\\${before}` || /^&/.test(now);
  if (/^[<>&]$/.test(before)) return /^&\w+;$/.test(now);
  if (/^\\$/.test(before)) return now === "\\\\";
  return /^(\.\.|\.\.\/|\/\.\.)$/.test(before) && !now.includes("..");
}

/** What the call protects: its first argument, what it bounds or logs, or the object of a method. */
function protectedValue(call: Call): Expression {
  if (call.callee.kind === "attribute" && takesOut(call)) {
    const { object } = call.callee;
    return object.kind === "call" && takesOut(object) ? protectedValue(object) : object;
  }
  return boundedBy(call) ?? loggedBy(call) ?? call.arguments[0]!.value;
}

/** `line` of `sanitized_log(log.info, "received %r", line)` */
function loggedBy({ callee, arguments: list }: Call): Expression | undefined {
  const [logs] = list;
  const isHanded = logs?.value.kind === "attribute" && LOGS.test(lastNameOf(logs.value));
  return isHanded && says(lastNameOf(callee), LOGGING) ? list.at(-1)!.value : undefined;
}

/** The value was put into a text, and now stands beside it: in a list, a dictionary, or as an argument of its own. */
function leavesText(call: Call, base: Leaf, head: Leaf): boolean {
  const value = normalText(base.syntax, protectedValue(call));
  const isText = (part: SyntaxNode) =>
    part.kind === "formatted" ||
    (part.kind === "binary" && (part.operator === "+" || part.operator === "%")) ||
    (part.kind === "call" && /^(format|join)$/.test(lastNameOf(part.callee)));
  const isPart = (leaf: Leaf) =>
    leaf
      .parts()
      .some((part) => isText(part) && normalText(leaf.syntax, part).includes(value) && part.end > part.start);
  return isPart(base) && !isPart(head);
}

/** Stands the argument, or what names it, in `head` outside a wrapper? */
function usesBare(call: Call, base: Leaf, head: Leaf): boolean {
  const value = protectedValue(call);
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
  const value = normalText(base.syntax, protectedValue(call));
  const isKey = (part: SyntaxNode) =>
    part.kind === "subscript" &&
    normalText(head.syntax, part.index) === value &&
    CONSTANT.test(lastNameOf(part.object));
  if (head.parts().some(isKey)) return true;
  const known = new Set(callsOf(base).map((each) => lastNameOf(each.callee)));
  return callsOf(head).some((each) => {
    const name = lastNameOf(each.callee);
    if (known.has(name) || PLAIN.test(name)) return false;
    const given = name === "sub" ? each.arguments : each.arguments.slice(0, 1);
    return given.some((argument) => normalText(head.syntax, argument.value) === value);
  });
}

/** A table that is written once. */
const CONSTANT = /^_?[A-Z][A-Z\d_]+$/;

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
