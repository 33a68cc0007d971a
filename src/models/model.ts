// What a library does, as data: one entry per dotted name, so that a typo in a kind does not compile.
//
// Names: "sqlite3.connect" is a symbol of a module; "sqlite3.Connection.execute" is the member "execute" of every
// instance of the type "sqlite3.Connection"; "a.make()" is the type of what the unmodelled "a.make" returns, so
// that "a.make().run" can be modelled without inventing a type for it.
import type { SinkKind, SourceKind } from "./kinds.js";

/**
 * An argument of a call: by 0-based position, by keyword name, or both where Python accepts both.
 * "receiver" is the object whose method is called; "any" is every argument.
 */
export type ArgumentPlace =
  | "receiver"
  | "any"
  | { readonly position?: number; readonly name?: string; readonly from?: number };

export interface SinkModel {
  readonly kind: SinkKind;
  readonly argument: ArgumentPlace;
  /** The sink is one only while this keyword has this constant value ("shell": true), or is absent with "missing". */
  readonly onlyIf?: {
    readonly keyword: string;
    readonly position?: number;
    readonly is: string | boolean | null | "missing";
  };
  /** Of a sequence argument, only this element counts: the program of `["git", …]`. */
  readonly element?: number;
  /** A string is dangerous here, a sequence is not (`subprocess.run("a b", shell=True)` against a list). */
  readonly form?: "string" | "sequence";
}

export interface CallModel {
  /** The type of the result, a name of this vocabulary; "argument:0" for "the same as the first argument". */
  readonly returns?: string;
  /** The result is untrusted. */
  readonly source?: SourceKind;
  readonly sinks?: readonly SinkModel[];
  /** Arguments whose content is in the result. Absent: all (an unknown function is assumed to pass data on). */
  readonly propagates?: readonly ArgumentPlace[] | "none";
  /** Kinds for which the result is harmless whatever went in; "all" for conversions to numbers and the like. */
  readonly sanitizes?: readonly SinkKind[] | "all";
  /**
   * The call, as a condition, proves its argument harmless for these kinds where it is `true` (or `false`).
   * For instance `url_has_allowed_host_and_scheme(url, …)`.
   */
  readonly validates?: {
    readonly argument: ArgumentPlace;
    readonly kinds: readonly SinkKind[] | "all";
    readonly when: boolean;
  };
}

/** A member that is read and not called: `request.args`, `os.environ`. */
export interface MemberModel {
  readonly type?: string;
  readonly source?: SourceKind;
}

/** A decorator that makes a function an entry point. */
export interface EntryModel {
  readonly protocol: "http" | "rpc" | "message" | "command";
  /** The parameters of the decorated function are filled by the client. */
  readonly parameters?: SourceKind;
  /** URL converters (`<int:id>`, in the first argument) that cannot carry an attack. */
  readonly routeArgument?: number;
}

/** One dotted name may be several things at once: a class that is called, decorates, and has members. */
export interface SymbolModel {
  readonly call?: CallModel;
  readonly member?: MemberModel;
  readonly decorates?: EntryModel;
  /** The same as another name: a re-export or an old spelling. */
  readonly alias?: string;
  /** Types whose members this type has too. */
  readonly extends?: readonly string[];
}

/**
 * Methods that are known by their name when the type of their object is not: `cursor.execute(…)` on a parameter.
 * `receiver` is tried on the last word of the object's expression ("self.db.cursor" → "cursor").
 */
export interface DuckModel {
  readonly methods: readonly string[];
  readonly receiver: RegExp;
  readonly model: SymbolModel;
}

/** One library: one file in this folder. */
export interface LibraryModel {
  readonly library: string;
  readonly symbols: Readonly<Record<string, SymbolModel>>;
  readonly ducks?: readonly DuckModel[];
}

/** Position and keyword name of an argument. */
export function argument(position: number, name?: string): ArgumentPlace {
  return name === undefined ? { position } : { position, name };
}

/** Argument number `from` and all later positional ones. */
export function rest(from: number): ArgumentPlace {
  return { from };
}
