// The project of the demo: three states of the same small shop, and what a review of it must and must not say.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileEdits } from "../fake-github/repository.js";

const FOLDER = join(import.meta.dirname, "project");

/** A line of a file at head, named by what is written there. */
export interface Spot {
  readonly path: string;
  /** A part of the line that occurs on no other line of the file. */
  readonly text: string;
}

interface Defect extends Spot {
  /** As the comment says it. */
  readonly title: string;
}

interface NearMiss extends Spot {
  /** Why nothing is said, a phrase. */
  readonly why: string;
}

export const NAME = { owner: "parcels", name: "desk" } as const;
export const AUTHOR = "maria";
export const BRANCH = "search-and-labels";
export const TITLE = "Search by part of a name, customers, label preview";
export const DESCRIPTION = "Orders can be sorted and found by part of a name. Labels have a preview.";
export const FIX = "Bind values, quote the printer";

/** Edits of one state against the one before it: the first commit, the pull request, the fix. */
export const STATES = { base: read("base"), head: read("head"), fixed: read("fixed") } as const;

/** Where the pull request brings a defect: each must have a comment of the app below this line. */
export const DEFECTS: readonly Defect[] = [
  { path: "parcels/customers.py", text: '"SELECT id, name, city FROM', title: "SQL injection" },
  { path: "parcels/labels.py", text: 'printer = request.form["printer"]', title: "Command injection" },
  { path: "parcels/labels.py", text: "timeout=30,", title: "Command injection" },
  { path: "parcels/orders.py", text: "LIKE '%{name}%'", title: "SQL injection" },
  { path: "parcels/reports.py", text: "LIMIT %s", title: "SQL injection" },
];

/** What looks like a defect and is none. */
export const NEAR_MISSES: readonly NearMiss[] = [
  { path: "parcels/orders.py", text: "ORDER BY {order} DESC", why: "the column is one of an allow-list" },
  { path: "parcels/orders.py", text: "UPDATE orders SET city = ?", why: "the values are bound" },
  { path: "parcels/labels.py", text: "--blank {size}", why: "int() leaves a number" },
  { path: "parcels/labels.py", text: '"--draft", "--title", title', why: "a list of arguments, no shell" },
  { path: "parcels/labels.py", text: "cancel -a {printer}", why: "the name comes from a constant table" },
  { path: "parcels/customers.py", text: '"active = 1"', why: "the condition is a constant" },
];

function read(state: string): FileEdits {
  const folder = join(FOLDER, state);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".py"))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
}

/** 1-based. @throws Error when the line is not there, or is there twice: the project was changed without its list */
export function lineOf(spot: Spot): number {
  const content = STATES.head[spot.path];
  if (typeof content !== "string") throw new Error(`the demo has no ${spot.path}`);
  const lines = content.split("\n").flatMap((line, index) => (line.includes(spot.text) ? [index + 1] : []));
  if (lines.length !== 1) throw new Error(`${spot.path} has ${lines.length} lines with ${spot.text}`);
  return lines[0]!;
}
