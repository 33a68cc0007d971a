import { describe, expect, it } from "vitest";
import type { SyntaxNode } from "../../src/python/ast.js";
import { computeScopes } from "../../src/python/bind.js";
import { bindingScope, type Scope, storageOf } from "../../src/python/scopes.js";
import { syntaxOf } from "./print-ast.js";

/** The scope of the function, class or alias called `name`, or the n-th of a kind ("comprehension 0"). */
function scopeIn(text: string, wanted: string): Scope {
  const { all } = computeScopes(syntaxOf(text));
  const [kind, index] = wanted.split(" ");
  const found =
    index === undefined
      ? all.filter(({ owner }) => "name" in owner && owner.name.id === wanted).at(-1)
      : all.filter((scope) => scope.kind === kind)[Number(index)];
  if (found === undefined) throw new Error(`no scope ${wanted}`);
  return found;
}

function storages(text: string, scope: string, names: string): string {
  return names
    .split(" ")
    .map((name) => `${name}:${storageOf(scopeIn(text, scope), name)}`)
    .join(" ");
}

describe("where a name lives", () => {
  it.each([
    [
      "a function's own names",
      "x = 1\ndef f(p):\n  y = p\n  x\n  print(z)",
      "f",
      "p y x print f z",
      "p:local y:local x:global print:builtin f:global z:builtin",
    ],
    ["an enclosing function's", "def f():\n  x = 1\n  def g():\n    return x", "g", "x g", "x:free g:free"],
    [
      "a class body, invisible to its methods",
      "class A:\n  x = 1\n  def m(self): return x",
      "m",
      "x",
      "x:builtin",
    ],
    [
      "a class body itself",
      "def f(y):\n  class A:\n    x = 1\n    z = x, y",
      "A",
      "x y A",
      "x:local y:free A:free",
    ],
    ["a global declaration", "def f():\n  global x\n  x = 1\ndef g(): return x", "g", "x", "x:global"],
    [
      "a global declaration inside",
      "def f():\n  x = 0\n  def g():\n    global x\n    return x\nx = 1",
      "g",
      "x",
      "x:global",
    ],
    [
      "a nonlocal declaration",
      "def f():\n  def g():\n    nonlocal x\n    x = 2\n  x = 1",
      "g",
      "x",
      "x:free",
    ],
    [
      "every way to bind",
      "def f():\n  import a.b, c as d\n  from m import e as g\n  for h, (i, *j) in k: pass\n  with l as m: pass\n  try: pass\n  except N as n: pass\n  o += 1\n  del p\n  (q := 1)\n  match r:\n    case [s, *t] | {'k': u, **v} | W(x, y=z): pass\n  type A = int\n  class B: pass\n  def C(): pass\n  aa: int",
      "f",
      "a b d e g h i j k m n o p q r s t u v W x y z A B C aa",
      "a:local b:builtin d:local e:builtin g:local h:local i:local j:local k:builtin m:local n:local o:local p:local q:local r:builtin s:local t:local u:local v:local W:builtin x:local y:builtin z:local A:local B:local C:local aa:local",
    ],
    ["names at the top of the module", "x = 1", "module 0", "x y", "x:global y:builtin"],
    ["what a star import may bring", "from m import *", "module 0", "x print", "x:global print:builtin"],
    [
      "the class of a method",
      "class A:\n  def m(self): return __class__",
      "m",
      "__class__ super",
      "__class__:free super:builtin",
    ],
    [
      "type parameters",
      "class A[T]:\n  def m[U](self, x: U) -> T: pass",
      "m",
      "T U x",
      "T:free U:free x:local",
    ],
    ["Python 2's tuple parameters", "def f((a, b)): pass", "f", "a b", "a:local b:local"],
    ["lambdas", "def f(a):\n  return lambda b=a: a + b", "lambda 0", "a b", "a:free b:local"],
  ])("is known for %s", (_, text, scope, names, expected) => {
    expect(storages(text, scope, names)).toBe(expected);
  });

  it("belongs to the body around a comprehension, whose targets are its own", () => {
    const text = "def f(a):\n  x = 1\n  return [x + a + y for x in a if (y := x)]";
    expect(storages(text, "comprehension 0", "x a y")).toBe("x:local a:local y:local");
    expect(bindingScope(scopeIn(text, "comprehension 0"), "x")?.kind).toBe("comprehension");
    expect(bindingScope(scopeIn(text, "comprehension 0"), "y")?.kind).toBe("function");
  });

  it("evaluates only the first iterable of a comprehension outside it", () => {
    const text = "class A:\n  x = [lambda: 1 for a in (lambda: 2)() for b in (lambda: 3)()]";
    const { all } = computeScopes(syntaxOf(text));
    const lambdas = all.filter((scope) => scope.kind === "lambda").map((scope) => scope.parent?.kind);
    expect(lambdas.sort()).toEqual(["class", "comprehension", "comprehension"]);
  });

  it("hides class names from comprehensions in the class", () => {
    const text = "class A:\n  x = 1\n  y = [x for _ in z]";
    expect(storages(text, "comprehension 0", "x")).toBe("x:builtin");
  });
});

describe("bindings", () => {
  it("come in source order with the statement that binds", () => {
    const text = "try:\n  import a\nexcept ImportError:\n  a = None\ndef a(): pass";
    const { module } = computeScopes(syntaxOf(text));
    expect(module.bindings.get("a")?.map(({ form }) => form)).toEqual(["import", "assignment", "function"]);
  });

  it("of declared names are in the scope that the declaration means", () => {
    const text = "def f():\n  global x\n  x = 1\n  def g():\n    nonlocal y\n    y = 2\n  y = 3";
    const { module } = computeScopes(syntaxOf(text));
    expect(module.bindings.get("x")).toHaveLength(1);
    expect(scopeIn(text, "f").bindings.get("y")).toHaveLength(2);
    expect(scopeIn(text, "g").bindings.has("y")).toBe(false);
  });

  it("are found in thousands of `elif` and in long sums", () => {
    const text = `if a: pass\n${"elif b: pass\n".repeat(5_000)}else: c = 1\nx = ${"a + ".repeat(5_000)}(y := 1)`;
    const { module } = computeScopes(syntaxOf(text));
    expect([...module.bindings.keys()]).toEqual(["c", "x", "y"]);
  });

  it("have no scope for what is not in the module", () => {
    const [other] = syntaxOf("def f(): pass").body;
    const scopes = computeScopes(syntaxOf("x = 1"));
    expect(() => scopes.scopeOf(other as Extract<SyntaxNode, { kind: "function" }>)).toThrow("no scope");
  });
});
