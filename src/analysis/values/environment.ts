// The variables of a body at one point. Immutable: a change gives a new map, no change gives the same one.
import { type Abstract, join, NOTHING, UNKNOWN, withField } from "./value.js";

export type Environment = ReadonlyMap<string, Abstract>;

/** Behind a call that never returns: no path goes on from here. */
export const UNREACHABLE: Environment = new Map();

/** A variable, or something inside it: { variable: "self", keys: [".name", "[id]"] }. */
export interface Path {
  readonly variable: string;
  readonly keys: readonly string[];
}

const MAX_KEYS = 3;

/** One level deeper; undefined where paths end. */
export function pathBelow(path: Path | undefined, key: string): Path | undefined {
  return path && path.keys.length < MAX_KEYS
    ? { variable: path.variable, keys: [...path.keys, key] }
    : undefined;
}

export function joinEnvironments(left: Environment, right: Environment): Environment {
  if (left === right || right === UNREACHABLE) return left;
  if (left === UNREACHABLE) return right;
  let merged: Map<string, Abstract> | undefined;
  for (const [name, value] of right) {
    const existing = left.get(name);
    const joined = existing ? join(existing, value) : value;
    if (joined === existing) continue;
    merged ??= new Map(left);
    merged.set(name, joined);
  }
  return merged ?? left;
}

/** What is at `path`, as far as the environment says so itself; undefined where only an outer value speaks for it. */
export function readPath(environment: Environment, path: Path | undefined): Abstract | undefined {
  if (!path) return undefined;
  let value = environment.get(path.variable);
  for (const key of path.keys) value = value?.fields.get(key);
  return value;
}

export function writePath(environment: Environment, path: Path, value: Abstract): Environment {
  const [first, ...deeper] = path.keys;
  const before = environment.get(path.variable);
  const after = first === undefined ? value : writeBelow(before ?? UNKNOWN, first, deeper, value);
  if (after === before) return environment;
  return new Map(environment).set(path.variable, after);
}

function writeBelow(object: Abstract, key: string, deeper: readonly string[], value: Abstract): Abstract {
  const [next, ...rest] = deeper;
  const content =
    next === undefined ? value : writeBelow(object.fields.get(key) ?? NOTHING, next, rest, value);
  return key === "[*]"
    ? withField(object, key, join(object.fields.get(key) ?? NOTHING, content))
    : withField(object, key, content);
}
