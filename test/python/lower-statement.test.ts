import { describe, expect, it } from "vitest";
import { printed, syntaxOf } from "./print-ast.js";

describe("simple statements", () => {
  it.each([
    ["a = b, *c = d", "(assign targets=[a (display form=tuple elements=[b (starred value=c)])] value=d)"],
    ["x: int = 1", "(assign targets=[x] annotation=int value=1)"],
    ["x: 'A'", '(assign targets=[x] annotation="A")'],
    ["x >>= 2", "(augmented operator=>> target=x value=2)"],
    ["del a, b[0]", "(delete targets=[a (subscript object=b index=0)])"],
    ["assert a, b", "(assert test=a message=b)"],
    ["raise A from b", "(raise exception=A cause=b)"],
    ["raise", "(raise)"],
    ["global a, b", "(scope form=global names=[a b])"],
    ["nonlocal a", "(scope form=nonlocal names=[a])"],
    ["import a.b.c as d, e . f", "(import names=[a.b.c:d e.f])"],
    ["from .. . a import (b as c, d,)", "(importFrom module=a level=3 names=[b:c d])"],
    ["from . import x", "(importFrom module= level=1 names=[x])"],
    ["from z import *", "(importFrom module=z level=0 names=*)"],
    ["from __future__ import annotations", "(importFrom module=__future__ level=0 names=[annotations])"],
    [
      "type X[T: int, *Ts, **P] = list[T] | None",
      "(typeAlias name=X typeParameters=[(typeParameter form=type name=T bound=int) (typeParameter form=typeVarTuple name=Ts) (typeParameter form=paramSpec name=P)] value=(binary operator=| left=(subscript object=list index=T) right=None))",
    ],
    [
      "type(x).y = 1",
      "(assign targets=[(attribute object=(call callee=type arguments=[(argument form=positional value=x)]) name=y)] value=1)",
    ],
    ["match = case = type = 1", "(assign targets=[match case type] value=1)"],
    ["pass; break; continue", "(pass)\n(break)\n(continue)"],
  ])("%s", (text, tree) => {
    expect(printed(text)).toBe(tree);
  });
});

describe("compound statements", () => {
  it.each([
    [
      "if a: b\nelif c: d\nelse: e",
      "(if test=a body=[(expression value=b)] otherwise=[(if test=c body=[(expression value=d)] otherwise=[(expression value=e)])])",
    ],
    [
      "for a, b in c: pass\nelse: d",
      "(for target=(display form=tuple elements=[a b]) iterable=c body=[(pass)] otherwise=[(expression value=d)])",
    ],
    ["while a: pass\nelse: b", "(while test=a body=[(pass)] otherwise=[(expression value=b)])"],
    [
      "try: a\nexcept (A, B) as e: b\nexcept: c\nelse: d\nfinally: f",
      "(try body=[(expression value=a)] handlers=[(except type=(display form=tuple elements=[A B]) name=e body=[(expression value=b)]) (except body=[(expression value=c)])] otherwise=[(expression value=d)] finalizer=[(expression value=f)])",
    ],
    [
      "try: a\nexcept* A as e: b",
      "(try body=[(expression value=a)] handlers=[(except isGroup=yes type=A name=e body=[(expression value=b)])])",
    ],
    [
      "with (open(a) as f, g): pass",
      "(with items=[(withItem context=(call callee=open arguments=[(argument form=positional value=a)]) target=f) (withItem context=g)] body=[(pass)])",
    ],
    ["with (a as b): pass", "(with items=[(withItem context=a target=b)] body=[(pass)])"],
    [
      "with a as (b, c), d as e.f: pass",
      "(with items=[(withItem context=a target=(display form=tuple elements=[b c])) (withItem context=d target=(attribute object=e name=f))] body=[(pass)])",
    ],
    [
      "async def f():\n  async with a: pass\n  async for x in y: pass",
      "(function name=f isAsync=yes body=[(with isAsync=yes items=[(withItem context=a)] body=[(pass)]) (for isAsync=yes target=x iterable=y body=[(pass)])])",
    ],
    [
      "@a.b\n@c()\nclass A[T](B, metaclass=C): x = 1",
      "(class name=A decorators=[(decorator expression=(attribute object=a name=b)) (decorator expression=(call callee=c))] typeParameters=[(typeParameter form=type name=T)] bases=[(argument form=positional value=B) (argument form=keyword name=metaclass value=C)] body=[(assign targets=[x] value=1)])",
    ],
    [
      "def f(a, /, b: int = 1, *args: str, c, **k: x) -> list[int]: pass",
      "(function name=f parameters=[(parameter form=positionalOnly name=a) (parameter form=positional name=b annotation=int default=1) (parameter form=star name=args annotation=str) (parameter form=keywordOnly name=c) (parameter form=doubleStar name=k annotation=x)] returns=(subscript object=list index=int) body=[(pass)])",
    ],
    [
      "def f(a: Callable[[int], str], *, b): pass",
      "(function name=f parameters=[(parameter form=positional name=a annotation=(subscript object=Callable index=(display form=tuple elements=[(display form=list elements=[int]) str]))) (parameter form=keywordOnly name=b)] body=[(pass)])",
    ],
  ])("%s", (text, tree) => {
    expect(printed(text)).toBe(tree);
  });
});

