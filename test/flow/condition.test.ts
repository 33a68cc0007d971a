import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("a condition", () => {
  it("branches on each operand of and, or and not", () => {
    const text = `
def f(a, b, c):
    if a and (b or not c):
        return 1
    return 2
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write a = v0
        v1 = parameter 1
        write b = v1
        v2 = parameter 2
        write c = v2
        v3 = read a
        if v3 then b1 else b4

      b1
        v4 = read b
        if v4 then b3 else b2

      b2
        v5 = read c
        if v5 then b4 else b3

      b3
        v6 = 1
        return v6

      b4
        v7 = 2
        return v7
      "
    `);
  });

  it("branches on each comparison of a chain and evaluates the middle once", () => {
    const text = `
def f(a, c):
    if a < b() < c:
        return 1
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = parameter 1
        write c = v1
        v2 = read a
        v3 = read b:builtin
        v4 = call v3()
        v5 = v2 < v4
        if v5 then b1 else b3

      b1 (raises to raised)
        v6 = read c
        v7 = v4 < v6
        if v7 then b2 else b3

      b2
        v8 = 1
        return v8

      b3
        return
      "
    `);
  });

  it("chooses the deciding operand where the value is wanted", () => {
    const text = `
def f(a, b, c):
    return (a or b) and c
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write a = v0
        v1 = parameter 1
        write b = v1
        v2 = parameter 2
        write c = v2
        v3 = read a
        if v3 then b2 else b1

      b1
        v4 = read b
        if v4 then b2 else b3

      b2
        v5 = read c
        goto b3

      b3
        v6 = choose(v4, v5)
        return v6
      "
    `);
  });

  it("gives not its own value where it decides", () => {
    const text = `
def f(a, b):
    return not a and b
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write a = v0
        v1 = parameter 1
        write b = v1
        v2 = read a
        if v2 then b1 else b2

      b1
        v3 = false
        goto b3

      b2
        v4 = read b
        goto b3

      b3
        v5 = choose(v3, v4)
        return v5
      "
    `);
  });

  it("chooses between the arms of a conditional expression", () => {
    const text = `
def f(a):
    return 1 if a.b else 2
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write a = v0
        v1 = read a
        v2 = v1.b
        if v2 then b1 else b2

      b1
        v3 = 1
        goto b3

      b2
        v4 = 2
        goto b3

      b3
        v5 = choose(v3, v4)
        return v5
      "
    `);
  });

  it("has one way only on a literal and on TYPE_CHECKING", () => {
    const text = `
def f():
    if TYPE_CHECKING:
        a()
    if not 0:
        b()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b2

      b1 (unreachable, raises to raised)
        v0 = read a:builtin
        v1 = call v0()
        goto b2

      b2 (raises to raised)
        v2 = read b:builtin
        v3 = call v2()
        goto b3

      b3
        return
      "
    `);
  });

  it("raises AssertionError on the false side of assert, after the message", () => {
    const text = `
def f(a):
    assert a is not None, b()
    return a
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write a = v0
        v1 = read a
        v2 = null
        v3 = v1 is not v2
        if v3 then b2 else b1

      b1 (raises to raised)
        v4 = read b:builtin
        v5 = call v4()
        v6 = read AssertionError:builtin
        raise v6

      b2
        v7 = read a
        return v7
      "
    `);
  });
});
