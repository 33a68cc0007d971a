import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("a statement", () => {
  it("evaluates decorators, then defaults, then defines", () => {
    const text = `
def f():
    @a.b(1)
    def g(x=c(), *, y=2): pass
    @d
    class H(I, metaclass=J): pass
    return lambda z=3: z
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read a:builtin
        v1 = v0.b
        v2 = 1
        v3 = call v1(v2)
        v4 = read c:builtin
        v5 = call v4()
        v6 = 2
        v7 = define function g(@v3, x=v5, y=v6)
        write g = v7
        v8 = read d:builtin
        v9 = read I:builtin
        v10 = read J:builtin
        v11 = define class H(@v8, v9, metaclass=v10)
        write H = v11
        v12 = 3
        v13 = define lambda(z=v12)
        return v13
      "
    `);
  });

  it("marks what follows raise as unreachable", () => {
    const text = `
def f():
    raise a() from b
    c()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read a:builtin
        v1 = call v0()
        v2 = read b:builtin
        raise v1 from v2

      b1 (unreachable, raises to raised)
        v3 = read c:builtin
        v4 = call v3()
        return
      "
    `);
  });

  it("raises SystemExit where sys.exit or the builtin exit is called", () => {
    const text = `
def f():
    try:
        sys.exit(1)
    finally:
        exit()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read sys:builtin
        v1 = v0.exit
        v2 = 1
        v3 = call v1(v2)
        v4 = read SystemExit:builtin
        raise v4

      b2 (raises to raised)
        v5 = read exit:builtin
        v6 = call v5()
        v7 = read SystemExit:builtin
        raise v7
      "
    `);
  });

  it("ends at once where os._exit is called", () => {
    const text = `
def f():
    try:
        os._exit(1)
    finally:
        a()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read os:builtin
        v1 = v0._exit
        v2 = 1
        v3 = call v1(v2)
        stop

      b2 (raises to raised)
        v4 = read a:builtin
        v5 = call v4()
        raise
      "
    `);
  });

  it("suspends at await, yield and yield from", () => {
    const text = `
async def f():
    x = await a
    y = yield x
    yield from y
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read a:builtin
        v1 = await v0
        write x = v1
        v2 = read x
        v3 = yield v2
        write y = v3
        v4 = read y
        v5 = yieldFrom v4
        return
      "
    `);
  });

  it("keeps conversion and format of an interpolation", () => {
    const text = `
def f(a):
    return f"x{a}{a!r:>{b}}"
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = "x"
        v2 = read a
        v3 = read a
        v4 = ">"
        v5 = read b:builtin
        v6 = format(v4, v5)
        v7 = interpolation r(v3, v6)
        v8 = format(v1, v2, v7)
        return v8
      "
    `);
  });

  it("composes displays, slices and stars", () => {
    const text = `
def f(a):
    return [*a, 1], {2, 3}, {4: 5, **a}, a[1:, ::2], b"y"
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read a
        v2 = starred(v1)
        v3 = 1
        v4 = list(v2, v3)
        v5 = 2
        v6 = 3
        v7 = set(v5, v6)
        v8 = 4
        v9 = 5
        v10 = read a
        v11 = dict(v8, v9, -, v10)
        v12 = read a
        v13 = 1
        v14 = slice(v13, -, -)
        v15 = 2
        v16 = slice(-, -, v15)
        v17 = tuple(v14, v16)
        v18 = v12[v17]
        v19 = b"y"
        v20 = tuple(v4, v7, v11, v18, v19)
        return v20
      "
    `);
  });

  it("passes arguments by their form", () => {
    const text = `
def f(a):
    g(a, *a, b=1, **a)
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read g:builtin
        v2 = read a
        v3 = read a
        v4 = 1
        v5 = read a
        v6 = call v1(v2, *v3, b=v4, **v5)
        return
      "
    `);
  });

  it("makes the print and exec statements of Python 2 calls", () => {
    const text = `
def f(a):
    print >>a, "x"
    exec a in b
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read a
        v2 = "x"
        v3 = read print:builtin
        v4 = call v3(file=v1, v2)
        v5 = read a
        v6 = read b:builtin
        v7 = read exec:builtin
        v8 = call v7(v5, v6)
        return
      "
    `);
  });

  it("runs a class body without the bodies of its methods", () => {
    const text = `
class C:
    x = 1
    def f(self): return x
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = 1
        write x = v0
        v1 = define function f()
        write f = v1
        return
      "
    `);
  });
});
