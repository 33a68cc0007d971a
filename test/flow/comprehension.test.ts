import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("a comprehension", () => {
  it("is the loop that it stands for", () => {
    const text = `
def f(xs):
    return [g(x) for x in xs if x]
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write xs = v0
        v1 = read xs
        v2 = list()
        v3 = iterate v1
        goto b1

      b1 (raises to raised)
        v4 = next v3 then b2 else b4

      b2
        write x = v4
        v5 = read x
        if v5 then b3 else b1

      b3 (raises to raised)
        v6 = read g:builtin
        v7 = read x
        v8 = call v6(v7)
        collect v8 into v2
        goto b1

      b4
        return v2
      "
    `);
  });

  it("evaluates the first iterable outside and later ones inside", () => {
    const text = `
def f(xs):
    return {x: y for x in xs for y in x if y}
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write xs = v0
        v1 = read xs
        v2 = dict()
        v3 = iterate v1
        goto b1

      b1 (raises to raised)
        v4 = next v3 then b2 else b6

      b2 (raises to raised)
        write x = v4
        v5 = read x
        v6 = iterate v5
        goto b3

      b3 (raises to raised)
        v7 = next v6 then b4 else b1

      b4
        write y = v7
        v8 = read y
        if v8 then b5 else b3

      b5
        v9 = read x
        v10 = read y
        collect v9: v10 into v2
        goto b3

      b6
        return v2
      "
    `);
  });

  it("keeps its variable apart from one of the same name around it", () => {
    const text = `
def f(x):
    y = {x for x in x}
    return x
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write x = v0
        v1 = read x
        v2 = set()
        v3 = iterate v1
        goto b1

      b1 (raises to raised)
        v4 = next v3 then b2 else b3

      b2
        write x' = v4
        v5 = read x'
        collect v5 into v2
        goto b1

      b3
        write y = v2
        v6 = read x
        return v6
      "
    `);
  });

  it("is collected into an iterator when it is a generator expression", () => {
    const text = `
async def f(xs):
    return any(await g(x) async for x in xs)
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write xs = v0
        v1 = read any:builtin
        v2 = read xs
        v3 = iterator()
        v4 = async iterate v2
        goto b1

      b1 (raises to raised)
        v5 = next v4 then b2 else b3

      b2 (raises to raised)
        write x = v5
        v6 = read g:builtin
        v7 = read x
        v8 = call v6(v7)
        v9 = await v8
        collect v9 into v3
        goto b1

      b3 (raises to raised)
        v10 = call v1(v3)
        return v10
      "
    `);
  });

  it("binds := outside of itself", () => {
    const text = `
def f(xs):
    [y := x for x in xs]
    return y
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write xs = v0
        v1 = read xs
        v2 = list()
        v3 = iterate v1
        goto b1

      b1 (raises to raised)
        v4 = next v3 then b2 else b3

      b2
        write x = v4
        v5 = read x
        write y = v5
        collect v5 into v2
        goto b1

      b3
        v6 = read y
        return v6
      "
    `);
  });
});
