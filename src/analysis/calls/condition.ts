// Conditions of models, tried on a call as it is written.
import type { Condition, WrittenArgument } from "../../models/model.js";
import { type Abstract, type Constant, constantIn } from "../values/value.js";
import { argumentsAt } from "./arguments.js";
import type { CallSite } from "./call-site.js";

/**
 * Does `condition` hold at the call? What is known of an unpacked mapping counts as written; what it may hold besides
 * counts neither as written nor as missing.
 */
export function holds(site: CallSite, condition: Condition): boolean {
  const { argument, element, missing = false } = condition;
  const [given] = argumentsAt(site.instruction.arguments, argument);
  const whole = given ? site.valueOf(given.value) : unpackedAt(site, argument);
  if (!whole) return missing && !mayBeUnpacked(site, condition);
  if (element === undefined) return fits(whole, condition);
  const part = whole.fields.get(`[${element}]`);
  if (part) return fits(part, condition);
  return missing && isDisplay(whole);
}

/** `options = {"shell": True}`, then `Popen(command, **options)`. */
function unpackedAt(site: CallSite, { name }: WrittenArgument): Abstract | undefined {
  if (name === undefined) return undefined;
  for (const { form, value } of site.instruction.arguments) {
    const content = form === "doubleStar" ? site.valueOf(value).fields.get(`[${name}]`) : undefined;
    if (content) return content;
  }
  return undefined;
}

function mayBeUnpacked({ instruction }: CallSite, { argument: { position, name } }: Condition): boolean {
  return instruction.arguments.some(
    ({ form }) =>
      (form === "doubleStar" && name !== undefined) || (form === "star" && position !== undefined),
  );
}

/** A container all of whose keys are known. */
function isDisplay({ fields, refs, taints }: Abstract): boolean {
  const types = refs.map((ref) => (ref.kind === "object" ? ref.type : ""));
  return (
    taints.length === 0 && !fields.has("[*]") && types.every((type) => /^builtins\.(dict|list)$/.test(type))
  );
}

function fits(value: Abstract, condition: Condition): boolean {
  const { is, not, begins, contains, refersTo, notRefersTo, bits, below } = condition;
  const constant = constantIn(value);
  if (is && !isAmong(constant, is)) return false;
  if (not && (constant === undefined || not.includes(constant))) return false;
  if (begins && !(typeof constant === "string" && begins.some((text) => constant.startsWith(text))))
    return false;
  if (contains && !isAmong(constant, contains) && !elementsAmong(value, contains)) return false;
  if (bits !== undefined && !(typeof constant === "number" && (constant & bits) !== 0)) return false;
  if (below !== undefined && !(typeof constant === "number" && constant < below)) return false;
  const names = namesIn(value);
  if (refersTo && !names.some((name) => refersTo.includes(name))) return false;
  return !notRefersTo || !names.some((name) => notRefersTo.includes(name));
}

function isAmong(constant: Constant | undefined, values: readonly Constant[]): boolean {
  return constant !== undefined && values.includes(constant);
}

/** One of the elements that are written in the list, tuple or set. */
function elementsAmong({ fields }: Abstract, values: readonly Constant[]): boolean {
  return [...fields].some(
    ([key, content]) =>
      key.startsWith("[") &&
      content.refs.some((ref) => ref.kind === "constant" && values.includes(ref.value)),
  );
}

function namesIn({ refs }: Abstract): readonly string[] {
  return refs.flatMap((ref) =>
    ref.kind === "symbol" ? [ref.name] : ref.kind === "object" ? [ref.type] : [],
  );
}
