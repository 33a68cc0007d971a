// What a value may be and what it may carry: the domain of the abstract interpreter. Immutable throughout.
import type { CallArgument } from "../../flow/instruction.js";
import { type KindSet, NO_KINDS, type SourceKind } from "../../models/kinds.js";
import type { ClassBody, FunctionBody, ModuleBody } from "../body.js";
import type { Place } from "./place.js";

/** How untrusted data got here: a list that grows at its head, newest first. */
export interface Trail {
  readonly place: Place;
  readonly role: "source" | "flow" | "call";
  readonly note: string;
  /** Here it became a part of something larger that the program writes: a statement, a command, a path. */
  readonly mixes?: boolean;
  /** Here text was parsed: from now on it may be an object with keys of its own. */
  readonly parses?: boolean;
  readonly earlier: Trail | undefined;
  readonly length: number;
}

/** Where taint begins. `key` identifies it within one program. */
export type Origin =
  | {
      readonly kind: "source";
      readonly source: SourceKind;
      /** The expression as the user wrote it, for messages and identity. */
      readonly text: string;
      readonly key: string;
    }
  /**
   * Whatever the caller passes for parameter `index`, or holds inside it; replaced by the argument's own taint in the
   * caller.
   */
  | {
      readonly kind: "parameter";
      readonly index: number;
      /** The keys of the fields inside the argument, outermost first; none for the whole. */
      readonly path: readonly string[];
      readonly key: string;
      /** The enclosing function whose parameter it is; absent where it is one of the body under interpretation. */
      readonly of?: FunctionBody;
    };

export interface Taint {
  readonly origin: Origin;
  /** Sink kinds for which this data has been made or proved harmless. */
  readonly clean: KindSet;
  /** It went through a call that nothing is known of: it is in there only if that call passes on what it is given. */
  readonly uncertain: boolean;
  /** Sink kinds for which it is in the one normal form, so that a test of its beginning proves something. */
  readonly normal: KindSet;
  readonly trail: Trail;
}

/** Taint that begins at `place`: nothing is proved of it yet. `note` says in Markdown why it is there. */
export function beginningTaint(origin: Origin, place: Place, note: string): Taint {
  const trail = { place, role: "source", note, earlier: undefined, length: 1 } as const;
  return { origin, clean: NO_KINDS, uncertain: false, normal: NO_KINDS, trail };
}

/** A constant of the program. Numbers only where JavaScript holds them exactly. */
export type Constant = string | number | boolean | null;

/** What a value may refer to. */
export type Ref =
  /** A symbol of a library: module, function, class or object, by dotted name; of a method, the object it was read from. */
  | { readonly kind: "symbol"; readonly name: string; readonly receiver?: Abstract }
  /** An object of a library's type. */
  | { readonly kind: "object"; readonly type: string }
  | { readonly kind: "module"; readonly module: ModuleBody }
  | {
      readonly kind: "function";
      readonly body: FunctionBody;
      readonly receiver?: Abstract;
      /** The function that a decorator gave this one for. */
      readonly wraps?: FunctionBody;
    }
  | { readonly kind: "class"; readonly body: ClassBody }
  | { readonly kind: "instance"; readonly body: ClassBody }
  /** `functools.partial(callee, …)` */
  | { readonly kind: "partial"; readonly callee: Abstract; readonly arguments: readonly BoundArgument[] }
  /** `super()`: the members of `receiver` that stand behind class `after`. */
  | { readonly kind: "super"; readonly after: ClassBody; readonly receiver: Abstract }
  | { readonly kind: "constant"; readonly value: Constant }
  /** Something that nothing is known of. */
  | { readonly kind: "unknown" };

/** An argument with its value. */
export interface BoundArgument {
  readonly form: CallArgument["form"];
  /** Only of form "keyword". */
  readonly name?: string;
  readonly value: Abstract;
}

export interface Abstract {
  /** Taint of the whole: of whatever is read out of it too. */
  readonly taints: readonly Taint[];
  readonly refs: readonly Ref[];
  /** What is inside: ".name" for members, "[key]" for elements under a constant key, "[*]" for any element. */
  readonly fields: ReadonlyMap<string, Abstract>;
  /** The text starts with exactly this; "" when unknown. Only of strings that were put together. */
  readonly prefix: string;
}

