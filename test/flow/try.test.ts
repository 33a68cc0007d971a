import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("try", () => {
  it("asks handlers in order and hands on what none of them catches", () => {
    const text = `
def f():
    try:
        a()
    except A as e:
        b(e)
    except (B, c.C):
        d()
    else:
        g()
    return 1
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b3)
        v0 = read a:builtin
        v1 = call v0()
        goto b2

      b2 (raises to raised)
        v2 = read g:builtin
        v3 = call v2()
        goto b8

      b3
        v4 = read A:builtin
        catch v4 then b4 else b5

      b4 (raises to raised)
        v5 = caught
        write e = v5
        v6 = read b:builtin
        v7 = read e
        v8 = call v6(v7)
        unbind e
        goto b8

      b5 (raises to raised)
        v9 = read B:builtin
        v10 = read c:builtin
        v11 = v10.C
        catch v9, v11 then b6 else b7

      b6 (raises to raised)
        v12 = caught
        v13 = read d:builtin
        v14 = call v13()
        goto b8

      b7 (raises to raised)
        raise

      b8
        v15 = 1
        return v15
      "
    `);
  });

  it("ends the questions at a bare except", () => {
    const text = `
def f():
    try:
        a()
    except:
        raise
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read a:builtin
        v1 = call v0()
        goto b3

      b2 (raises to raised)
        v2 = caught
        raise

      b3
        return
      "
    `);
  });

  it("gives the handler an edge even when nothing in the body raises", () => {
    const text = `
def f():
    try:
        x = old
    except NameError:
        x = 1
    return x
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read old:builtin
        write x = v0
        goto b5

      b2
        v1 = read NameError:builtin
        catch v1 then b3 else b4

      b3
        v2 = caught
        v3 = 1
        write x = v3
        goto b5

      b4 (raises to raised)
        raise

      b5
        v4 = read x
        return v4
      "
    `);
  });

  it("copies finally for the normal way and for exceptions", () => {
    const text = `
def f():
    try:
        a()
    finally:
        b()
    c()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b3)
        v0 = read a:builtin
        v1 = call v0()
        goto b2

      b2 (raises to raised)
        v2 = read b:builtin
        v3 = call v2()
        goto b4

      b3 (raises to raised)
        v4 = read b:builtin
        v5 = call v4()
        raise

      b4 (raises to raised)
        v6 = read c:builtin
        v7 = call v6()
        return
      "
    `);
  });

  it("computes the returned value before finally and returns it behind its own copy", () => {
    const text = `
def f():
    try:
        return a()
    finally:
        b()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read a:builtin
        v1 = call v0()
        goto b3

      b2 (raises to raised)
        v2 = read b:builtin
        v3 = call v2()
        raise

      b3 (raises to raised)
        v4 = read b:builtin
        v5 = call v4()
        return v1
      "
    `);
  });

  it("gives break and continue their own copies of finally", () => {
    const text = `
def f():
    for x in xs:
        try:
            if x:
                break
            continue
        finally:
            b()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = read xs:builtin
        v1 = iterate v0
        goto b1

      b1 (raises to raised)
        v2 = next v1 then b2 else b7

      b2
        write x = v2
        goto b3

      b3 (raises to b4)
        v3 = read x
        if v3 then b5 else b6

      b4 (raises to raised)
        v4 = read b:builtin
        v5 = call v4()
        raise

      b5 (raises to raised)
        v6 = read b:builtin
        v7 = call v6()
        goto b7

      b6 (raises to raised)
        v8 = read b:builtin
        v9 = call v8()
        goto b1

      b7
        return
      "
    `);
  });

  it("forgets the exception where finally returns", () => {
    const text = `
def f():
    try:
        a()
    finally:
        return 1
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b3)
        v0 = read a:builtin
        v1 = call v0()
        goto b2

      b2
        v2 = 1
        return v2

      b3
        v3 = 1
        return v3
      "
    `);
  });

  it("runs both finally blocks, inner first, when return leaves two of them", () => {
    const text = `
def f():
    try:
        try:
            return a()
        finally:
            b()
    finally:
        c()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read a:builtin
        v1 = call v0()
        goto b3

      b2 (raises to b4)
        v2 = read b:builtin
        v3 = call v2()
        raise

      b3 (raises to b4)
        v4 = read b:builtin
        v5 = call v4()
        goto b5

      b4 (raises to raised)
        v6 = read c:builtin
        v7 = call v6()
        raise

      b5 (raises to raised)
        v8 = read c:builtin
        v9 = call v8()
        return v1
      "
    `);
  });

  it("runs the inner finally on the way of break, and not the one outside of the loop", () => {
    const text = `
def f():
    try:
        while x:
            try:
                break
            finally:
                b()
    finally:
        c()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1
        v0 = read x:builtin
        if v0 then b2 else b5

      b2 (raises to b3)
        goto b4

      b3 (raises to b6)
        v1 = read b:builtin
        v2 = call v1()
        raise

      b4 (raises to b6)
        v3 = read b:builtin
        v4 = call v3()
        goto b5

      b5 (raises to raised)
        v5 = read c:builtin
        v6 = call v5()
        goto b7

      b6 (raises to raised)
        v7 = read c:builtin
        v8 = call v7()
        raise

      b7
        return
      "
    `);
  });

  it("sends an exception of a handler through finally", () => {
    const text = `
def f():
    try:
        a()
    except A:
        raise B()
    finally:
        c()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read a:builtin
        v1 = call v0()
        goto b5

      b2
        v2 = read A:builtin
        catch v2 then b3 else b4

      b3 (raises to b6)
        v3 = caught
        v4 = read B:builtin
        v5 = call v4()
        raise v5

      b4 (raises to b6)
        raise

      b5 (raises to raised)
        v6 = read c:builtin
        v7 = call v6()
        goto b7

      b6 (raises to raised)
        v8 = read c:builtin
        v9 = call v8()
        raise

      b7
        return
      "
    `);
  });

  it("takes more than four returns through one copy of finally, with one of their values", () => {
    const text = `
def f(x):
    try:
        if x == 1: return a
        if x == 2: return b
        if x == 3: return c
        if x == 4: return d
        return
    finally:
        g()
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write x = v0
        goto b1

      b1 (raises to b11)
        v1 = read x
        v2 = 1
        v3 = v1 == v2
        if v3 then b2 else b3

      b2
        v4 = read a:builtin
        goto b10

      b3 (raises to b11)
        v5 = read x
        v6 = 2
        v7 = v5 == v6
        if v7 then b4 else b5

      b4
        v8 = read b:builtin
        goto b10

      b5 (raises to b11)
        v9 = read x
        v10 = 3
        v11 = v9 == v10
        if v11 then b6 else b7

      b6
        v12 = read c:builtin
        goto b10

      b7 (raises to b11)
        v13 = read x
        v14 = 4
        v15 = v13 == v14
        if v15 then b8 else b9

      b8
        v16 = read d:builtin
        goto b10

      b9
        v17 = null
        goto b10

      b10
        v18 = choose(v4, v8, v12, v16, v17)
        goto b12

      b11 (raises to raised)
        v19 = read g:builtin
        v20 = call v19()
        raise

      b12 (raises to raised)
        v21 = read g:builtin
        v22 = call v21()
        return v18
      "
    `);
  });

  it("unbinds the name of an exception where break leaves its handler", () => {
    const text = `
def f():
    while x:
        try:
            a()
        except A as e:
            break
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1
        v0 = read x:builtin
        if v0 then b2 else b6

      b2 (raises to b3)
        v1 = read a:builtin
        v2 = call v1()
        goto b1

      b3
        v3 = read A:builtin
        catch v3 then b4 else b5

      b4
        v4 = caught
        write e = v4
        unbind e
        goto b6

      b5 (raises to raised)
        raise

      b6
        return
      "
    `);
  });

  it("treats except* as except", () => {
    const text = `
def f():
    try:
        a()
    except* A as group:
        b(group)
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        goto b1

      b1 (raises to b2)
        v0 = read a:builtin
        v1 = call v0()
        goto b5

      b2
        v2 = read A:builtin
        catch v2 then b3 else b4

      b3 (raises to raised)
        v3 = caught
        write group = v3
        v4 = read b:builtin
        v5 = read group
        v6 = call v4(v5)
        unbind group
        goto b5

      b4 (raises to raised)
        raise

      b5
        return
      "
    `);
  });
});
