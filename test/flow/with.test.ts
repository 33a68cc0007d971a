import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("with", () => {
  it("exits the manager on the normal way and where an exception is under way", () => {
    const text = `
def f():
    with a() as b:
        c(b)
    d()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read a:builtin
        v1 = call v0()
        v2 = enter v1
        goto b1

      b1 (raises to b3)
        write b = v2
        v3 = read c:builtin
        v4 = read b
        v5 = call v3(v4)
        goto b2

      b2 (raises to raised)
        exit v1
        goto b4

      b3 (raises to raised)
        exit v1 raising
        raise

      b4 (raises to raised)
        v6 = read d:builtin
        v7 = call v6()
        return
      "
    `);
  });

  it("exits on return after the value was computed", () => {
    const text = `
def f():
    with lock:
        return a()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read lock:builtin
        v1 = enter v0
        goto b1

      b1 (raises to b3)
        v2 = read a:builtin
        v3 = call v2()
        goto b2

      b2 (raises to raised)
        exit v0
        return v3

      b3 (raises to raised)
        exit v0 raising
        raise
      "
    `);
  });

  it("enters one item before the next is evaluated and exits them in reverse", () => {
    const text = `
def f():
    with a, b:
        c()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read a:builtin
        v1 = enter v0
        goto b1

      b1 (raises to b6)
        v2 = read b:builtin
        v3 = enter v2
        goto b2

      b2 (raises to b4)
        v4 = read c:builtin
        v5 = call v4()
        goto b3

      b3 (raises to b6)
        exit v2
        goto b5

      b4 (raises to b6)
        exit v2 raising
        raise

      b5 (raises to raised)
        exit v0
        goto b7

      b6 (raises to raised)
        exit v0 raising
        raise

      b7
        return
      "
    `);
  });

  it("exits inside the loop on continue and on break", () => {
    const text = `
def f():
    for x in xs:
        with a:
            if x:
                continue
            break
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read xs:builtin
        v1 = iterate v0
        goto b1

      b1 (raises to raised)
        v2 = next v1 then b2 else b7

      b2 (raises to raised)
        write x = v2
        v3 = read a:builtin
        v4 = enter v3
        goto b3

      b3 (raises to b6)
        v5 = read x
        if v5 then b4 else b5

      b4 (raises to raised)
        exit v3
        goto b1

      b5 (raises to raised)
        exit v3
        goto b7

      b6 (raises to raised)
        exit v3 raising
        raise

      b7
        return
      "
    `);
  });

  it("goes on behind contextlib.suppress when the type matches", () => {
    const text = `
def f():
    with contextlib.suppress(A, B):
        c()
    d()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read contextlib:builtin
        v1 = v0.suppress
        v2 = read A:builtin
        v3 = read B:builtin
        v4 = call v1(v2, v3)
        v5 = enter v4
        goto b1

      b1 (raises to b3)
        v6 = read c:builtin
        v7 = call v6()
        goto b2

      b2 (raises to raised)
        exit v4
        goto b5

      b3 (raises to raised)
        exit v4 raising
        catch v2, v3 then b5 else b4

      b4 (raises to raised)
        raise

      b5 (raises to raised)
        v8 = read d:builtin
        v9 = call v8()
        return
      "
    `);
  });

  it("marks both ends of async with", () => {
    const text = `
async def f():
    async with a as b:
        await c(b)
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read a:builtin
        v1 = async enter v0
        goto b1

      b1 (raises to b3)
        write b = v1
        v2 = read c:builtin
        v3 = read b
        v4 = call v2(v3)
        v5 = await v4
        goto b2

      b2 (raises to raised)
        async exit v0
        goto b4

      b3 (raises to raised)
        async exit v0 raising
        raise

      b4
        return
      "
    `);
  });
});
