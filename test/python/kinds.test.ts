// Nothing that tree-sitter-python can produce is dropped without a word.
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { ignoredKinds, kindNumber, kindOf } from "../../src/python/kinds.js";
import { loweringsOf } from "../../src/python/lower.js";

interface NodeType {
  readonly type: string;
  readonly named: boolean;
  readonly subtypes?: unknown;
}

const nodeTypes = createRequire(import.meta.url)(
  "tree-sitter-python/src/node-types.json",
) as readonly NodeType[];
const kinds = nodeTypes.filter((node) => node.named && node.subtypes === undefined).map((node) => node.type);

/** Kinds that only occur inside others, whose lowering reads them, with the function that does. */
const readByParent: Readonly<Record<string, string>> = {
  module: "lower",
  block: "lowerBlock",
  argument_list: "lowerArguments",
  keyword_argument: "lowerArgument",
  dictionary_splat: "lowerArgument and lowerDict",
  pair: "lowerDict",
  for_in_clause: "lowerClause",
  if_clause: "lowerClause and lowerCase",
  format_specifier: "lowerFormat",
  decorator: "lowerDecorator",
  parameters: "lowerParameters",
  lambda_parameters: "lowerParameters",
  default_parameter: "lowerParameter",
  typed_parameter: "lowerParameter",
  typed_default_parameter: "lowerParameter",
  keyword_separator: "lowerParameters",
  positional_separator: "lowerParameters",
  type_parameter: "lowerTypeParameters and lowerGeneric",
  constrained_type: "lowerTypeParameter",
  elif_clause: "lowerBranch",
  else_clause: "lowerElse",
  except_clause: "lowerHandler",
  finally_clause: "lowerElse",
  with_clause: "lowerWith",
  with_item: "lowerItems",
  case_clause: "lowerCase",
  chevron: "lowerPrint",
  relative_import: "importedModule",
  aliased_import: "importedNames",
  wildcard_import: "lowerImportFrom",
};

describe("every named kind of the grammar", () => {
  it.each(kinds)("%s is lowered, read by its parent, or ignored for a reason", (kind) => {
    if (Object.hasOwn(ignoredKinds, kind)) {
      expect(kindNumber(kind)).toBe(0);
      return;
    }
    expect(kindNumber(kind)).not.toBe(kindOf("UNKNOWN"));
    const isDispatched = loweringsOf(kindNumber(kind)).length > 0;
    expect(isDispatched || Object.hasOwn(readByParent, kind)).toBe(true);
  });

  it("is met in one way only: what parents read is not dispatched as well", () => {
    const both = Object.keys(readByParent).filter((kind) => loweringsOf(kindNumber(kind)).length > 0);
    expect(both).toEqual([]);
  });
});