const NO_FIELDS: ReadonlyMap<string, Abstract> = new Map();

/** No value at all: what a name holds on a path that never assigned it. The bottom of the domain. */
export const NOTHING: Abstract = { taints: [], refs: [], fields: NO_FIELDS, prefix: "" };

/** About this value nothing is known, and nothing untrusted is in it. */
export const UNKNOWN: Abstract = { ...NOTHING, refs: [{ kind: "unknown" }] };

const MAX_REFS = 8;
const MAX_TAINTS = 16;
const MAX_FIELDS = 24;
const MAX_DEPTH = 4;

export function refTo(...refs: Ref[]): Abstract {
  return { ...NOTHING, refs };
}

export function constantOf(value: Constant): Abstract {
  return { ...NOTHING, refs: [{ kind: "constant", value }] };
}

export function withTaints(value: Abstract, taints: readonly Taint[]): Abstract {
  return taints === value.taints ? value : { ...value, taints };
}

export function withField(value: Abstract, key: string, content: Abstract): Abstract {
  if (value.fields.get(key) === content) return value;
  if (key !== "[*]" && !value.fields.has(key) && value.fields.size >= MAX_FIELDS) {
    return withField(value, "[*]", join(value.fields.get("[*]") ?? NOTHING, content));
  }
  const fields = new Map(value.fields);
  fields.set(key, content);
  return { ...value, fields };
}

/** The one constant that this value is, or undefined. */
export function constantIn(value: Abstract): Constant | undefined {
  const only = value.refs.length === 1 ? value.refs[0] : undefined;
  return only?.kind === "constant" && value.taints.length === 0 ? only.value : undefined;
}

/** Taint of the value and of everything inside it. */
export function allTaints(value: Abstract): readonly Taint[] {
  if (value.fields.size === 0) return value.taints;
  let taints = value.taints;
  for (const content of value.fields.values()) taints = joinTaints(taints, allTaints(content));
  return taints;
}

export function joinTaints(left: readonly Taint[], right: readonly Taint[]): readonly Taint[] {
  if (left === right || right.length === 0) return left;
  if (left.length === 0) return right;
  let merged: Taint[] | undefined;
  for (const taint of right) {
    const current = merged ?? left;
    const index = current.findIndex((other) => other.origin.key === taint.origin.key);
    if (index < 0) {
      if (current.length >= MAX_TAINTS) continue;
      merged ??= [...left];
      merged.push(taint);
      continue;
    }
    const other = current[index]!;
    const clean = other.clean & taint.clean;
    const uncertain = other.uncertain && taint.uncertain;
    const normal = other.normal & taint.normal;
    if (clean === other.clean && uncertain === other.uncertain && normal === other.normal) continue;
    merged ??= [...left];
    // The way that is less clean, or more certain, is the one to show.
    merged[index] = { ...(taint.clean === clean ? taint : other), clean, uncertain, normal };
  }
  return merged ?? left;
}

function refKey(ref: Ref): unknown {
  switch (ref.kind) {
    case "symbol":
      return ref.name;
    case "object":
      return `${ref.type}\0`;
    case "constant":
      return typeof ref.value === "string" ? `'${ref.value}` : ref.value;
    case "module":
      return ref.module;
    case "function":
    case "class":
      return ref.body;
    case "partial":
      return ref.callee.refs[0] && refKey(ref.callee.refs[0]);
    case "super":
      return ref.after;
    case "instance":
      return ref.body.definition;
    case "unknown":
      return "";
  }
}

/** All of both, each once; `left` itself when it has all. */
export function joinRefs(left: readonly Ref[], right: readonly Ref[]): readonly Ref[] {
  if (left === right || right.length === 0) return left;
  let merged: Ref[] | undefined;
  for (const ref of right) {
    const current = merged ?? left;
    if (current.length >= MAX_REFS) break;
    const key = refKey(ref);
    if (current.some((other) => other.kind === ref.kind && refKey(other) === key)) continue;
    merged ??= [...left];
    merged.push(ref);
  }
  return merged ?? left;
}

