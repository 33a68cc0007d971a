import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("an assignment", () => {
  it("evaluates the value before the targets", () => {
    const text = `
def f(a):
    a.b[c()] = a.d = e()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read e:builtin
        v2 = call v1()
        v3 = read a
        v4 = v3.b
        v5 = read c:builtin
        v6 = call v5()
        set v4[v6] = v2
        v7 = read a
        set v7.d = v2
        return
      "
    `);
  });

  it("pairs evident tuples without building one", () => {
    const text = `
def f(a, b):
    a, b = b, a
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write a = v0
        v1 = parameter 1
        write b = v1
        v2 = read b
        v3 = read a
        write a = v2
        write b = v3
        return
      "
    `);
  });

  it("unpacks before it stores, from the end behind a star", () => {
    const text = `
def f(a):
    x, *y, (z, a.b) = a
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read a
        v2 = unpack v1 0
        v3 = unpack v1 from 1
        v4 = unpack v1 -1
        write x = v2
        write y = v3
        v5 = unpack v4 0
        v6 = unpack v4 1
        write z = v5
        v7 = read a
        set v7.b = v6
        return
      "
    `);
  });

  it("evaluates the place of an augmented target once", () => {
    const text = `
def f(a):
    a[b()] += 1
    a.c %= 2
    a -= 3
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read a
        v2 = read b:builtin
        v3 = call v2()
        v4 = v1[v3]
        v5 = 1
        v6 = binary +=(v4, v5)
        set v1[v3] = v6
        v7 = read a
        v8 = v7.c
        v9 = 2
        v10 = binary %=(v8, v9)
        set v7.c = v10
        v11 = read a
        v12 = 3
        v13 = binary -=(v11, v12)
        write a = v13
        return
      "
    `);
  });

  it("deletes names, members and elements", () => {
    const text = `
def f(a):
    del a.b, a[0], a
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read a
        delete v1.b
        v2 = read a
        v3 = 0
        delete v2[v3]
        unbind a
        return
      "
    `);
  });

  it("binds the package of a dotted import and the alias of a renamed one", () => {
    const text = `
def f():
    import a.b
    import a.b as c
    from ..m import n as o, p
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = import a.b
        write a = v0
        v1 = import a.b
        write c = v1
        v2 = import ..m:n
        write o = v2
        v3 = import ..m:p
        write p = v3
        return
      "
    `);
  });
});
