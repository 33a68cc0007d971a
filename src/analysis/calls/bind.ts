// Which parameter takes which argument, by Python's rules for calls.
import type { Parameter } from "../../python/ast.js";
import type { FunctionBody } from "../body.js";
import { elementsOf } from "../values/read.js";
import { type Abstract, type BoundArgument, join, NOTHING, refTo, withField } from "../values/value.js";

/**
 * The value that each parameter receives, by its index; no entry where the default is used.
 * @param receiver the object on which it was found: parameter 0
 */
export function bind(
  { definition: { parameters } }: FunctionBody,
  given: readonly BoundArgument[],
  receiver: Abstract | undefined,
): ReadonlyMap<number, Abstract> {
  const { positional, others, named, anyNamed } = arranged(given, receiver);
  const bound = new Map<number, Abstract>();
  const add = (index: number, value: Abstract) => {
    bound.set(index, join(bound.get(index) ?? NOTHING, value));
  };
  const star = parameters.findIndex(({ form }) => form === "star");
  const doubleStar = parameters.findIndex(({ form }) => form === "doubleStar");
  const byPosition = parameters.filter(isPositional).length;
  for (const [index, value] of positional.entries()) {
    if (index < byPosition) add(index, value);
    else if (star >= 0) add(star, withField(TUPLE, `[${index - byPosition}]`, value));
  }
  for (const [name, value] of named) {
    const index = parameters.findIndex(({ name: { id }, form }) => id === name && isNamed(form));
    if (index >= 0) add(index, value);
    else if (doubleStar >= 0) add(doubleStar, withField(DICT, `[${name}]`, value));
  }
  for (const [index, { form }] of parameters.entries()) {
    if (others && index >= positional.length && index < byPosition) add(index, others);
    if (anyNamed && isNamed(form) && !bound.has(index)) add(index, anyNamed);
  }
  if (others && star >= 0) add(star, withField(TUPLE, "[*]", others));
  if (anyNamed && doubleStar >= 0) add(doubleStar, withField(DICT, "[*]", anyNamed));
  return bound;
}

const TUPLE = refTo({ kind: "object", type: "builtins.tuple" });
const DICT = refTo({ kind: "object", type: "builtins.dict" });

const isPositional = ({ form }: Parameter) => form === "positional" || form === "positionalOnly";
const isNamed = (form: Parameter["form"]) => form === "positional" || form === "keywordOnly";

/** The arguments with `*` and `**` taken apart; what cannot be counted or named is in `others` and `anyNamed`. */
function arranged(given: readonly BoundArgument[], receiver: Abstract | undefined) {
  const positional: Abstract[] = receiver ? [receiver] : [];
  const named = new Map<string, Abstract>();
  let others: Abstract | undefined;
  let anyNamed: Abstract | undefined;
  for (const { form, name, value } of given) {
    switch (form) {
      case "positional":
        if (others) others = join(others, value);
        else positional.push(value);
        break;
      case "keyword":
        named.set(name!, value);
        break;
      case "star": {
        const elements = others ? undefined : counted(value);
        if (elements) positional.push(...elements);
        else others = join(others ?? NOTHING, elementsOf(value));
        break;
      }
      case "doubleStar": {
        const isKnown = value.taints.length === 0 && value.fields.size > 0 && !value.fields.has("[*]");
        for (const [key, content] of value.fields) {
          if (/^\[[^*]/.test(key)) named.set(key.slice(1, -1), content);
        }
        if (!isKnown) anyNamed = join(anyNamed ?? NOTHING, elementsOf(value));
      }
    }
  }
  return { positional, others, named, anyNamed };
}

/** The elements of a sequence whose length is known. */
function counted(value: Abstract): readonly Abstract[] | undefined {
  if (!value.refs.some((ref) => ref.kind === "object" && /^builtins\.(tuple|list)$/.test(ref.type)))
    return undefined;
  const elements: Abstract[] = [];
  for (let element = value.fields.get("[0]"); element; element = value.fields.get(`[${elements.length}]`)) {
    elements.push(element);
  }
  const keys = [...value.fields.keys()].filter((key) => key.startsWith("[")).length;
  return keys === elements.length ? elements : undefined;
}
