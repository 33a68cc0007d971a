// What holds for every text, Python or not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ModuleSyntax, Statement, SyntaxNode } from "../../src/python/ast.js";
import { computeScopes } from "../../src/python/bind.js";
import { forEachChild } from "../../src/python/children.js";
import { storageOf } from "../../src/python/scopes.js";
import { print, syntaxOf } from "./print-ast.js";

/** Statements of every kind, to be put together at random. */
const pieces = [
  "x = f(a, *b, k=c, **d)",
  "def g(p, /, q: int = 1, *r, s, **t) -> 'u':\n    return p + q * -r ** 2",
  "class C(B, metaclass=M):\n    '''doc'''\n    z: int = 0",
  "for i, (j, *k) in enumerate(l):\n    print(i if j else k, end='')\nelse:\n    pass",
  "while a < b <= c is not d:\n    break",
  "try:\n    o()\nexcept (E, F) as e:\n    raise G from e\nexcept* H:\n    pass\nelse:\n    n\nfinally:\n    del m, n[0]",
  "with a() as b, c() as (d, e):\n    yield",
  "match v:\n    case {'k': [1, -2, *_], **rest} | K(x, y=None) if w:\n        pass\n    case _:\n        pass",
  "async def h():\n    async with a: return [await x async for x in y if z]",
  "f'{a!r:>{w}} {b=}' 'c' rb'\\n'",
  "lambda x, *y: (z := x, {**a, 'b': 1}, {c, *d})",
  "from ..a.b import (c as d, e)",
  "import a.b.c as d, e",
  "if a: pass\nelif b: c; d\nelse: e",
  "global g1, g2",
  "type T[U: int] = list[U]",
  "a[1:2, ::3, ...] += {k: v for k, v in w.items() if k}",
  "@d.e(1)\n@f\ndef deco(): ...",
  "# a comment\nx = (1,  # inside\n     2)",
  "print 'python 2', x",
  "s = 'caf\u00e9 \u{1F600}'; \u00e9 = s",
];
const broken = [
  "x = (",
  "def f(:",
  "return self.",
  ")",
  "  oops",
  "class",
  "'unclosed",
  "x = $ y",
  "\tif:",
  "\\",
];
const module = fc
  .array(fc.constantFrom(...pieces), { maxLength: 8 })
  .map((statements) => `${statements.join("\n")}\n`);
const mixed = fc
  .array(fc.oneof(fc.constantFrom(...pieces, ...broken), fc.string({ maxLength: 12 })), { maxLength: 8 })
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  forEachChild(node, (child) => found.push(child), undefined);
  return found;
}

/** Nodes that are outside their parents or the text. */
function misplaced(syntax: ModuleSyntax): readonly string[] {
  const wrong: string[] = [];
  const visit = (node: SyntaxNode, start: number, end: number) => {
    if (!(start <= node.start && node.start <= node.end && node.end <= end)) wrong.push(node.kind);
    for (const child of childrenOf(node)) visit(child, node.start, node.end);
  };
  for (const statement of syntax.body) visit(statement, 0, syntax.text.length);
  return wrong;
}

describe("lowering any text", () => {
  it("gives spans that nest", () => {
    const nests = (text: string) => misplaced(syntaxOf(text)).length === 0;
    fc.assert(fc.property(mixed, nests), { numRuns: 400 });
  });

  it("gives statements in order", () => {
    const isOrdered = ({ body }: ModuleSyntax) =>
      body.every((statement, index) => index === 0 || body[index - 1]!.end <= statement.start);
    fc.assert(
      fc.property(mixed, (text) => isOrdered(syntaxOf(text))),
      { numRuns: 400 },
    );
  });

  it("is deterministic", () => {
    const isSame = (text: string) => {
      const [first, second] = [syntaxOf(text), syntaxOf(text)].map((syntax) => JSON.stringify(syntax));
      return first === second;
    };
    fc.assert(fc.property(mixed, isSame), { numRuns: 100 });
  });

  it("leaves nothing unparsed where the statements are whole", () => {
    fc.assert(fc.property(module, (text) => syntaxOf(text).unparsed.length === 0));
  });

  it("lists every `Unparsed` of the tree", () => {
    const inTree = (nodes: readonly SyntaxNode[]): number =>
      nodes.reduce((sum, node) => sum + (node.kind === "unparsed" ? 1 : 0) + inTree(childrenOf(node)), 0);
    fc.assert(
      fc.property(mixed, (text) => {
        const { body, unparsed } = syntaxOf(text);
        return inTree(body) <= unparsed.length;
      }),
    );
  });

  it("changes nothing but what a one-line edit touches", () => {
    const edit = fc.record({ before: module, after: module });
    const printed = (statements: readonly Statement[]) => statements.map(print);
    fc.assert(
      fc.property(edit, ({ before, after }) => {
        const old = printed(syntaxOf(`${before}edited = 1\n${after}`).body);
        const recent = printed(syntaxOf(`${before}edited = other(2)\n${after}`).body);
        const changed = recent.filter((statement, index) => statement !== old[index]);
        expect(recent).toHaveLength(old.length);
        expect(changed.every((statement) => statement.includes("edited"))).toBe(true);
      }),
    );
  });

  it("gives every definition a scope, and every name of it a storage", () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const syntax = syntaxOf(text);
        const { all, scopeOf } = computeScopes(syntax);
        for (const scope of all) {
          expect(scopeOf(scope.owner)).toBeDefined();
          for (const name of scope.bindings.keys()) expect(storageOf(scope, name)).not.toBe("builtin");
        }
      }),
    );
  });
});
