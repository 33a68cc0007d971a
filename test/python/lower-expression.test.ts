import { describe, expect, it } from "vitest";
import { print, printed, syntaxOf } from "./print-ast.js";

/** The printed expression that `text` is. */
function expression(text: string): string {
  const [statement] = syntaxOf(text).body;
  if (statement?.kind !== "expression") throw new Error(`no expression: ${text}`);
  return print(statement.value);
}

describe("operators", () => {
  it.each([
    [
      "a + b * -c ** 2",
      "(binary operator=+ left=a right=(binary operator=* left=b right=(unary operator=- operand=(binary operator=** left=c right=2))))",
    ],
    ["a // b << c", "(binary operator=<< left=(binary operator=// left=a right=b) right=c)"],
    ["(a) @ (b)", "(binary operator=@ left=a right=b)"],
    ["(a\n # why\n + b)", "(binary operator=+ left=a right=b)"],
    ["a and b and c", "(boolean operator=and operands=[a b c])"],
    [
      "a and (b and c) or d",
      "(boolean operator=or operands=[(boolean operator=and operands=[a (boolean operator=and operands=[b c])]) d])",
    ],
    ["a < b <= c", "(comparison operators=[< <=] operands=[a b c])"],
    ["a not  in b is not c <> d in e", "(comparison operators=[not in is not != in] operands=[a b c d e])"],
    ["a is (not b)", "(comparison operators=[is] operands=[a (unary operator=not operand=b)])"],
    ["x if y else z", "(conditional test=y body=x otherwise=z)"],
    ["(y := f())", "(walrus target=y value=(call callee=f))"],
  ])("%s", (text, tree) => {
    expect(expression(text)).toBe(tree);
  });
});

describe("access and calls", () => {
  it.each([
    ["a.b.c", "(attribute object=(attribute object=a name=b) name=c)"],
    ["(a\n  .b  # note\n  .c)", "(attribute object=(attribute object=a name=b) name=c)"],
    [
      "a[1:2, ::3]",
      "(subscript object=a index=(display form=tuple elements=[(slice lower=1 upper=2) (slice step=3)]))",
    ],
    ["a[:b]", "(subscript object=a index=(slice upper=b))"],
    ["a[b,]", "(subscript object=a index=(display form=tuple elements=[b]))"],
    ["a[*b]", "(subscript object=a index=(display form=tuple elements=[(starred value=b)]))"],
    [
      "f(a, *b, k=1, **c)",
      "(call callee=f arguments=[(argument form=positional value=a) (argument form=star value=b) (argument form=keyword name=k value=1) (argument form=doubleStar value=c)])",
    ],
    [
      "f(x for x in y)",
      "(call callee=f arguments=[(argument form=positional value=(comprehension form=generator element=x clauses=[(for target=x iterable=y)]))])",
    ],
    ["f((yield))", "(call callee=f arguments=[(argument form=positional value=(yield))])"],
    [
      "lambda a, /, b=1, *c, d, **e: 0",
      "(lambda parameters=[(parameter form=positionalOnly name=a) (parameter form=positional name=b default=1) (parameter form=star name=c) (parameter form=keywordOnly name=d) (parameter form=doubleStar name=e)] body=0)",
    ],
    ["await f()", "(await value=(call callee=f))"],
    ["yield from y", "(yield isFrom=yes value=y)"],
    ["yield a, b", "(yield value=(display form=tuple elements=[a b]))"],
  ])("%s", (text, tree) => {
    expect(expression(text)).toBe(tree);
  });
});

describe("displays and comprehensions", () => {
  it.each([
    ["a, *b", "(display form=tuple elements=[a (starred value=b)])"],
    ["a,", "(display form=tuple elements=[a])"],
    ["()", "(display form=tuple)"],
    ["[a, [b]]", "(display form=list elements=[a (display form=list elements=[b])])"],
    ["{1, *b}", "(display form=set elements=[1 (starred value=b)])"],
    ["{1: 2, **a}", "(dict entries=[( key=1 value=2) ( value=a)])"],
    [
      "[x async for x, in y if z for w in x]",
      "(comprehension form=list element=x clauses=[(for isAsync=yes target=(display form=tuple elements=[x]) iterable=y) (if test=z) (for target=w iterable=x)])",
    ],
    ["{k: v for k in z}", "(comprehension form=dict key=k element=v clauses=[(for target=k iterable=z)])"],
    [
      "[x for x in 1, 2]",
      "(comprehension form=list element=x clauses=[(for target=x iterable=(display form=tuple elements=[1 2]))])",
    ],
  ])("%s", (text, tree) => {
    expect(expression(text)).toBe(tree);
  });
});

describe("strings", () => {
  it.each([
    [
      String.raw`"a\n\x41\101\u00e9\U0001F600\
b"`,
      JSON.stringify("a\nAA\u00e9\u{1F600}b"),
    ],
    [String.raw`"\q\8"`, JSON.stringify("\\q\\8")],
    [String.raw`r"\n" R'\''`, JSON.stringify("\\n\\'")],
    [String.raw`b"\xff\u0041" B"a"`, `b${JSON.stringify("\xff\\u0041a")}`],
    ["'''a\r\n\"b'''", JSON.stringify('a\n"b')],
    ["''", '""'],
    ['""""""', '""'],
    ['"\\N{DASH}"', '"\ufffd"'],
    [
      'f"a{x!r:>{w}}b{{}}"',
      '(formatted parts=["a" (interpolation value=x conversion=r format=(formatted parts=[">" (interpolation value=w)])) "b{}"])',
    ],
    [
      'f"{a=} {b = !s} {c=:x}"',
      '(formatted parts=["a=" (interpolation value=a conversion=r) " " "b = " (interpolation value=b conversion=s) " " "c=" (interpolation value=c format=(formatted parts=["x"]))])',
    ],
    [
      `f"{d["k"]} {f'{e}'}"`,
      '(formatted parts=[(interpolation value=(subscript object=d index="k")) " " (interpolation value=(formatted parts=[(interpolation value=e)]))])',
    ],
    ['"a" f"{b}" "c"', '(formatted parts=["a" (interpolation value=b) "c"])'],
    ['rf"\\d{n}"', '(formatted parts=["\\\\d" (interpolation value=n)])'],
    ['t"a{b}"', '(formatted isTemplate=yes parts=["a" (interpolation value=b)])'],
    ["f'{x:%Y-%m}'", '(formatted parts=[(interpolation value=x format=(formatted parts=["%Y-%m"]))])'],
    ["f'{a, b}'", "(formatted parts=[(interpolation value=(display form=tuple elements=[a b]))])"],
  ])("%s", (text, tree) => {
    expect(expression(text)).toBe(tree);
  });
});

describe("positions", () => {
  it("count UTF-16 code units, with characters beyond the basic plane and with any line end", () => {
    const text = 'x = "\u{1F600}"\r\ny = \u00e9\r\nz = 1';
    const names = syntaxOf(text).body.flatMap((statement) =>
      statement.kind === "assign" ? statement.targets : [],
    );
    expect(names.map(({ start, end }) => text.slice(start, end))).toEqual(["x", "y", "z"]);
  });

  it("of a definition begin at its first decorator and end with its last statement", () => {
    const text = "@a\n@b\ndef f():\n    return 1\n\n# later\n";
    const [definition] = syntaxOf(text).body;
    expect(text.slice(definition!.start, definition!.end)).toBe("@a\n@b\ndef f():\n    return 1");
  });

  it("of an identifier are those of the source, its name the normal form that Python compares", () => {
    expect(printed("\ufb01x = 1")).toBe("(assign targets=[fix] value=1)");
  });
});