describe("defaults of type parameters", () => {
  it.each([
    ["T = int", "[(typeParameter form=type name=T default=int)]"],
    ["T: int = str", "[(typeParameter form=type name=T bound=int default=str)]"],
    [
      "T: A | B = C | D, U",
      "[(typeParameter form=type name=T bound=(binary operator=| left=A right=B) default=(binary operator=| left=C right=D)) (typeParameter form=type name=U)]",
    ],
    [
      "*Ts = Unpack[a]",
      "[(typeParameter form=typeVarTuple name=Ts default=(subscript object=Unpack index=a))]",
    ],
    ["**P = [int]", "[(typeParameter form=paramSpec name=P default=(display form=list elements=[int]))]"],
  ])("class A[%s]", (parameters, tree) => {
    const text = `class A[${parameters}]: pass`;
    expect(printed(text)).toBe(`(class name=A typeParameters=${tree} body=[(pass)])`);
    expect(syntaxOf(text).unparsed).toEqual([]);
  });
});

describe("match", () => {
  it.each([
    [
      "[1, -2, *_]",
      "(matchSequence patterns=[(matchValue value=1) (matchValue value=(unary operator=- operand=2)) (matchStar)])",
    ],
    [
      "{'a': x, -1: _, b.c: 2, **r}",
      '(matchMapping entries=[( key="a" pattern=(matchAs name=x)) ( key=(unary operator=- operand=1) pattern=(matchAs)) ( key=(attribute object=b name=c) pattern=(matchValue value=2))] rest=r)',
    ],
    [
      "A.B(x, y=_, z=-1) as q",
      "(matchAs pattern=(matchClass class=(attribute object=A name=B) positional=[(matchAs name=x)] keywords=[( name=y pattern=(matchAs)) ( name=z pattern=(matchValue value=(unary operator=- operand=1)))]) name=q)",
    ],
    [
      "None | 'a' 'b' | -3 | _",
      '(matchOr patterns=[(matchValue value=None) (matchValue value="ab") (matchValue value=(unary operator=- operand=3)) (matchAs)])',
    ],
    ["-1+2j", "(matchValue value=(binary operator=+ left=(unary operator=- operand=1) right=2j))"],
    ["(a)", "(matchAs name=a)"],
    ["(a,)", "(matchSequence patterns=[(matchAs name=a)])"],
    ["a, *b", "(matchSequence patterns=[(matchAs name=a) (matchStar name=b)])"],
    ["()", "(matchSequence)"],
    ["a.b", "(matchValue value=(attribute object=a name=b))"],
  ])("case %s", (pattern, tree) => {
    expect(printed(`match x, y:\n  case ${pattern} if z: pass`)).toBe(
      `(match subject=(display form=tuple elements=[x y]) cases=[(case pattern=${tree} guard=z body=[(pass)])])`,
    );
  });
});

describe("Python 2", () => {
  it.each([
    ["print a, 'b'", '(print values=[a "b"])'],
    ["print >>f, a", "(print file=f values=[a])"],
    ["exec 'a' in b, c", '(exec code="a" globals=b locals=c)'],
    ["raise A, b, c", "(raise exception=(call callee=A arguments=[(argument form=positional value=b)]))"],
    [
      "def f(a, (b, c)): pass",
      "(function name=f parameters=[(parameter form=positional name=a) (parameter form=positional name=.1 pattern=(display form=tuple elements=[b c]))] body=[(pass)])",
    ],
    [
      "x = ur'a' + 0777 + 10L",
      '(assign targets=[x] value=(binary operator=+ left=(binary operator=+ left="a" right=0777) right=10L))',
    ],
  ])("%s", (text, tree) => {
    expect(printed(text)).toBe(tree);
  });

  it("names the exception in `except A, e` where the file speaks Python 2", () => {
    const handler = "try: a\nexcept A, e: pass\n";
    const named = "(try body=[(expression value=a)] handlers=[(except type=A name=e body=[(pass)])])";
    expect(printed(`${handler}print x`)).toContain(named);
    expect(printed(handler)).toBe(named);
  });

  it("reads `except A, B` as two types where the file speaks Python 3", () => {
    const tree = "(except type=(display form=tuple elements=[A b]) body=[(pass)])";
    expect(printed("x: int\ntry: a\nexcept A, b: pass")).toContain(tree);
    expect(syntaxOf("x: int").dialect).toBe("python3");
  });
});
