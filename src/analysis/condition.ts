// Conditions of models, tried on a call as it is written.
import type { Condition } from "../models/model.js";
import { argumentsAt } from "./arguments.js";
import type { CallSite } from "./call-site.js";
import { constantIn } from "./value.js";

/** Does `condition` hold at the call? */
export function holds(site: CallSite, condition: Condition): boolean {
  const [given] = argumentsAt(site.instruction.arguments, condition.argument);
  if (!given) return condition.missing ?? false;
  const value = site.valueOf(given.value);
  const constant = constantIn(value);
  const { is, not, refersTo, notRefersTo } = condition;
  if (is && (constant === undefined || !is.includes(constant))) return false;
  if (not && (constant === undefined || not.includes(constant))) return false;
  const names = value.refs.flatMap((ref) =>
    ref.kind === "symbol" ? [ref.name] : ref.kind === "object" ? [ref.type] : [],
  );
  if (refersTo && !names.some((name) => refersTo.includes(name))) return false;
  return !notRefersTo || !names.some((name) => notRefersTo.includes(name));
}
