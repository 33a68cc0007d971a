// `match`: the subject once, then case by case; what a pattern captures is written where it matched.
import type { Match, MatchCase, Pattern, SyntaxNode } from "../python/ast.js";
import {
  emitValue,
  jump,
  type Label,
  meetAt,
  newLabel,
  nextValue,
  place,
  terminate,
} from "./block-writer.js";
import type { Body } from "./body.js";
import { bindName } from "./build-assignment.js";
import { branchOn } from "./build-condition.js";
import type { Instruction, Value } from "./instruction.js";

export function executeMatch(body: Body, statement: Match): void {
  const writer = body.writer;
  const subject = body.evaluate(statement.subject);
  const after = newLabel(writer);
  for (const matchCase of statement.cases) {
    const unmatched = newLabel(writer);
    executeCase(body, matchCase, subject, unmatched);
    jump(writer, after);
    place(writer, unmatched);
  }
  meetAt(writer, after);
}

function executeCase(body: Body, matchCase: MatchCase, subject: Value, unmatched: Label): void {
  const writer = body.writer;
  const matched = newLabel(writer);
  const values = plainValues(matchCase.pattern);
  if (isIrrefutable(matchCase.pattern)) jump(writer, matched);
  else if (values !== undefined) compareWithAny(body, values, subject, matched, unmatched);
  else terminate(writer, { kind: "match", subject, matched, unmatched, node: matchCase });
  place(writer, matched);
  bindCaptures(body, matchCase.pattern, subject);
  if (matchCase.guard !== undefined) {
    const passed = newLabel(writer);
    branchOn(body, matchCase.guard, { label: passed }, { label: unmatched });
    place(writer, passed);
  }
  body.execute(matchCase.body);
}

/** Matches whatever the subject is: a capture or `_`. */
function isIrrefutable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "matchAs":
      return pattern.pattern === undefined || isIrrefutable(pattern.pattern);
    case "matchOr":
      return pattern.patterns.some(isIrrefutable);
    default:
      return false;
  }
}

type ValuePattern = Pattern & { readonly kind: "matchValue" };

/** `case "a" | "b"`: the patterns that are compared with `==`; undefined when there is more to it. */
function plainValues(pattern: Pattern): readonly ValuePattern[] | undefined {
  switch (pattern.kind) {
    case "matchValue":
      return [pattern];
    case "matchAs":
      return pattern.pattern === undefined ? undefined : plainValues(pattern.pattern);
    case "matchOr": {
      const values = pattern.patterns.filter((alternative) => alternative.kind === "matchValue");
      return values.length === pattern.patterns.length ? values : undefined;
    }
    default:
      return undefined;
  }
}

function compareWithAny(
  body: Body,
  patterns: readonly ValuePattern[],
  subject: Value,
  matched: Label,
  unmatched: Label,
): void {
  patterns.forEach((pattern, index) => {
    const right = body.evaluate(pattern.value);
    const condition = emitValue(body.writer, {
      op: "compare",
      node: pattern,
      result: nextValue(body.writer),
      operator: isSingleton(pattern) ? "is" : "==",
      left: subject,
      right,
    });
    const isLast = index === patterns.length - 1;
    const next = isLast ? unmatched : newLabel(body.writer);
    terminate(body.writer, {
      kind: "branch",
      condition,
      whenTrue: matched,
      whenFalse: next,
      node: pattern,
    });
    if (!isLast) place(body.writer, next);
  });
}

/** None, True and False are matched by identity. */
function isSingleton(pattern: ValuePattern): boolean {
  return pattern.value.kind === "constant" && pattern.value.value !== "...";
}

/** What each captured name may be: one value, or one for each alternative of an or-pattern. */
type Captures = Map<string, { readonly node: SyntaxNode; readonly values: Value[] }>;

function bindCaptures(body: Body, pattern: Pattern, subject: Value): void {
  if (!hasCapture(pattern)) return;
  const captures: Captures = new Map();
  capture(body, pattern, subject, captures);
  for (const [name, { node, values }] of captures) {
    const result = nextValue(body.writer);
    const value =
      values.length === 1
        ? values[0]!
        : emitValue(body.writer, { op: "choose", node, result, operands: values });
    bindName(body, name, value, node);
  }
}

