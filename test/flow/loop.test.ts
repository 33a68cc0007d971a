import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("a loop", () => {
  it("runs else when for is exhausted and skips it on break", () => {
    const text = `
def f(xs):
    for x in xs:
        if x:
            break
    else:
        a()
    b()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write xs = v0
        v1 = read xs
        v2 = iterate v1
        goto b1

      b1 (raises to raised)
        v3 = next v2 then b2 else b3

      b2
        write x = v3
        v4 = read x
        if v4 then b4 else b1

      b3 (raises to raised)
        v5 = read a:builtin
        v6 = call v5()
        goto b4

      b4 (raises to raised)
        v7 = read b:builtin
        v8 = call v7()
        return
      "
    `);
  });

  it("asks the condition of while again after continue", () => {
    const text = `
def f(x):
    while x:
        if a():
            continue
        b()
    else:
        c()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write x = v0
        goto b1

      b1
        v1 = read x
        if v1 then b2 else b4

      b2 (raises to raised)
        v2 = read a:builtin
        v3 = call v2()
        if v3 then b1 else b3

      b3 (raises to raised)
        v4 = read b:builtin
        v5 = call v4()
        goto b1

      b4 (raises to raised)
        v6 = read c:builtin
        v7 = call v6()
        goto b5

      b5
        return
      "
    `);
  });

  it("leaves while True only by break", () => {
    const text = `
def f():
    while True:
        if a():
            break
    return 1
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to raised)
        v0 = read a:builtin
        v1 = call v0()
        if v1 then b2 else b1

      b2
        v2 = 1
        return v2
      "
    `);
  });

  it("marks what follows an endless loop as unreachable", () => {
    const text = `
def f():
    while 1:
        pass
    a()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1
        goto b1

      b2 (unreachable, raises to raised)
        v0 = read a:builtin
        v1 = call v0()
        return
      "
    `);
  });

  it("takes elements from an async iterator", () => {
    const text = `
async def f(xs):
    async for x, y in xs:
        pass
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write xs = v0
        v1 = read xs
        v2 = async iterate v1
        goto b1

      b1 (raises to raised)
        v3 = next v2 then b2 else b3

      b2 (raises to raised)
        v4 = unpack v3 0
        v5 = unpack v3 1
        write x = v4
        write y = v5
        goto b1

      b3
        return
      "
    `);
  });
});
