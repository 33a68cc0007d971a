// What holds for every text, Python or not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ModuleSyntax, Statement, SyntaxNode } from "../../src/python/ast.js";
import { computeScopes } from "../../src/python/bind.js";
import { forEachChild } from "../../src/python/children.js";
import { storageOf } from "../../src/python/scopes.js";
import { print, syntaxOf } from "./print-ast.js";
import { mixedTexts, wholeTexts } from "./random-texts.js";

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
    fc.assert(fc.property(mixedTexts, nests), { numRuns: 400 });
  });

  it("gives statements in order", () => {
    const isOrdered = ({ body }: ModuleSyntax) =>
      body.every((statement, index) => index === 0 || body[index - 1]!.end <= statement.start);
    fc.assert(
      fc.property(mixedTexts, (text) => isOrdered(syntaxOf(text))),
      { numRuns: 400 },
    );
  });

  it("is deterministic", () => {
    const isSame = (text: string) => {
      const [first, second] = [syntaxOf(text), syntaxOf(text)].map((syntax) => JSON.stringify(syntax));
      return first === second;
    };
    fc.assert(fc.property(mixedTexts, isSame), { numRuns: 100 });
  });

  it("leaves nothing unparsed where the statements are whole", () => {
    fc.assert(fc.property(wholeTexts, (text) => syntaxOf(text).unparsed.length === 0));
  });

  it("lists every `Unparsed` of the tree", () => {
    const inTree = (nodes: readonly SyntaxNode[]): number =>
      nodes.reduce((sum, node) => sum + (node.kind === "unparsed" ? 1 : 0) + inTree(childrenOf(node)), 0);
    fc.assert(
      fc.property(mixedTexts, (text) => {
        const { body, unparsed } = syntaxOf(text);
        return inTree(body) <= unparsed.length;
      }),
    );
  });

  it("changes nothing but what a one-line edit touches", () => {
    const edit = fc.record({ before: wholeTexts, after: wholeTexts });
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
      fc.property(mixedTexts, (text) => {
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
