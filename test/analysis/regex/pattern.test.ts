import { describe, expect, it } from "vitest";
import { provedByPattern } from "../../../src/analysis/regex/pattern.js";
import { ALL_KINDS, hasKind, NO_KINDS } from "../../../src/models/kinds.js";

describe("what a match proves", () => {
  it.each([
    ["[a-z0-9_]+", "both"],
    ["^[\\w-]+\\Z", "none"],
    ["(asc|desc)", "both"],
  ] as const)("%s matched %s proves that the text is harmless", (pattern, anchors) => {
    expect(provedByPattern(pattern, anchors)).toBe(ALL_KINDS);
  });

  it.each([
    ["[a-z]+", "start"],
    ["[a-z]+$", "none"],
    ["^.*$", "start"],
    ["[^/]+", "both"],
    ["^a|b$", "none"],
    ["[\\w' ]+", "both"],
    ["(?m)^[a-z]+$", "none"],
  ] as const)("%s matched %s proves nothing", (pattern, anchors) => {
    expect(provedByPattern(pattern, anchors)).toBe(NO_KINDS);
  });

  it("a dollar sign lets a line break through", () => {
    expect(hasKind(provedByPattern("[a-z]+$", "start"), "header")).toBe(false);
    expect(hasKind(provedByPattern("[a-z]+$", "start"), "sql")).toBe(true);
  });

  it("a slash leads elsewhere", () => {
    expect(hasKind(provedByPattern("[a-z/]+", "both"), "path")).toBe(false);
  });
});
