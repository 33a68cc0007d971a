import { describe, expect, it } from "vitest";
import { superLinear } from "../../../src/analysis/regex/super-linear.js";
import { translate } from "../../../src/analysis/regex/translate.js";

const NONE = new Set<string>();

describe("translation of patterns", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["(?P<year>\\d+)-(?P=year)", "(?<year>\\d+)-\\k<year>"],
    ["\\A[a-z]+\\Z", "^[a-z]+$"],
    ["[]a-z[-]{,3}", "[\\]a-z\\[-]{0,3}"],
    ["a{x}b/", "a\\{x\\}b\\/"],
    ["(?#words)\\w+\\-\\_\\:", "\\w+\\-_:"],
  ];
  for (const [python, javascript] of cases) {
    it(`reads ${python}`, () => expect(translate(python, NONE)?.source).toBe(javascript));
  }
  it("takes white space and comments out of verbose patterns", () => {
    expect(translate("(?x) a +  # letters\n [ ] \\ b", NONE)).toEqual({ source: "a+[ ] b", flags: "" });
  });
  it("keeps flags that are written inside", () => {
    expect(translate("(?is)a.b", NONE)).toEqual({ source: "a.b", flags: "is" });
  });
  it("gives up on what JavaScript cannot say", () => {
    for (const pattern of ["(?>a+)b", "a++b", "(a)?(?(1)b|c)", "a\\Q"])
      expect(translate(pattern, NONE), pattern).toBeUndefined();
  });
  it("is a pattern that JavaScript takes, for each ASCII character escaped", () => {
    for (let code = 33; code < 127; code++) {
      const translated = translate(`[\\${String.fromCharCode(code)}]`, NONE);
      if (translated) expect(() => new RegExp(translated.source)).not.toThrow();
    }
  });
});

describe("super-linear patterns", () => {
  it("finds nested repetition that must end", () => {
    expect(superLinear("(a+)+$", NONE, "start")).toMatchObject({ growth: "exponential", repeats: "a" });
    expect(superLinear("^(\\w+\\s?)*$", NONE, "none")?.growth).toBe("exponential");
    expect(superLinear("([a-z]+)*", NONE, "both")?.growth).toBe("exponential");
  });
  it("finds two repetitions that share characters", () => {
    expect(superLinear("^\\d+\\d+$", NONE, "none")?.growth).toBe("polynomial");
    expect(superLinear("\\s*(.*?)\\s*=", NONE, "start")?.growth).toBe("polynomial");
  });
  it("says nothing about linear patterns", () => {
    for (const pattern of ["^[a-z]+$", "(?:[a-z]+,)*[a-z]+$", "\\d{1,3}(\\.\\d{1,3}){3}", "a*b*c*$", "(a+)+"])
      expect(superLinear(pattern, NONE, "start"), pattern).toBeUndefined();
  });
});
