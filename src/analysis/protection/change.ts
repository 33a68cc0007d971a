// Base and head side by side: which definition became which, and which of its leaves went, came or were rewritten.
import { diffArrays } from "diff";
import { lastPart } from "../../base/words.js";
import type { Program } from "../../python/program.js";
import { type Definition, definitionsOf } from "./definition.js";
import type { Leaf } from "./leaf.js";
import { bagOf, containment, likeness } from "./normal-text.js";

/** The path of one changed file in each revision; one is missing when it was added or deleted. */
export interface ChangedPath {
  readonly base?: string;
  readonly head?: string;
}

export interface DefinitionChange {
  readonly base: Definition;
  readonly head: Definition;
  /** Leaves of the base to the equal ones of the head. */
  readonly kept: ReadonlyMap<Leaf, Leaf>;
  /** Leaves of the base to the most alike among the new ones. */
  readonly rewritten: ReadonlyMap<Leaf, Leaf>;
  /** Leaves of the base that the head has not in any form. */
  readonly removed: readonly Leaf[];
  /** Leaves of the head that the base has not, rewritten ones included. */
  readonly added: readonly Leaf[];
  /** So much differs that rewritten leaves were not looked for. */
  readonly isCut?: true;
}

export interface Changes {
  readonly definitions: readonly DefinitionChange[];
  /** All definitions of the changed files. */
  readonly base: readonly Definition[];
  readonly head: readonly Definition[];
  /** So many definitions differ that renamed ones were not looked for. */
  readonly isCut: boolean;
}

/** The changed definitions of `paths` that both revisions have, under whatever name. */
export function changesBetween(base: Program, head: Program, paths: readonly ChangedPath[]): Changes {
  const old = paths.flatMap((path) => definitionsAt(base, path.base));
  const fresh = paths.flatMap((path) => definitionsAt(head, path.head));
  const { pairs, isCut } = pairDefinitions(old, fresh, paths);
  return { definitions: pairs.filter(isChanged).map(align), base: old, head: fresh, isCut };
}

function definitionsAt(program: Program, path: string | undefined): readonly Definition[] {
  const module = path === undefined ? undefined : program.module(path);
  return module ? definitionsOf(module) : [];
}

type Pair = readonly [base: Definition, head: Definition];

const isChanged = ([base, head]: Pair) => base.text !== head.text;

/** The least likeness of a definition that was renamed or moved. */
const ALIKE = 0.7;
/** The same of one that kept its name. */
const NAMESAKE = 0.4;
/** Definitions beyond which renamed ones are not looked for. */
const MOST_PAIRS = 20_000;

/** By file and name; what is left by a name that only one has, by equal text anywhere, by likeness. */
function pairDefinitions(
  base: readonly Definition[],
  head: readonly Definition[],
  paths: readonly ChangedPath[],
): { readonly pairs: readonly Pair[]; readonly isCut: boolean } {
  const headPath = new Map(paths.flatMap((path) => (path.base && path.head ? [[path.base, path.head]] : [])));
  const left = { base: new Set(base), head: new Set(head) };
  const pairs: Pair[] = [];
  const match = (baseKey: (it: Definition) => string, headKey: (it: Definition) => string): void => {
    const known = new Map<string, Definition[]>();
    for (const each of left.head) known.set(headKey(each), [...(known.get(headKey(each)) ?? []), each]);
    for (const each of [...left.base]) {
      const partner = known.get(baseKey(each))?.shift();
      if (partner) take(each, partner);
    }
  };
  const take = (one: Definition, other: Definition): void => {
    pairs.push([one, other]);
    left.base.delete(one);
    left.head.delete(other);
  };
  match(
    (it) => `${headPath.get(it.module.path) ?? ""}:${it.name}`,
    (it) => `${it.module.path}:${it.name}`,
  );
  const isSmall = (it: Definition) => it.node === undefined || it.leaves.length < 2;
  for (const side of [left.base, left.head]) for (const it of [...side]) if (isSmall(it)) side.delete(it);
  const [ofBase, ofHead] = [uniquelyNamed(left.base), uniquelyNamed(left.head)];
  for (const [name, one] of ofBase) {
    const other = ofHead.get(name);
    if (other && likeness(bagOf(one.text), bagOf(other.text)) >= NAMESAKE) take(one, other);
  }
  match(
    (it) => it.text,
    (it) => it.text,
  );
  if (left.base.size * left.head.size > MOST_PAIRS) return { pairs, isCut: true };
  const bags = new Map([...left.base, ...left.head].map((it) => [it, bagOf(it.text)]));
  for (const one of [...left.base]) {
    let best: Definition | undefined;
    let most = ALIKE;
    for (const other of left.head) {
      if (other.node?.kind !== one.node?.kind) continue;
      const named = lastName(other) === lastName(one) ? 0.2 : 0;
      const alike = likeness(bags.get(one)!, bags.get(other)!) + named;
      if (alike >= most) [best, most] = [other, alike];
    }
    if (best) take(one, best);
  }
  return { pairs, isCut: false };
}

