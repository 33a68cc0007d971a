// Nothing that tree-sitter-python can produce is dropped without a word.
import { createRequire } from "node:module";
import Parser from "tree-sitter";
import Python from "tree-sitter-python";
import { describe, expect, it } from "vitest";
import { ignoredKinds, kindNumber, kindOf } from "../../src/python/kinds.js";
import { loweringsOf } from "../../src/python/lower.js";
import { syntaxOf } from "./print-ast.js";

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

/** Between them they hold every named kind of the grammar. */
const samples = [
  "from __future__ import annotations\nfrom ..a import *\nfrom . import (b as c, d.e)\nimport f.g as h, i",
  "x: list[int] | None = a.b[1:2, ::3]\nx += -1 ** 2.0 or not y and z\ndel x, y[0]",
  "f(*a, **b, k=1)(c for d in e if g)\nprint((yield), await h, lambda i, *j, k=1, **l: (m := n))",
  "[1, True, False, None, ...] + {2, *o} + (3, *p)\n{'a': 1, **q}\n[r for s in t]\n{u for v in w}\n{x: y for z in a}",
  "s = 'a' \"b\\n\" f'{c!r:>{d}} {{e}}'\n",
  "if a < b <= c not in d:\n  pass\nelif e:\n  pass\nelse:\n  raise f from g",
  "while h:\n  break\nelse:\n  continue\nfor (i, [j, *k]) in l, m:\n  assert n, o\nn, *o = p",
  "try:\n  pass\nexcept A as b:\n  pass\nexcept* (C, D):\n  pass\nelse:\n  pass\nfinally:\n  return e if f else g",
  "with a as b, (c):\n  global d\n  nonlocal e",
  "@a.b\nclass C[T: int, *U, **V](D, metaclass=E):\n  async def f[W: (int, str)](self, /, a: int, b=1, c: str = '', *args: int, d, **kwargs: X.Y[int]) -> list[*Z]:\n    pass\ndef g(a, *, b): pass",
  "def h((a, b)): pass\nprint >>c, d\nexec e in f\ntype G[H] = I",
  "match a, b:\n  case {'c': -1 + 2j, **d} | [e, *_] | F(g, h=I.j) if k:\n    pass\n  case (1 | 'x') as l:\n    pass\n  case _:\n    pass",
  "x = a \\\n  + b # comment\n",
  "for x in (*a, *b), *c:\n  pass",
  "[(*a), b]\nx: A[int].B = 1",
];

describe("a program with every kind of the grammar", () => {
  const parser = new Parser();
  parser.setLanguage(Python as unknown as Parser.Language);
  const met = new Set<string>();
  const visit = (node: Parser.SyntaxNode) => {
    met.add(node.type);
    for (const child of node.namedChildren) visit(child);
  };
  for (const sample of samples) visit(parser.parse(sample).rootNode);

  it("has them all", () => {
    expect(kinds.filter((kind) => !met.has(kind))).toEqual([]);
  });

  it.each(samples)("%j is lowered to the last piece", (sample) => {
    expect(syntaxOf(sample).unparsed).toEqual([]);
  });
});
