import { describe, expect, it } from "vitest";
import { newBudgets } from "../../src/github/budget.js";
import { POINTS_PER_MINUTE, WRITES_PER_MINUTE } from "../../src/github/limits.js";

const NOW = 1_700_000_000_000;
const answer = (headers: Record<string, string> = {}, isWrite = false) => ({
  isWrite,
  isContent: isWrite,
  header: (name: string) => headers[name] ?? null,
});
const core = (remaining: number, resetsIn: number) => ({
  "x-ratelimit-resource": "core",
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(NOW / 1000 + resetsIn),
});

describe("the budgets of installations", () => {
  it("are open as long as nothing was heard, and while enough is left", () => {
    const budgets = newBudgets();
    expect(budgets.exhaustedUntil(1, NOW)).toBeUndefined();
    budgets.spend(1, answer(core(4000, 1800)), NOW);
    expect(budgets.exhaustedUntil(1, NOW)).toBeUndefined();
    expect(budgets.left(NOW)).toEqual([0.8]);
  });

  it("are closed until GitHub's reset when little is left of the hour, each for itself", () => {
    const budgets = newBudgets();
    budgets.spend(1, answer(core(20, 1800)), NOW);
    budgets.spend(2, answer(core(4000, 1800)), NOW);
    expect(budgets.exhaustedUntil(1, NOW)).toBe(NOW + 1_801_000);
    expect(budgets.exhaustedUntil(2, NOW)).toBeUndefined();
    expect(budgets.exhaustedUntil(1, NOW + 1_801_000)).toBeUndefined();
  });

  it("know the points of a minute, and when there are enough again", () => {
    const budgets = newBudgets();
    for (let n = 0; n < POINTS_PER_MINUTE; n++) budgets.spend(1, answer(), NOW);
    const until = budgets.exhaustedUntil(1, NOW)!;
    expect(until).toBeGreaterThan(NOW);
    expect(until).toBeLessThan(NOW + 10_000);
    expect(budgets.exhaustedUntil(1, until)).toBeUndefined();
  });

  it("know the writes of a minute", () => {
    const budgets = newBudgets();
    for (let n = 0; n < WRITES_PER_MINUTE - 1; n++) budgets.spend(1, answer({}, true), NOW + n * 200);
    for (let n = 0; n < WRITES_PER_MINUTE; n++) budgets.spend(2, answer({}, true), NOW);
    expect(budgets.exhaustedUntil(1, NOW + WRITES_PER_MINUTE * 200)).toBeUndefined();
    expect(budgets.exhaustedUntil(2, NOW)).toBeGreaterThan(NOW);
  });

  it("do without headers, as an Enterprise Server without limits sends them, and ignore other resources", () => {
    const budgets = newBudgets();
    budgets.spend(1, answer(), NOW);
    budgets.spend(1, answer({ ...core(0, 1800), "x-ratelimit-resource": "search" }), NOW);
    expect(budgets.exhaustedUntil(1, NOW)).toBeUndefined();
    expect(budgets.left(NOW)).toEqual([]);
  });
});
