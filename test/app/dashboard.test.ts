import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measureQueue, measureWork, newMeters } from "../../src/app/meters.js";
import { newSlots } from "../../src/app/reviewing/slots.js";
import { newBudgets } from "../../src/github/budget.js";
import { sqliteQueue } from "../../src/queue/sqlite-queue.js";
import { openDatabase } from "../../src/store/database.js";

const text = readFileSync("docs/deploy/grafana.json", "utf8");
const operating = readFileSync("docs/operating.md", "utf8");

function measured(): ReadonlySet<string> {
  const meters = newMeters();
  measureQueue(meters, sqliteQueue(openDatabase(":memory:")));
  measureWork(meters, newSlots(1), newBudgets());
  return new Set(meters.registry.getMetricsAsArray().map(({ name }) => name));
}

describe("the dashboard and the page on operating", () => {
  it("ask only for what is measured", () => {
    const asked = [...text.matchAll(/\b(hognose_[a-z_]+|process_[a-z_]+|nodejs_[a-z0-9_]+)\b/g)];
    expect(asked.length).toBeGreaterThan(10);
    for (const [, name] of asked) expect([...measured()]).toContain(name!.replace(/_bucket$/, ""));
  });

  it("name every figure of ours", () => {
    for (const name of measured())
      if (name.startsWith("hognose_")) expect(operating).toContain(`\`${name}\``);
  });
});
