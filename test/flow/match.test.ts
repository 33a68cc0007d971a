import { describe, expect, it } from "vitest";
import { printed } from "./python.js";

describe("match", () => {
  it("compares plain values, by identity for None", () => {
    const text = `
def f(x):
    match x:
        case "a" | "b":
            return 1
        case None:
            return 2
        case other:
            return other
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0 (raises to raised)
        v0 = parameter 0
        write x = v0
        v1 = read x
        v2 = "a"
        v3 = v1 == v2
        if v3 then b2 else b1

      b1 (raises to raised)
        v4 = "b"
        v5 = v1 == v4
        if v5 then b2 else b3

      b2
        v6 = 1
        return v6

      b3
        v7 = null
        v8 = v1 is v7
        if v8 then b4 else b5

      b4
        v9 = 2
        return v9

      b5
        write other = v1
        v10 = read other
        return v10
      "
    `);
  });

  it("takes the subject apart for captures", () => {
    const text = `
def f(x):
    match x:
        case [a, *b, (c, _)] if a:
            return a
        case {"k": d, **rest}:
            return d
        case P(e, y=g):
            return e
        case int(h):
            return h
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write x = v0
        v1 = read x
        match v1 then b1 else b3

      b1 (raises to raised)
        v2 = unpack v1 0
        v3 = unpack v1 from 1
        v4 = unpack v1 -1
        v5 = unpack v4 0
        write a = v2
        write b = v3
        write c = v5
        v6 = read a
        if v6 then b2 else b3

      b2
        v7 = read a
        return v7

      b3
        match v1 then b4 else b5

      b4 (raises to raised)
        v8 = "k"
        v9 = v1[v8]
        v10 = dict(-, v1)
        write d = v9
        write rest = v10
        v11 = read d
        return v11

      b5
        match v1 then b6 else b7

      b6 (raises to raised)
        v12 = unpack v1 0
        v13 = v1.y
        write e = v12
        write g = v13
        v14 = read e
        return v14

      b7
        match v1 then b8 else b9

      b8
        write h = v1
        v15 = read h
        return v15

      b9
        return
      "
    `);
  });

  it("chooses among the alternatives of an or-pattern", () => {
    const text = `
def f(x):
    match x:
        case [a, 1] | {"a": a}:
            return a
`;
    expect(printed(text)).toMatchInlineSnapshot(`
      "b0
        v0 = parameter 0
        write x = v0
        v1 = read x
        match v1 then b1 else b2

      b1 (raises to raised)
        v2 = unpack v1 0
        v3 = "a"
        v4 = v1[v3]
        v5 = choose(v2, v4)
        write a = v5
        v6 = read a
        return v6

      b2
        return
      "
    `);
  });
});
