import { describe, expect, it } from "vitest";
import type { SyntaxNode } from "../../src/python/ast.js";
import { forEachChild } from "../../src/python/children.js";
import { printed, syntaxOf } from "./print-ast.js";

describe("what only Python 2 writes", () => {
  it.each([
    [
      "x = `y`",
      "(assign targets=[x] value=(call callee=repr arguments=[(argument form=positional value=y)]))",
    ],
    [
      "x = '%s' % `a, b`",
      '(assign targets=[x] value=(binary operator=% left="%s" right=(call callee=repr arguments=[(argument form=positional value=(display form=tuple elements=[a b]))])))',
    ],
    [
      "f(`a.b(1)`)",
      "(expression value=(call callee=f arguments=[(argument form=positional value=(call callee=repr arguments=[(argument form=positional value=(call callee=(attribute object=a name=b) arguments=[(argument form=positional value=1)]))]))]))",
    ],
    ["exec code in scope", "(exec code=code globals=scope)"],
    ["exec self.code in scope", "(exec code=(attribute object=self name=code) globals=scope)"],
    [
      "exec read(f) in vars.g, vars.l",
      "(exec code=(call callee=read arguments=[(argument form=positional value=f)]) globals=(attribute object=vars name=g) locals=(attribute object=vars name=l))",
    ],
    ["exec a + b", "(exec code=(binary operator=+ left=a right=b))"],
    ["if x: exec a.b", "(if test=x body=[(exec code=(attribute object=a name=b))])"],
    [
      "print >>f, `a`, b",
      "(print file=f values=[(call callee=repr arguments=[(argument form=positional value=a)]) b])",
    ],
    ["raise A, 'b', c", '(raise exception=(call callee=A arguments=[(argument form=positional value="b")]))'],
    ["a <> b", "(expression value=(comparison operators=[!=] operands=[a b]))"],
  ])("%j is lowered, and its spans nest", (text, expected) => {
    const { unparsed, body } = syntaxOf(text);
    expect(unparsed).toEqual([]);
    expect(printed(text)).toBe(expected);
    const nest = (node: SyntaxNode) =>
      forEachChild(
        node,
        (child) => {
          expect(node.start <= child.start && child.end <= node.end).toBe(true);
          nest(child);
        },
        undefined,
      );
    for (const statement of body) nest(statement);
  });

  it.each(["x = `y`", "exec a.b in c", "print a", "exec a"])(
    "%j decides how `except A, b:` is read",
    (line) => {
      const handler = (first: string) => printed(`${first}\ntry: pass\nexcept A, b: pass\n`).split("\n")[1];
      expect(handler(line)).toContain("type=A name=b");
      expect(handler("x = await y")).toContain("type=(display form=tuple elements=[A b])");
    },
  );

  it("leaves backquotes in strings and comments alone", () => {
    const text = "# `a`\nx = '`b`'\n'''`c`'''\ny = await z\n";
    expect(syntaxOf(text).dialect).toBe("python3");
    expect(printed(text)).toContain('value="`b`"');
  });

  it.each(["x = `y\nz = 1\n", "`;\n(\n)", "x = `a +`\n"])(
    "%j is not hidden where its backquotes make no sense",
    (text) => {
      expect(syntaxOf(text).unparsed.length).toBeGreaterThan(0);
    },
  );

  it("does not hide an error beside it", () => {
    const { unparsed, body } = syntaxOf("exec a.b in c\nx = $\ny = 1\n");
    expect(unparsed.map(({ reason }) => reason)).toEqual(["ERROR"]);
    expect(body[0]?.kind).toBe("exec");
  });
});