/** The functions and classes of which there is one of that dotted name. */
function uniquelyNamed(definitions: Iterable<Definition>): ReadonlyMap<string, Definition> {
  const known = new Map<string, Definition>();
  const several = new Set<string>();
  for (const definition of definitions) {
    if (known.has(definition.name)) several.add(definition.name);
    known.set(definition.name, definition);
  }
  for (const name of several) known.delete(name);
  return known;
}

function lastName({ name }: Definition): string {
  return lastPart(name);
}

/** Statements at least this alike are one statement that was rewritten. */
const REWRITTEN = 0.5;
/** As is one whose words are mostly in the other. */
const CONTAINED = 0.6;
/** Pairs of statements of one definition beyond which rewritten ones are not looked for. */
const MOST_COMPARED = 40_000;

function align([base, head]: Pair): DefinitionChange {
  const kept = new Map<Leaf, Leaf>();
  const gone: Leaf[] = [];
  const come: Leaf[] = [];
  let at = 0;
  let to = 0;
  const script = diffArrays(
    base.leaves.map((leaf) => leaf.text),
    head.leaves.map((leaf) => leaf.text),
  );
  for (const { added, removed, value } of script) {
    for (const _ of value) {
      if (removed) gone.push(base.leaves[at++]!);
      else if (added) come.push(head.leaves[to++]!);
      else kept.set(base.leaves[at++]!, head.leaves[to++]!);
    }
  }
  const byText = new Map<string, Leaf[]>();
  for (const leaf of come) byText.set(leaf.text, [...(byText.get(leaf.text) ?? []), leaf]);
  for (const leaf of gone) {
    const moved = byText.get(leaf.text)?.shift();
    if (moved) kept.set(leaf, moved);
  }
  const standing = new Set(kept.values());
  const added = come.filter((leaf) => !standing.has(leaf));
  const left = gone.filter((leaf) => !kept.has(leaf));
  const isCut = left.length * added.length > MOST_COMPARED;
  const isFollowed = (one: Leaf, other: Leaf) =>
    kept.get(base.leaves[one.index + 1]!) === head.leaves[other.index + 1];
  const rewritten = isCut ? new Map<Leaf, Leaf>() : pairAlike(left, added, isFollowed);
  const removed = left.filter((leaf) => !rewritten.has(leaf));
  return { base, head, kept, rewritten, added, removed, ...(isCut ? { isCut } : {}) };
}

/**
 * The most alike first, and of equally alike ones those with the same statement behind them.
 * @param isFollowed whether what stands behind the one stands behind the other
 */
function pairAlike(
  gone: readonly Leaf[],
  come: readonly Leaf[],
  isFollowed: (one: Leaf, other: Leaf) => boolean,
): ReadonlyMap<Leaf, Leaf> {
  const pairs = new Map<Leaf, Leaf>();
  const bags = new Map([...gone, ...come].map((leaf) => [leaf, bagOf(sourceOf(leaf))]));
  const candidates = gone.flatMap((one) =>
    come.flatMap((other) => {
      if (!isSameSort(one, other)) return [];
      const [before, now] = [bags.get(one)!, bags.get(other)!];
      const alike = likeness(before, now);
      const isPart = now.size >= 3 && containment(before, now) >= CONTAINED;
      return alike >= REWRITTEN || isPart ? [{ one, other, alike }] : [];
    }),
  );
  const follows = ({ one, other }: (typeof candidates)[number]) => Number(isFollowed(one, other));
  candidates.sort((a, b) => b.alike - a.alike || follows(b) - follows(a));
  const taken = new Set<Leaf>();
  for (const { one, other } of candidates) {
    if (pairs.has(one) || taken.has(other)) continue;
    pairs.set(one, other);
    taken.add(other);
  }
  return pairs;
}

function sourceOf({ syntax, range }: Leaf): string {
  return syntax.text.slice(range.start, range.end);
}

const HEADERS = new Set<string>(["if", "while", "for", "withItem", "try", "except", "finally", "match"]);

/** A header is never rewritten into another sort of header; a simple statement may become any simple one. */
function isSameSort({ node: one }: Leaf, { node: other }: Leaf): boolean {
  if (HEADERS.has(one.kind) || HEADERS.has(other.kind)) return one.kind === other.kind;
  return true;
}
