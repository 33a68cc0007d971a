// What tests of a path prove: that it lies inside a folder, or that no part of it leads out of one.
//
//   os.path.commonpath([root, path]) == root      root in path.parents       os.path.dirname(path) == root
//   ".." in name                                  os.path.relpath(path, root).startswith("..")       come out false
import type { Instruction, Value } from "../../flow/instruction.js";
import { type KindSet, kindSet } from "../../models/kinds.js";
import type { Frame } from "../frame.js";
import { isTainted } from "../values/read.js";
import { allTaints, constantIn } from "../values/value.js";
import { onlyValueOf } from "../values/written.js";

export const PATH: KindSet = kindSet(["path"]);

type Compare = Extract<Instruction, { op: "compare" }>;
type Call = Extract<Instruction, { op: "call" }>;

/** The values that are harmless paths where the comparison came out as `truth`; of texts, those they are parts of too. */
export function containedByComparison(
  frame: Frame,
  { operator, left, right }: Compare,
  truth: boolean,
): readonly Value[] {
  switch (operator) {
    case "==":
    case "!=":
      if (truth !== (operator === "==")) return [];
      return [...equalTo(frame, left, right), ...equalTo(frame, right, left)];
    case "in":
      return truth ? belowFolder(frame, left, right) : withoutPart(frame, left, right);
    case "not in":
      return truth ? withoutPart(frame, left, right) : belowFolder(frame, left, right);
    default:
      return [];
  }
}

/** The same where `call` came out as `truth`. */
export function containedByCall(frame: Frame, call: Call, truth: boolean): readonly Value[] {
  const callee = frame.cfg.definitions[call.callee];
  const [first] = call.arguments;
  if (truth || callee?.op !== "member" || callee.name !== "startswith" || !first) return [];
  // `os.path.relpath(path, root).startswith("..")`
  const relative = kept(frame, callee.object);
  const [path] = relative && isCallOf(frame, relative, RELATIVE) ? relative.arguments : [];
  return path && leadsOut(frame, first.value) ? formsOf(frame, path.value) : [];
}

const COMMON = /^os\.path\.common(path|prefix)$/;
const RELATIVE = /^os\.path\.relpath$/;

/** `commonpath([root, path]) == root`, `dirname(path) == ROOT`, `basename(name) == name` */
function equalTo(frame: Frame, tested: Value, other: Value): readonly Value[] {
  const call = kept(frame, tested);
  if (!call) return [];
  if (isCallOf(frame, call, COMMON)) {
    const list = call.arguments[0] && frame.cfg.definitions[call.arguments[0].value];
    if (list?.op !== "compose") return [];
    return list.operands
      .filter((each) => each >= 0 && isNormal(frame, each))
      .flatMap((each) => formsOf(frame, each));
  }
  if (!isForm(frame, call)) return [];
  const forms = formsOf(frame, tested);
  return !isTainted(frame.values[other]!) || forms.some((form) => isSame(frame, form, other)) ? forms : [];
}

/** `root in path.parents` */
function belowFolder(frame: Frame, folder: Value, folders: Value): readonly Value[] {
  const definition = frame.cfg.definitions[folders];
  if (definition?.op !== "member" || definition.name !== "parents") return [];
  if (isTainted(frame.values[folder]!) || !isNormal(frame, definition.object)) return [];
  return formsOf(frame, definition.object);
}

/** `".." in name`, `os.sep in name` came out false. */
function withoutPart(frame: Frame, part: Value, text: Value): readonly Value[] {
  return leadsOut(frame, part) ? formsOf(frame, text) : [];
}

/** A text without which no path leads out of its folder: `..`, or any separator. */
function leadsOut(frame: Frame, part: Value): boolean {
  const value = frame.values[part]!;
  const text = constantIn(value);
  if (typeof text === "string") return /^(\.\.[/\\]?|[/\\]\.\.[/\\]?|\/)$/.test(text);
  if (value.refs.some((ref) => ref.kind === "symbol" && /^os\.(path\.)?(sep|pardir)$/.test(ref.name)))
    return true;
  const definition = frame.cfg.definitions[part];
  return (
    definition?.op === "compose" && definition.operands.some((each) => each >= 0 && leadsOut(frame, each))
  );
}

/** Has every taint of it gone through the one normal form of paths? */
function isNormal(frame: Frame, value: Value): boolean {
  return allTaints(frame.values[value]!).every(({ normal }) => (normal & PATH) === PATH);
}

const FORM =
  /^(os\.path\.(abspath|realpath|normpath|normcase|expanduser|dirname|basename|split)|os\.fspath|builtins\.(str|list|set|tuple)|pathlib\.(Pure)?(Posix|Windows)?Path)$/;
const FORM_METHODS =
  /^(resolve|absolute|expanduser|as_posix|split|lower|strip|lstrip|rstrip|casefold|joinpath|normalize|decode|encode)$/;
const FORM_MEMBERS = /^(parts|parent|parents|name)$/;

/**
 * `value`, and what it is another form of, or a part: `path` of `os.path.realpath(path)`, `name` of
 * `Path(name).parts`. Variables are looked through that are written once.
 */
export function formsOf(frame: Frame, value: Value): readonly Value[] {
  const forms: Value[] = [];
  for (let next: Value | undefined = value; next !== undefined && forms.length < MOST_FORMS; ) {
    forms.push(next);
    next = formedFrom(frame, next);
  }
  return forms;
}

const MOST_FORMS = 8;

function formedFrom(frame: Frame, value: Value): Value | undefined {
  const definition = frame.cfg.definitions[value];
  switch (definition?.op) {
    case "read":
      return onlyValueOf(frame, value);
    case "member":
      return FORM_MEMBERS.test(definition.name) ? definition.object : undefined;
    case "call": {
      const callee = frame.cfg.definitions[definition.callee];
      if (isForm(frame, definition)) return definition.arguments[0]?.value;
      return callee?.op === "member" && FORM_METHODS.test(callee.name) ? callee.object : undefined;
    }
    default:
      return undefined;
  }
}

/** The call that made `value`, also where it was kept in a variable. */
function kept(frame: Frame, value: Value): Call | undefined {
  const definition = frame.cfg.definitions[onlyValueOf(frame, value) ?? value];
  return definition?.op === "call" ? definition : undefined;
}

function isCallOf(frame: Frame, { callee }: Call, name: RegExp): boolean {
  return frame.values[callee]!.refs.some((ref) => ref.kind === "symbol" && name.test(ref.name));
}

function isForm(frame: Frame, call: Call): boolean {
  return isCallOf(frame, call, FORM);
}

function isSame(frame: Frame, one: Value, other: Value): boolean {
  const [a, b] = [frame.cfg.definitions[one], frame.cfg.definitions[other]];
  return a?.op === "read" && b?.op === "read" && a.variable.name === b.variable.name;
}