function hasCapture(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "matchAs":
      return pattern.name !== undefined || (pattern.pattern !== undefined && hasCapture(pattern.pattern));
    case "matchStar":
      return pattern.name !== undefined;
    case "matchOr":
    case "matchSequence":
      return pattern.patterns.some(hasCapture);
    case "matchMapping":
      return pattern.rest !== undefined || pattern.entries.some((entry) => hasCapture(entry.pattern));
    case "matchClass":
      return pattern.positional.some(hasCapture) || pattern.keywords.some((it) => hasCapture(it.pattern));
    case "matchValue":
    case "unparsed":
      return false;
  }
}

/** Takes `source` apart as far as `pattern` captures something of it. */
function capture(body: Body, pattern: Pattern, source: Value, captures: Captures): void {
  if (!hasCapture(pattern)) return;
  switch (pattern.kind) {
    case "matchAs":
      if (pattern.pattern !== undefined) capture(body, pattern.pattern, source, captures);
      if (pattern.name !== undefined) addCapture(captures, pattern.name.id, pattern.name, source);
      return;
    case "matchStar":
      if (pattern.name !== undefined) addCapture(captures, pattern.name.id, pattern.name, source);
      return;
    case "matchOr":
      for (const alternative of pattern.patterns) capture(body, alternative, source, captures);
      return;
    case "matchSequence":
      captureElements(body, pattern.patterns, source, captures);
      return;
    case "matchMapping":
      captureEntries(body, pattern, source, captures);
      return;
    case "matchClass":
      captureAttributes(body, pattern, source, captures);
      return;
  }
}

function addCapture(captures: Captures, name: string, node: SyntaxNode, value: Value): void {
  const known = captures.get(name);
  if (known === undefined) captures.set(name, { node, values: [value] });
  else known.values.push(value);
}

function captureElements(body: Body, patterns: readonly Pattern[], source: Value, captures: Captures): void {
  const star = patterns.findIndex((pattern) => pattern.kind === "matchStar");
  patterns.forEach((pattern, index) => {
    if (!hasCapture(pattern)) return;
    const element = emitValue(body.writer, {
      op: "unpack",
      node: pattern,
      result: nextValue(body.writer),
      source,
      index: star !== -1 && index > star ? index - patterns.length : index,
      rest: index === star,
    });
    capture(body, pattern, element, captures);
  });
}

function captureEntries(
  body: Body,
  mapping: Pattern & { readonly kind: "matchMapping" },
  source: Value,
  captures: Captures,
): void {
  for (const { key, pattern } of mapping.entries) {
    if (!hasCapture(pattern)) continue;
    const index = body.evaluate(key);
    const result = nextValue(body.writer);
    const element: Instruction & { op: "element" } = {
      op: "element",
      node: pattern,
      result,
      object: source,
      index,
    };
    capture(body, pattern, emitValue(body.writer, element), captures);
  }
  if (mapping.rest === undefined) return;
  const node = mapping.rest;
  const result = nextValue(body.writer);
  const rest = emitValue(body.writer, { op: "compose", node, result, form: "dict", operands: [-1, source] });
  addCapture(captures, node.id, node, rest);
}

/** Classes whose one positional pattern is the subject itself. */
const SELF_MATCHING = new Set("bool bytearray bytes dict float frozenset int list set str tuple".split(" "));

function captureAttributes(
  body: Body,
  pattern: Pattern & { readonly kind: "matchClass" },
  source: Value,
  captures: Captures,
): void {
  const isSelf = pattern.class.kind === "name" && SELF_MATCHING.has(pattern.class.id);
  if (isSelf && pattern.positional.length === 1) capture(body, pattern.positional[0]!, source, captures);
  // Which attributes positional patterns mean, `__match_args__` says at run time: they are parts of the subject.
  else captureElements(body, pattern.positional, source, captures);
  for (const keyword of pattern.keywords) {
    if (!hasCapture(keyword.pattern)) continue;
    const member = emitValue(body.writer, {
      op: "member",
      node: keyword.pattern,
      result: nextValue(body.writer),
      object: source,
      name: keyword.name.id,
    });
    capture(body, keyword.pattern, member, captures);
  }
}
