// Shapes that recur in models of many libraries, so that each says only what is its own.
import { argument, type CallModel, type Condition, type SymbolModel, type WrittenArgument } from "./model.js";

/** Whatever goes in, nothing of it is in the result: status objects, numbers, truth values. */
export const SILENT: SymbolModel = { call: { propagates: "none" } };

/** The result holds what the first argument holds. */
export const PASSES_FIRST: SymbolModel = { call: { propagates: [argument(0)] } };

/** The result holds what the receiver holds, and nothing of the arguments. */
export const PASSES_RECEIVER: SymbolModel = { call: { propagates: ["receiver"] } };

/** The receiver is released. */
export const RELEASES: SymbolModel = { call: { propagates: "none", releases: "receiver" } };

/** Rows or values that were stored earlier. */
export const ROWS: SymbolModel = { call: { source: "database", propagates: "none" } };

/** An object of `type` that holds nothing of what went in. */
export function gives(type: string, more: Partial<CallModel> = {}): SymbolModel {
  return { call: { returns: type, propagates: "none", ...more } };
}

/** A member that is an object of `type`. */
export function memberOfType(type: string): SymbolModel {
  return { member: { type } };
}

/** A type with all the members of another: a subclass, or the same class under an older name. */
export function likeType(...types: string[]): SymbolModel {
  return { extends: types };
}

/** One model for each of several full names. */
export function named(names: readonly string[], model: SymbolModel): Record<string, SymbolModel> {
  return Object.fromEntries(names.map((name) => [name, model]));
}

/** The argument is not written. */
export function missing(place: WrittenArgument): Condition {
  return { argument: place, missing: true, is: [] };
}

/** The argument is text that the program put together: an f-string, `"…" + x`, `"…".format(x)`. */
export function isBuiltText(place: WrittenArgument): Condition {
  return { argument: place, refersTo: TEXT_TYPES };
}

/** The argument is not known to be text: an open file, an upload, an object. */
export function isNotBuiltText(place: WrittenArgument): Condition {
  return { argument: place, notRefersTo: TEXT_TYPES };
}

const TEXT_TYPES = ["builtins.str", "builtins.str.format()", "builtins.str.join()"];
