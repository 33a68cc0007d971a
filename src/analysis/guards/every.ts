// Tests of every character: `all(c in ALLOWED for c in name)`, `any(c not in ALLOWED for c in name)`.
import type { Value } from "../../flow/instruction.js";
import type { Frame } from "../frame.js";
import { isTainted } from "../values/read.js";

/** Methods of str that are true only of text without punctuation. */
export const PLAIN_TEXT: ReadonlySet<string> = new Set([
  "isalnum",
  "isalpha",
  "isdecimal",
  "isdigit",
  "isidentifier",
  "isnumeric",
]);

/**
 * The text of which each character is found in a collection of the program where `test` is "in" for each element of
 * `collection`, or in none where it is "not in"; undefined when `collection` is no such test.
 */
export function testedForEach(frame: Frame, collection: Value, test: "in" | "not in"): Value | undefined {
  const { blocks, definitions } = frame.cfg;
  const node = definitions[collection]?.node;
  if (!node) return undefined;
  const instructions = blocks.flatMap((block) => block.instructions);
  const loops = instructions.flatMap((instruction) =>
    instruction.op === "iterate" && instruction.node.start >= node.start && instruction.node.end <= node.end
      ? [instruction.iterable]
      : [],
  );
  const tests = instructions.flatMap((instruction) =>
    instruction.op === "collect" && instruction.collection === collection ? [instruction.value] : [],
  );
  return loops.length === 1 && tests.length === 1 && isTest(frame, tests[0]!, test) ? loops[0] : undefined;
}

function isTest(frame: Frame, value: Value, test: "in" | "not in"): boolean {
  const definition = frame.cfg.definitions[value];
  switch (definition?.op) {
    case "compare":
      return definition.operator === test && !isTainted(frame.values[definition.right]!);
    case "choose":
      return test === "in" && definition.operands.every((operand) => isTest(frame, operand, test));
    case "call": {
      const callee = frame.cfg.definitions[definition.callee];
      return test === "in" && callee?.op === "member" && PLAIN_TEXT.has(callee.name);
    }
    default:
      return false;
  }
}
