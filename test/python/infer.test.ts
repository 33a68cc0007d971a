import { describe, expect, it } from "vitest";
import { typeOfAnnotation } from "../../src/python/annotation-type.js";
import { attributeTypes, elementTypes, typeOfExpression } from "../../src/python/infer.js";
import { memberOf } from "../../src/python/resolve.js";
import { type Type, type Types, typeName } from "../../src/python/types.js";
import { programOf } from "./tree.js";

/** "list[str] | None" of types, package names of builtins left out. */
function shown(types: Types): string {
  return types.map(showType).join(" | ");
}

function showType(type: Type): string {
  const name = typeName(type).replace("builtins.", "");
  const parts = type.kind === "instance" || type.kind === "external" ? type.arguments.map(shown) : [];
  return parts.length === 0 ? name : `${name}[${parts.join(", ")}]`;
}

const library = [
  "from __future__ import annotations",
  "from typing import Annotated, Any, Callable, ClassVar, Final, List, Literal, NewType, Optional, Self, Type, TypeVar, Union, cast",
  "import sqlite3, contextlib, flask",
  "class Cart:",
  "  items: list[Item]",
  "  def __init__(self, owner: User, size=3):",
  "    self.owner = owner",
  "    self.size = size",
  "    self.db = sqlite3.connect('x')",
  "  def first(self) -> Item: ...",
  "  def me(self) -> Self: ...",
  "  @property",
  "  def total(self): return 1.5",
  "  @classmethod",
  "  def make(cls): return cls(None)",
  "  def __enter__(self): return self.first()",
  "class Item:",
  "  name = 'x'",
  "class User(flask.Flask): pass",
  "class Small(Cart):",
  "  def first(self): return super().first()",
  "def find(key): return Item() if key else None",
  "async def later() -> Cart: ...",
  "def loop(): return loop()",
  "cart = Cart(User())",
  "T = TypeVar('T', bound=Cart)",
  "Alias = Union[Item, 'User']",
  "UserId = NewType('UserId', int)",
  "type New = Item | int",
].join("\n");

function module(text: string) {
  const program = programOf({ "main.py": `${library}\n${text}` });
  return { program, module: program.module("main.py")! };
}

describe("annotations", () => {
  it.each([
    ["Cart", "main.Cart"],
    ["'Cart'", "main.Cart"],
    ["Optional[Cart]", "main.Cart | None"],
    ["Cart | None", "main.Cart | None"],
    ["Union[Cart, 'Item']", "main.Cart | main.Item"],
    ["List[Cart]", "list[main.Cart]"],
    ["dict[str, 'list[Item]']", "dict[str, list[main.Item]]"],
    ["Annotated[Cart, 1]", "main.Cart"],
    ["ClassVar[Final[int]]", "int"],
    ["Type[Cart]", "type[main.Cart]"],
    ["Literal['a', 'b']", "str"],
    ["Callable[[int], str]", "typing.Callable"],
    ["Any", ""],
    ["T", "main.Cart"],
    ["Alias", "main.Item | main.User"],
    ["UserId", "int"],
    ["New", "main.Item | int"],
    ["sqlite3.Connection", "sqlite3.Connection"],
    ["nothing", ""],
  ])("%s", (text, expected) => {
    const { program, module: main } = module("");
    expect(shown(typeOfAnnotation(program, main, main.scopes.module, program.expression(text)!))).toBe(
      expected,
    );
  });
});

describe("expressions", () => {
  it.each([
    ["'a'", "str"],
    ["b'a'", "bytes"],
    ["f'{x}'", "str"],
    ["'%s' % x", "str"],
    ["1", "int"],
    ["1.5", "float"],
    ["not x", "bool"],
    ["[1, 'a']", "list[int | str]"],
    ["(1, 'a')", "tuple[int, str]"],
    ["(1, 'a')[1]", "str"],
    ["{'a': Cart(x)}['a']", "main.Cart"],
    ["[Item() for x in y]", "list[main.Item]"],
    ["Cart(x)", "main.Cart"],
    ["cart", "main.Cart"],
    ["cart.owner", "main.User"],
    ["cart.size", "int"],
    ["cart.db", "sqlite3.connect()"],
    ["cart.db.cursor()", "sqlite3.connect().cursor()"],
    ["cart.items[0]", "main.Item"],
    ["cart.total", "float"],
    ["cart.first().name", "str"],
    ["cart.me()", "main.Cart"],
    ["Cart.make()", "main.Cart"],
    ["Small(x).first()", "main.Item"],
    ["cart.owner.route", "flask.Flask.route"],
    ["find(1)", "main.Item | None"],
    ["await later()", "main.Cart"],
    ["loop()", ""],
    ["Cart(x) if y else Item()", "main.Cart | main.Item"],
    ["x or Item()", "main.Item"],
    ["(z := Item())", "main.Item"],
    ["cast(Cart, x)", "main.Cart"],
    ["flask.Flask(__name__)", "flask.Flask"],
    ["(lambda: Item())()", "main.Item"],
    ["flask.request", "flask.request"],
  ])("%s", (text, expected) => {
    const { program, module: main } = module(`value = ${text.includes("await") ? "later()" : text}`);
    const [variable] = memberOf(program, { kind: "module", module: main }, "value");
    const value = variable?.kind === "variable" ? variable.values[0]! : program.expression(text)!;
    expect(shown(typeOfExpression(program, main, main.scopes.module, value))).toBe(expected);
  });

  it.each([
    ["def f(x: Cart): use(x)", "main.Cart"],
    ["def f(*x: Cart): use(x)", "tuple[main.Cart]"],
    ["def f(x=1): use(x)", "int"],
    ["def f():\n  x = Cart(1)\n  use(x)", "main.Cart"],
    ["def f():\n  x: Item = g()\n  use(x)", "main.Item"],
    ["def f(y: list[Item]):\n  for x in y: use(x)", "main.Item"],
    ["def f():\n  with Cart(1) as x: use(x)", "main.Item"],
    ["def f():\n  with open('a') as x: use(x)", "open()"],
    ["def f():\n  try: pass\n  except (ValueError, OSError) as x: use(x)", "ValueError | OSError"],
    ["def f(y: list[Item]): return [use(x) for x in y]", "main.Item"],
    ["def f():\n  from flask import Flask as x\n  use(x)", "type[flask.Flask]"],
    ["def f():\n  def x(): pass\n  use(x)", "def main.f.x"],
  ])("x in %j", (text, expected) => {
    const { program, module: main } = module(text);
    const scope = main.scopes.all.findLast(({ bindings }) => bindings.has("x"))!;
    expect(shown(typeOfExpression(program, main, scope, program.expression("x")!))).toBe(expected);
  });

  it("give elements of what is iterated", () => {
    const { program, module: main } = module("");
    const types = typeOfAnnotation(program, main, main.scopes.module, program.expression("dict[str, int]")!);
    expect(shown(elementTypes(types))).toBe("str");
  });
});

describe("attributes", () => {
  it("have the types assigned to them, own or inherited", () => {
    const { program, module: main } = module("");
    const [small] = memberOf(program, { kind: "module", module: main }, "Small");
    if (small?.kind !== "class") throw new Error("no class");
    expect(shown(attributeTypes(program, small.class, "owner"))).toBe("main.User");
    expect(shown(attributeTypes(program, small.class, "first"))).toBe("def main.Small.first");
    expect(shown(attributeTypes(program, small.class, "nothing"))).toBe("");
  });
});