function joinFields(left: Abstract, right: Abstract, depth: number): ReadonlyMap<string, Abstract> {
  if (left.fields === right.fields || right.fields.size === 0) return left.fields;
  if (left.fields.size === 0) return right.fields;
  let merged: Map<string, Abstract> | undefined;
  for (const [key, content] of right.fields) {
    const existing = left.fields.get(key);
    const joined = existing ? joinAt(existing, content, depth + 1) : content;
    if (joined === existing) continue;
    merged ??= new Map(left.fields);
    if (existing || merged.size < MAX_FIELDS) merged.set(key, joined);
  }
  return merged ?? left.fields;
}

function joinAt(left: Abstract, right: Abstract, depth: number): Abstract {
  if (left === right || right === NOTHING) return left;
  if (left === NOTHING) return right;
  if (depth > MAX_DEPTH) {
    const taints = joinTaints(allTaints(left), allTaints(right));
    return taints === left.taints && left.fields.size === 0 ? left : { ...UNKNOWN, taints };
  }
  const taints = joinTaints(left.taints, right.taints);
  const refs = joinRefs(left.refs, right.refs);
  const fields = joinFields(left, right, depth);
  const prefix = left.prefix === right.prefix ? left.prefix : "";
  const same =
    taints === left.taints && refs === left.refs && fields === left.fields && prefix === left.prefix;
  return same ? left : { taints, refs, fields, prefix };
}

/** The least value that covers both; `left` itself when it does already, so that `===` tells a change. */
export function join(left: Abstract, right: Abstract): Abstract {
  return joinAt(left, right, 0);
}

/** Is this taint about secrecy, not about who controls the data? */
export function isSecret({ origin }: Taint): boolean {
  return origin.kind === "source" && origin.source === "secret";
}

/** The same value, harmless for `kinds`, inside and out. What is secret stays secret in any form. */
export function cleansed(value: Abstract, kinds: KindSet): Abstract {
  if (kinds === NO_KINDS || (value.taints.length === 0 && value.fields.size === 0)) return value;
  const taints = value.taints.map((taint) =>
    isSecret(taint) ? taint : { ...taint, clean: taint.clean | kinds },
  );
  const fields = new Map([...value.fields].map(([key, content]) => [key, cleansed(content, kinds)]));
  return { ...value, taints, fields };
}

/** The same value, harmful again for `kinds`, inside and out: it was decoded. */
export function exposed(value: Abstract, kinds: KindSet | "all"): Abstract {
  if (value.taints.length === 0 && value.fields.size === 0) return value;
  const keep = (clean: KindSet) => (kinds === "all" ? NO_KINDS : clean & ~kinds);
  const taints = value.taints.map((taint) => ({ ...taint, clean: keep(taint.clean), normal: NO_KINDS }));
  const fields = new Map([...value.fields].map(([key, content]) => [key, exposed(content, kinds)]));
  return { ...value, taints, fields };
}

/** One more step of a trail. */
export type TrailStep = Omit<Trail, "earlier" | "length">;

/** The same value with one more step on every trail inside it. */
export function extended(value: Abstract, step: TrailStep): Abstract {
  if (value.taints.length === 0 && value.fields.size === 0) return value;
  const taints = value.taints.map((taint) => ({ ...taint, trail: longer(taint.trail, step) }));
  const fields = new Map([...value.fields].map(([key, content]) => [key, extended(content, step)]));
  return { ...value, taints, fields };
}

/** The same value with one more step on the trails that have none since a caller's argument came in. */
export function throughReturn(value: Abstract, step: TrailStep): Abstract {
  if (value.taints.length === 0 && value.fields.size === 0) return value;
  const taints = value.taints.map((taint) =>
    taint.origin.kind === "parameter" && taint.trail.length === 1
      ? { ...taint, trail: longer(taint.trail, step) }
      : taint,
  );
  const fields = new Map([...value.fields].map(([key, content]) => [key, throughReturn(content, step)]));
  return { ...value, taints, fields };
}

const MAX_TRAIL = 24;

function longer(trail: Trail, step: TrailStep): Trail {
  if (trail.length >= MAX_TRAIL || trail.place.node === step.place.node) return trail;
  return { ...step, earlier: trail, length: trail.length + 1 };
}
