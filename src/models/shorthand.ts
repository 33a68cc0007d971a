// Short ways to write what the models of the standard library and of system libraries have in common.
import type { MisuseKind, SinkKind, SourceKind } from "./kinds.js";
import {
  type ArgumentPlace,
  argument,
  type CallModel,
  type Condition,
  keyword,
  type MisuseModel,
  type SinkModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";

export type Waits = NonNullable<CallModel["waits"]>;

/** A call whose result holds nothing of what went in, unless `model` says so. */
export function does(model: CallModel): SymbolModel {
  return { call: { propagates: "none", ...model } };
}

/** A call whose result is an object of `type` that holds nothing of what went in, unless `more` says so. */
export function gives(type: string, more: CallModel = {}): SymbolModel {
  return does({ returns: type, ...more });
}

/** A call whose result holds what is at these places. */
export function passes(...places: readonly ArgumentPlace[]): SymbolModel {
  return { call: { propagates: places } };
}

/** A call whose result is text that holds what is at these places. */
export function text(...places: readonly ArgumentPlace[]): SymbolModel {
  return { call: { propagates: places, returns: "builtins.str" } };
}

/** A call whose result comes from outside, and whose arguments are not in it. */
export function yields(source: SourceKind, more: CallModel = {}): SymbolModel {
  return does({ source, ...more });
}

export const SILENT: SymbolModel = does({});
export const RECEIVER: SymbolModel = passes("receiver");
export const FIRST: SymbolModel = passes(argument(0));
export const RELEASES: SymbolModel = does({ releases: "receiver" });

/** One sink of `kind` for each place. */
export function sinks(kind: SinkKind, ...places: readonly ArgumentPlace[]): readonly SinkModel[] {
  return places.map((place) => ({ kind, argument: place }));
}

/** A type that has the members of `types`: a subclass, or the same class under another name. */
export function like(...types: readonly string[]): SymbolModel {
  return { extends: types };
}

/** A member that is an object of `type`. */
export function holding(type: string, source?: SourceKind): SymbolModel {
  return { member: source === undefined ? { type } : { type, source } };
}

/** A member that holds what came from outside. */
export function sourced(source: SourceKind): SymbolModel {
  return { member: { source } };
}

/** The same models below another module name: what Python 2, or a compatibility package, calls it. */
export function moved(
  symbols: Readonly<Record<string, SymbolModel>>,
  from: string,
  to: string,
): Record<string, SymbolModel> {
  const below = Object.entries(symbols).filter(([name]) => name.startsWith(`${from}.`));
  return Object.fromEntries(
    below.map(([name, model]) => [
      `${to}${name.slice(from.length)}`,
      model.call?.returns === undefined && /\.[A-Z]\w*$/.test(name)
        ? { ...model, call: { ...model.call, returns: name }, extends: [name] }
        : model,
    ]),
  );
}

/** It is wrong when all of `when` holds. */
export function wrong(kind: MisuseKind, ...when: readonly Condition[]): MisuseModel {
  return when.length === 0 ? { kind } : { kind, when };
}

/** The argument is one of these constants. */
export function is(
  place: WrittenArgument,
  ...constants: readonly (string | number | boolean | null)[]
): Condition {
  return { argument: place, is: constants };
}

/** The argument is one of these constants, or absent. */
export function absentOr(
  place: WrittenArgument,
  ...constants: readonly (string | number | boolean | null)[]
): Condition {
  return { argument: place, is: constants, missing: true };
}

/** The argument is one of these symbols, or an object of one of these types. */
export function refersTo(place: WrittenArgument, ...names: readonly string[]): Condition {
  return { argument: place, refersTo: names };
}

/** Certificates are not checked when `verify=False` is written. */
export const VERIFY_OFF = wrong("tls-unverified", is(keyword("verify"), false));

/** A bound address `(host, port)` at `place` that means every interface. */
export function bindsEverywhere(place: WrittenArgument) {
  return wrong("binds-all-interfaces", { argument: place, element: 0, is: ["0.0.0.0", "::", ""] });
}

/** Kinds of sink that letters, digits and `- _ . / + = : @ %` alone cannot harm. */
export const PUNCTUATION_KINDS: readonly SinkKind[] = [
  "sql",
  "shell",
  "code",
  "format-string",
  "template",
  "html",
  "xml",
  "xpath",
  "header",
  "log",
  "config-line",
  "csv",
  "ldap-filter",
  "ldap-dn",
];
