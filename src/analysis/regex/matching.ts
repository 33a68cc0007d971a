// Texts that are matched against patterns which are known: what rules about regular expressions look at.
import type { CallModel } from "../../models/model.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { Body } from "../body.js";
import { argumentsAt } from "../calls/arguments.js";
import type { CallSite } from "../calls/call-site.js";
import type { Place } from "../values/place.js";
import { type Abstract, constantIn } from "../values/value.js";
import type { Anchors } from "./super-linear.js";
import type { Flags } from "./translate.js";

export interface Matching {
  readonly pattern: string;
  readonly flags: Flags;
  readonly anchors: Anchors;
  readonly call: Place;
  /** The call as the body's graph knows it: its result. */
  readonly result: number;
  /** Where the pattern is written, when it is in the call. */
  readonly written?: Place;
  /** Absent where a pattern is only made ready: `re.compile`. */
  readonly text?: { readonly place: Place; readonly value: Abstract };
  readonly body: Body;
}

/** The members of a compiled pattern, as Python itself calls them. */
const PATTERN = ".pattern";
const FLAGS = ".flags";

/** Notes a call that matches, or makes ready, a pattern that is a constant of the program. */
export function recordMatching(site: CallSite, { matches, keeps }: CallModel): void {
  const { frame, instruction } = site;
  if (!matches && !keeps) return;
  const place = (value: number): Place => ({
    syntax: frame.body.module.syntax,
    node: frame.cfg.definitions[value]?.node ?? instruction.node,
  });
  const at = (where: Parameters<typeof argumentsAt>[1] | undefined) =>
    where && argumentsAt(instruction.arguments, where)[0];
  const own = at(keeps ? keeps.pattern : matches?.pattern);
  const flagged = at(keeps ? keeps.flags : matches?.flags);
  const compiled = own ? compiledIn(site.valueOf(own.value)) : compiledIn(receiverOf(site));
  const constant = own && constantIn(site.valueOf(own.value));
  const pattern = typeof constant === "string" ? constant : compiled?.pattern;
  if (pattern === undefined) return;
  const text = at(matches?.text);
  const node: SyntaxNode = instruction.node;
  frame.matchings.set(`${node.start}:${node.end}`, {
    pattern,
    flags: flagged ? flagsIn(site.valueOf(flagged.value)) : (compiled?.flags ?? new Set()),
    anchors: matches?.anchors ?? "none",
    call: { syntax: frame.body.module.syntax, node },
    result: instruction.result,
    ...(own && typeof constant === "string" ? { written: place(own.value) } : {}),
    ...(text ? { text: { place: place(text.value), value: site.valueOf(text.value) } } : {}),
    body: frame.body,
  });
}

const receiverOf = (site: CallSite): Abstract | undefined =>
  site.receiver === undefined ? undefined : site.valueOf(site.receiver);

function compiledIn(value: Abstract | undefined) {
  const pattern = value?.fields.get(PATTERN);
  const text = pattern && constantIn(pattern);
  if (typeof text !== "string") return undefined;
  const flags = value?.fields.get(FLAGS);
  return { pattern: text, flags: flags ? flagsIn(flags) : new Set<string>() };
}

const LETTERS: Readonly<Record<string, string>> = {
  I: "i",
  IGNORECASE: "i",
  M: "m",
  MULTILINE: "m",
  S: "s",
  DOTALL: "s",
  X: "x",
  VERBOSE: "x",
};

/** `re.I`, or several of them. */
function flagsIn({ refs }: Abstract): Flags {
  const names = refs.flatMap((ref) => (ref.kind === "symbol" ? (ref.name.split(".").at(-1) ?? "") : []));
  return new Set(names.flatMap((name) => LETTERS[name] ?? []));
}
