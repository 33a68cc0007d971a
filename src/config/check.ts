// A written value to a configuration: what is wrong is named with its line and left out, and the rest counts.
import type { z } from "zod";
import type { Catalogue } from "../models/catalogue.js";
import type { Configuration, ConfigurationProblem } from "./configuration.js";
import { type KeyPath, type Located, pathKey } from "./located.js";
import { configurationSchema, toConfiguration, type Written } from "./schema.js";

/** What there is to be configured. */
export interface Configurable {
  readonly ruleIds: readonly string[];
  /** Of the built-in models. */
  readonly catalogue: Catalogue;
}

interface Checked {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

/** Each round leaves something out that is wrong; no file that is worth reading needs as many. */
const MAX_ROUNDS = 100;

/** @param inherited what counts where the file says nothing */
export function checked(
  path: string,
  { value, lineOf }: Located,
  { ruleIds, catalogue }: Configurable,
  inherited: Configuration,
): Checked {
  const schema = configurationSchema(ruleIds);
  const problems: ConfigurationProblem[] = [];
  const named = new Set<string>();
  const name = (faults: readonly Fault[]) => {
    for (const fault of faults) {
      // What had to be left out, and without which the mapping around it is worth nothing, is named once.
      if (named.has(pathKey(fault.path))) continue;
      named.add(pathKey(fault.path));
      problems.push({ path, line: lineOf(fault.path), what: fault.what });
    }
  };
  let rest: unknown = value;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const parsed = schema.safeParse(rest);
    const faults = parsed.success
      ? lostAliases(parsed.data, catalogue)
      : parsed.error.issues.flatMap((issue) => faultsOf(issue));
    name(faults);
    if (parsed.success && faults.length === 0)
      return { configuration: toConfiguration(parsed.data, inherited), problems: problems.sort(byLine) };
    const parts = faults.map((fault) => faultyPart(rest, fault.path));
    rest = parts.reduce<unknown>(without, rest);
    if (rest === undefined) break;
  }
  return { configuration: inherited, problems: problems.sort(byLine) };
}

const byLine = (a: ConfigurationProblem, b: ConfigurationProblem) => a.line - b.line;

interface Fault {
  readonly path: KeyPath;
  readonly what: string;
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue): readonly Fault[] {
  const path = issue.path as KeyPath;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], what: `unknown key ${nameOf([...path, key])}` }));
  if (issue.code === "invalid_key") return [{ path, what: `${nameOf(path)} is not known` }];
  if (issue.code === "invalid_union") {
    const inner = issue.errors.flat().filter((each) => each.path.length > 0);
    // A mapping that is almost right: what is wrong inside it says more than what else there could be.
    const [first] = inner;
    if (first) return faultsOf({ ...first, path: [...issue.path, ...first.path] });
  }
  return [{ path, what: `${nameOf(path)} ${demand(issue)}` }];
}

function demand(issue: Issue): string {
  if (issue.code === "invalid_type") return `must be ${KINDS[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value")
    return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
  if (issue.code === "too_small") return `must be at least ${issue.minimum}`;
  return issue.message.startsWith("must be") ? issue.message : `is not valid: ${issue.message}`;
}

const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  object: "a mapping",
  record: "a mapping",
  string: "text",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
};

function nameOf(path: KeyPath): string {
  return path.length === 0 ? "the configuration" : `"${path.join(".")}"`;
}

/** Aliases of names that neither the file nor a built-in model knows. */
function lostAliases({ models = {} }: Written, catalogue: Catalogue): readonly Fault[] {
  return Object.entries(models).flatMap(([name, { alias }]) => {
    if (alias === undefined || models[alias] || catalogue.symbol(alias)) return [];
    return [{ path: ["models", name], what: `"models.${name}" is an alias of ${alias}, which has no model` }];
  });
}

/**
 * What has to go because of a fault at `path`: that part or, where it is missing or an element of a list, what holds it,
 * because a list without one of its elements is another list.
 */
function faultyPart(whole: unknown, path: KeyPath): KeyPath {
  let part = path;
  while (part.length > 0 && (!has(whole, part) || Array.isArray(at(whole, part.slice(0, -1)))))
    part = part.slice(0, -1);
  return part;
}

function at(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((holder, key) => (isHolder(holder) ? holder[key] : undefined), value);
}

function has(value: unknown, path: KeyPath): boolean {
  const holder = at(value, path.slice(0, -1));
  return isHolder(holder) && Object.hasOwn(holder, path.at(-1)!);
}

/** The same value without the part at `path`, if it has one; undefined without itself. */
function without(value: unknown, path: KeyPath): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (!isHolder(value) || !Object.hasOwn(value, key)) return value;
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? without(each, rest) : each));
  const entries = Object.entries(value).flatMap(([name, each]) => {
    if (name !== String(key)) return [[name, each]];
    return rest.length === 0 ? [] : [[name, without(each, rest)]];
  });
  return Object.fromEntries(entries);
}

function isHolder(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === "object" && value !== null;
}
