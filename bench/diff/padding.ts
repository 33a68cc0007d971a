// A shop in ten files of about 300 lines that a pull request changes, and as many lines around it as asked for.
import type { Files } from "./review-files.js";

const CHANGED = 10;

/** About `lines` lines, the same change whatever their number: a helper that no longer quotes, and new callers. */
export function paddedRepository(lines: number): { readonly base: Files; readonly head: Files } {
  const base = new Map<string, string>();
  const head = new Map<string, string>();
  for (let number = 0; number < CHANGED; number++) {
    base.set(`shop/part${number}.py`, part(number, false));
    head.set(`shop/part${number}.py`, part(number, true));
  }
  const each = padding(0).split("\n").length;
  const count = Math.max(0, Math.round(lines / each) - CHANGED);
  for (let number = 0; number < count; number++) {
    const path = `shop/area${number % 50}/module${number}.py`;
    base.set(path, padding(number));
    head.set(path, base.get(path)!);
  }
  return { base, head };
}

function part(number: number, isHead: boolean): string {
  const query = isHead
    ? `f"select * from part${number} where name = '{name}'"`
    : `"select * from part${number} where name = %s", (name,)`;
  return `import sqlite3

from flask import Flask, request

app = Flask(__name__)


def rows_of_part${number}(name):
    database = sqlite3.connect("shop.db")
    return database.execute(${query}).fetchall()


@app.get("/part${number}")
def show_part${number}():
    return {"rows": rows_of_part${number}(request.args["name"])}


${isHead ? `@app.get("/part${number}/first")\ndef first_of_part${number}():\n    return {"row": rows_of_part${number}("first")}\n` : ""}${others(number)}`;
}

const UNCHANGED = 18;

/** What stands beside the changed functions in their file. */
function others(number: number): string {
  return Array.from(
    { length: UNCHANGED },
    (_, index) => `

def stock_${number}_${index}(name, amount):
    database = sqlite3.connect("shop.db")
    known = database.execute("select amount from stock where name = %s", (name,)).fetchone()
    if known is None or known[0] < amount:
        raise ValueError(name)
    database.execute("update stock set amount = %s where name = %s", (known[0] - amount, name))
    return known[0] - amount


@app.post("/part${number}/stock${index}")
def take_${number}_${index}():
    return {"left": stock_${number}_${index}(request.form["name"], int(request.form["amount"]))}
`,
  ).join("");
}

/** A file that has nothing to do with the change but the words that all code has. */
function padding(number: number): string {
  const functions = Array.from(
    { length: 8 },
    (_, index) => `
def compute_${number}_${index}(values, limit=10):
    total = 0
    for value in values:
        if value is None:
            continue
        total += value.price * value.amount
        if total > limit:
            log.info("limit of %s reached", limit)
            break
    return total
`,
  );
  return `import logging

log = logging.getLogger(__name__)

${functions.join("\n")}`;
}
