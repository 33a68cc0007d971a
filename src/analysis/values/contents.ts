// Functions of the language that hand on what a container holds: `list(rows)`, `next(rows)`, `index.values()`.
import type { CallSite } from "../calls/call-site.js";
import { elementsOf } from "./read.js";
import { type Abstract, NOTHING, type Ref, refTo, withField } from "./value.js";

const COPIES = new Map(
  "list sorted reversed iter frozenset set tuple"
    .split(" ")
    .map((name) => [
      `builtins.${name}`,
      /^(set|frozenset)$/.test(name) ? "builtins.set" : name === "tuple" ? "builtins.tuple" : "builtins.list",
    ]),
);

/** What the result of a call of `symbol` refers to and holds, without taint; undefined when nothing is known of that. */
export function handedOn(site: CallSite, symbol: string): Abstract | undefined {
  const { instruction, receiver } = site;
  const first = instruction.arguments[0];
  const given = first?.form === "positional" ? site.valueOf(first.value) : NOTHING;
  const held = receiver === undefined ? NOTHING : site.valueOf(receiver);
  switch (symbol) {
    case "builtins.next":
      return known(given);
    case "builtins.dict.values":
    case "builtins.dict.itervalues":
      return holding("builtins.list", known(held));
    case "builtins.dict.items":
    case "builtins.dict.iteritems": {
      const value = known(held);
      return value && holding("builtins.list", withField(refTo(TUPLE), "[1]", value));
    }
    default: {
      const type = COPIES.get(symbol);
      return type === undefined ? undefined : holding(type, known(given));
    }
  }
}

const TUPLE: Ref = { kind: "object", type: "builtins.tuple" };

function holding(type: string, element: Abstract | undefined): Abstract | undefined {
  return element && withField(refTo({ kind: "object", type }), "[*]", element);
}

/** The elements of a container by what they are: functions and classes, and objects of classes. */
function known(container: Abstract): Abstract | undefined {
  const refs = elementsOf(container).refs.filter(
    ({ kind }) =>
      kind === "function" ||
      kind === "class" ||
      kind === "instance" ||
      kind === "object" ||
      kind === "partial",
  );
  return refs.length > 0 ? { ...NOTHING, refs } : undefined;
}
