// What holds for every text, Python or not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ModuleSyntax, Statement, SyntaxNode } from "../../src/python/ast.js";
import { computeScopes } from "../../src/python/bind.js";
import { forEachChild } from "../../src/python/children.js";
import { type Scope, type ScopeOwner, storageOf } from "../../src/python/scopes.js";
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

/** A function with `body`, which may have no indentation of its own to keep, and one more line. */
function inFunction(name: string, body: string, line: string): string {
  const indented = body.replace(/^(?=.)/gm, "  ");
  return `def ${name}():\n${indented}\n  ${line}\n`;
}

/** Kind, start and end of every node in `node`. */
function placesIn(node: SyntaxNode): readonly (readonly [kind: string, start: number, end: number])[] {
  return [[node.kind, node.start, node.end], ...childrenOf(node).flatMap(placesIn)];
}

function shifted(places: ReturnType<typeof placesIn>, by: number): ReturnType<typeof placesIn> {
  return places.map(([kind, start, end]) => [kind, start + by, end + by]);
}

function printScope({ kind, owner, parent, bindings, declared }: Scope): string {
  const at = (range: ScopeOwner | undefined) => (range && "start" in range ? range.start : "module");
  const names = [...bindings].map(([name, list]) => `${name}:${list.map(({ node }) => node.start)}`);
  return `${kind} ${at(owner)} in ${at(parent?.owner)} ${names.join(" ")} ${[...declared].join(" ")}`;
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

  it("moves what follows an edited line, and changes nothing else", () => {
    const functions = fc.array(wholeTexts, { minLength: 1, maxLength: 5 });
    const edit = fc.record({
      bodies: functions,
      at: fc.nat(),
      line: fc.constantFrom("f(x)", "yield", "y = [z]"),
    });
    fc.assert(
      fc.property(edit, ({ bodies, at, line }) => {
        const edited = at % bodies.length;
        const text = (put: string) =>
          bodies
            .map((body, index) => inFunction(`f${index}`, body, index === edited ? put : "pass"))
            .join("");
        const [old, recent] = [text("pass"), text(line)];
        const before = syntaxOf(old).body.map(placesIn);
        const after = syntaxOf(recent).body.map(placesIn);
        const moved = recent.length - old.length;
        const expected = before.map((places, index) => (index <= edited ? places : shifted(places, moved)));
        const others = <T>(list: readonly T[]) => list.filter((_, index) => index !== edited);
        expect(others(after)).toEqual(others(expected));
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

  it("gives the same scopes in whatever order they are asked for", () => {
    const asked = fc.record({
      text: fc.oneof(mixedTexts, wholeTexts),
      seed: fc.array(fc.nat(), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(asked, ({ text, seed }) => {
        const syntax = syntaxOf(
          `${text}\ndef last(a):\n def inner(b): return [a for c in b]\n global d\n d = 1\n`,
        );
        const straight = computeScopes(syntax);
        const wild = computeScopes(syntax);
        for (const index of seed) wild.scopeOf(straight.all[index % straight.all.length]!.owner);
        expect(wild.all.map(printScope)).toEqual(straight.all.map(printScope));
        for (const { owner } of straight.all) {
          expect(printScope(wild.scopeOf(owner))).toBe(printScope(straight.scopeOf(owner)));
        }
      }),
    );
  });
});
