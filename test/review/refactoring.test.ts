// Changes that only look different: reformatting, renaming and moving say nothing, whatever the code guards.
import { describe, expect, it } from "vitest";
import { noCache } from "../../src/base/source.js";
import { diffTexts } from "../../src/review/diff.js";
import { review } from "../../src/review/run.js";
import type { ChangedFile, Snapshot } from "../../src/review/snapshot.js";
import { RULES } from "../../src/rules/registry.js";
import { memoryTree } from "../support/memory-tree.js";

type Files = Readonly<Record<string, string>>;

function found(base: Files, head: Files): readonly string[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])];
  const changes = paths
    .filter((path) => base[path] !== head[path])
    .map(
      (path): ChangedFile => ({
        ...(base[path] === undefined ? {} : { basePath: path }),
        ...(head[path] === undefined ? {} : { headPath: path }),
        hunks: diffTexts(base[path] ?? "", head[path] ?? ""),
      }),
    );
  const pull = { baseSha: "0".repeat(40), headSha: "1".repeat(40) };
  const snapshot: Snapshot = { pull, base: memoryTree(base), head: memoryTree(head), changes, omissions: [] };
  return review(snapshot, RULES, noCache).findings.map(
    ({ rule, path, startLine }) => `${path}:${startLine} ${rule}`,
  );
}

/** One guarded, and one careless, function of each kind; `number` keeps the names of copies apart. */
const functions = (number: number): readonly string[] => [
  `@admin_required
def drop_order_${number}(request, key):
    if not request.user.has_perm("orders.drop"):
        raise PermissionError(key)
    return orders.drop(key)
`,
  `def read_report_${number}(folder, name):
    if "/" in name or name == "..":
        raise ValueError(name)
    with open(folder + name) as report:
        return report.read()
`,
  `def charge_${number}(card, amount):
    log.info("charging %s", mask_card(card))
    try:
        return bank.charge(card, amount, timeout=10)
    except TimeoutError:
        return None
`,
  `def take_${number}(stock, amount):
    with stock.lock:
        stock.amount -= amount
    child = Popen(["sync"], stdout=PIPE)
    child.wait()
`,
  `def badge_${number}(user):
    greeting = "<b>" + escape(user.name) + "</b>"
    return greeting
`,
  `def find_${number}(cursor, key):
    cursor.execute("SELECT id FROM users WHERE name = %s", [key])
    os.system("touch " + request.args["name"])
    return hmac.compare_digest(key, "x")
`,
];

const HEADER = `import hmac
import logging
import os
from subprocess import PIPE, Popen

from flask import request
from shop import admin_required, bank, escape, mask_card, orders

log = logging.getLogger(__name__)
`;

const bodies = Array.from({ length: 17 }, (_, number) => functions(number)).flat();
const file = (parts: readonly string[]) => [HEADER, ...parts].join("\n\n");
const base: Files = { "shop/all.py": file(bodies) };

describe("a change that only looks different says nothing", () => {
  it("when the indentation changes", () => {
    const head = base["shop/all.py"]!.replace(/^( {4})+/gm, (indent) => indent.replaceAll("    ", "\t"));
    expect(found(base, { "shop/all.py": head })).toEqual([]);
  });

  it("when quotes, line breaks and trailing commas change", () => {
    const head = base["shop/all.py"]!.replace(/"([^"'\n]*)"/g, "'$1'").replace(
      /^( *)(return |)([\w.]+)\(([^()\n]+)\)$/gm,
      "$1$2$3(\n$1    $4,\n$1)",
    );
    expect(head).not.toBe(base["shop/all.py"]);
    expect(found(base, { "shop/all.py": head })).toEqual([]);
  });

  it("when comments and documentation come and go", () => {
    const head = base["shop/all.py"]!.replace(/^(def .*)$/gm, '$1  # see the manual\n    """Does it."""');
    expect(found(base, { "shop/all.py": head })).toEqual([]);
  });

  it("when a hundred functions are renamed", () => {
    const head = base["shop/all.py"]!.replace(
      /\b(drop_order|read_report|charge|take|badge|find)_(\d+)\(/g,
      "$1_no_$2(",
    );
    expect(found(base, { "shop/all.py": head })).toEqual([]);
  });

  it("when fifty functions move to another file", () => {
    const head = { "shop/all.py": file(bodies.slice(50)), "shop/moved.py": file(bodies.slice(0, 50)) };
    expect(found(base, head)).toEqual([]);
  });

  it("when the order of the functions is turned round", () => {
    expect(found(base, { "shop/all.py": file([...bodies].reverse()) })).toEqual([]);
  });

  it("when functions become methods", () => {
    const indented = bodies.map((body) =>
      body.replace(/^(?=.)/gm, "    ").replace(/def (\w+)\(/, "def $1(self, "),
    );
    expect(found(base, { "shop/all.py": file([`class Shop:\n${indented.join("\n")}`]) })).toEqual([]);
  });
});

describe("a change that does harm among those that do not is found", () => {
  it("when a defect is copied", () => {
    const copy = functions(99)[5]!;
    const [finding, ...rest] = found(base, { "shop/all.py": file([...bodies, copy]) });
    expect(finding).toContain("command-injection");
    expect(rest).toEqual([]);
  });

  it("when one function of those that moved loses its check", () => {
    const careless = bodies.map((body, index) =>
      index === 1 ? body.replace(/ {4}if .*\n.*raise.*\n/, "") : body,
    );
    const head = { "shop/all.py": file(careless.slice(50)), "shop/moved.py": file(careless.slice(0, 50)) };
    const [finding, ...rest] = found(base, head);
    expect(finding).toContain("removed-validation");
    expect(rest).toEqual([]);
  });
});
