// Assignments in modules and classes of settings that are wrong with some values: `DEBUG = True`.
import type { SettingModel } from "../../models/model.js";
import type { Assign, Expression } from "../../python/ast.js";
import type { Body } from "../body.js";
import type { Constant } from "../values/value.js";
import type { Misuse } from "./misuse.js";

const SETTINGS_FILE = /(^|\/)((\w+_)?settings(_\w+)?|config|default_?config|conf)(\/[\w/]+)?\.py$/i;
const SETTINGS_CLASS = /(config|settings|configuration)$/i;
/** What is meant for one's own machine. */
const DEVELOPMENT = /dev|local|test|debug|sandbox|demo|example|sample|docker|ci(?![a-z])|playground|stub/i;

/** The wrong settings that `body` itself sets, once and without a condition. */
export function settingMisuses(body: Body, settings: ReadonlyMap<string, SettingModel>): readonly Misuse[] {
  if (!holdsSettings(body)) return [];
  const assigned = assignments(body);
  return assigned.flatMap((statement): readonly Misuse[] => {
    const [target] = statement.targets;
    const { value } = statement;
    if (target?.kind !== "name" || !value) return [];
    const model = settings.get(target.id);
    const constant = constantOf(value);
    if (!model || constant === undefined || !model.is.includes(constant)) return [];
    const isLast = assigned.findLast(({ targets }) => nameOf(targets[0]) === target.id) === statement;
    if (!isLast || isDecidedLater(body, target.id, statement.end)) return [];
    const { syntax } = body.module;
    const option = { keyword: target.id, value: { syntax, node: value } };
    return [{ kind: model.misuse, call: { syntax, node: statement }, option, body }];
  });
}

function holdsSettings(body: Body): body is Exclude<Body, { kind: "function" }> {
  if (body.kind === "function") return false;
  const { path } = body.module;
  if (DEVELOPMENT.test(path) || DEVELOPMENT.test(body.name)) return false;
  return body.kind === "module" ? SETTINGS_FILE.test(path) : SETTINGS_CLASS.test(body.name);
}

function assignments({ definition }: Exclude<Body, { kind: "function" }>): readonly Assign[] {
  return definition.body.filter((statement): statement is Assign => statement.kind === "assign");
}

/** Set again under a condition, or taken from other settings that are read below. */
function isDecidedLater({ module: { syntax } }: Body, name: string, from: number): boolean {
  const later = syntax.text.slice(from);
  return (
    new RegExp(`^[ \\t]+(globals\\(\\)\\[["'])?${name}\\b["'\\]]*\\s*=`, "m").test(later) ||
    /^\s*(from\s+[\w.]*\s+import\s+\*|env\.read|exec\(|execfile\()/m.test(later)
  );
}

function nameOf(target: Expression | undefined): string | undefined {
  return target?.kind === "name" ? target.id : undefined;
}

function constantOf(value: Expression): Constant | undefined {
  if (value.kind === "string") return value.value;
  return value.kind === "constant" && value.value !== "..." ? value.value : undefined;
}
