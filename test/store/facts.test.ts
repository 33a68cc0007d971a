import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFacts } from "../../src/store/facts.js";
import { temporaryFolder } from "../git/repository.js";

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, "deep", "facts.sqlite");
});
afterEach(() => folder.remove());

describe("facts on disk", () => {
  test("are there again when the file is opened again", () => {
    const first = openFacts(file);
    first.put("k", "value \u00e9\n");
    expect(first.get("k")).toBe("value \u00e9\n");
    first.close();
    const second = openFacts(file);
    expect(second.get("k")).toBe("value \u00e9\n");
    expect(second.get("other")).toBeUndefined();
    second.close();
    expect([first.problem(), second.problem()]).toEqual([undefined, undefined]);
  });

  test("of one process are seen by another that has the file open", () => {
    const one = openFacts(file);
    const other = openFacts(file);
    one.put("k", "1");
    one.flush();
    expect(other.get("k")).toBe("1");
    other.put("k", "2");
    other.close();
    expect(one.get("k")).toBe("2");
    one.close();
  });

  test("used least recently go when there are too many", () => {
    const limit = 400_000;
    const large = "x".repeat(20_000);
    let day = 1;
    const open = () => openFacts(file, limit, () => day * 86_400_000);
    const first = open();
    for (const key of ["a", "b", "c", "d", "e", "f", "g", "h"]) first.put(key, large);
    first.close();
    day = 2;
    const second = open();
    expect(second.get("b")).toBe(large);
    second.put("new", "");
    second.close();
    day = 3;
    const third = open();
    for (let index = 0; index < 8; index++) third.put(`later ${index}`, large);
    third.put("last", large.repeat(5));
    third.flush();
    expect(third.get("a")).toBeUndefined();
    expect(third.get("b")).toBe(large);
    third.close();
    expect(statSync(file).size).toBeLessThan(2 * limit);
  });

  test("of a damaged file are forgotten, and new ones kept", () => {
    mkdirSync(join(folder.path, "deep"));
    writeFileSync(file, "this is no database".repeat(500));
    const first = openFacts(file);
    expect(first.get("k")).toBeUndefined();
    first.put("k", "v");
    first.close();
    expect(first.problem()).toBeUndefined();
    expect(openFacts(file).get("k")).toBe("v");
  });

  test("damaged within are no longer asked for, and the next process starts anew", () => {
    const first = openFacts(file);
    for (let index = 0; index < 50; index++) first.put(`k${index}`, "v".repeat(5_000));
    first.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0x5a, 4_096));
    const second = openFacts(file);
    for (let index = 0; index < 50; index++) expect(second.get(`k${index}`)).toBeUndefined();
    second.put("k", "v");
    second.close();
    const third = openFacts(file);
    third.put("k", "v");
    third.close();
    expect(third.problem()).toBeUndefined();
    expect(openFacts(file).get("k")).toBe("v");
  });

  test("that cannot be kept are done without, and it is said why", () => {
    writeFileSync(join(folder.path, "deep"), "a file where the folder should be");
    const facts = openFacts(file);
    facts.put("k", "v");
    expect(facts.get("k")).toBeUndefined();
    facts.close();
    expect(facts.problem()).toContain("facts.sqlite: ");
  });
});
