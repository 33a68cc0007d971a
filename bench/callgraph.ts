// Recall and precision of the call graph on PyCG's micro-benchmark: `npm run bench:callgraph -- DIR [--misses]`, DIR
// a checkout of the public repository vitsalis/PyCG. Exit 1 below 85 % recall or 97 % precision.
//
// A snippet is a folder of Python files with `callgraph.json`: by the name of each caller, the names of its callees.
// Its names, to which this file translates ours:
//   package.module                     a module's own code; `__init__.py` is its package
//   package.module.Class.method        what is defined there; a nested function likewise
//   package.module.<lambda1>           the first lambda of a body in source order, <lambda2> the next
//   <builtin>.len                      a built-in function
//   <**PyStr**>.join, <**PyDict**>.…   a method of a text or a dictionary that is written as a literal
//   ext.Cls, ext.Cls.fun               a symbol of a library; a class that is called is named without __init__
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Body } from "../src/analysis/body.js";
import { type Callee, callGraph } from "../src/analysis/calls/call-graph.js";
import { noCache, type SourceTree } from "../src/base/source.js";
import { catalogue } from "../src/models/index.js";
import { createModuleCache, createProgram } from "../src/python/program.js";

const LEAST_RECALL = 85;
const LEAST_PRECISION = 97;

interface Compared {
  readonly category: string;
  readonly snippet: string;
  readonly expected: number;
  readonly found: number;
  readonly right: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

function main(words: readonly string[]): void {
  const [folder] = words.filter((word) => !word.startsWith("--"));
  if (folder === undefined) throw new Error("usage: npm run bench:callgraph -- DIR [--misses]");
  const snippets = join(resolve(folder), "micro-benchmark", "snippets");
  const compared = folders(snippets).flatMap((category) =>
    folders(join(snippets, category)).map((snippet) => compareSnippet(snippets, category, snippet)),
  );
  console.log(table(compared));
  if (words.includes("--misses")) for (const each of compared) printMisses(each);
  const { recall, precision } = totals(compared);
  process.exitCode = recall >= LEAST_RECALL && precision >= LEAST_PRECISION ? 0 : 1;
}

function folders(path: string): readonly string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function compareSnippet(snippets: string, category: string, snippet: string): Compared {
  const root = join(snippets, category, snippet);
  const written = JSON.parse(readFileSync(join(root, "callgraph.json"), "utf8")) as Record<string, string[]>;
  const expected = new Set(
    Object.entries(written).flatMap(([caller, callees]) => callees.map((callee) => `${caller} -> ${callee}`)),
  );
  const found = edgesIn(root);
  const missing = [...expected].filter((edge) => !found.has(edge));
  const extra = [...found].filter((edge) => !expected.has(edge));
  return {
    category,
    snippet,
    expected: expected.size,
    found: found.size,
    right: expected.size - missing.length,
    missing,
    extra,
  };
}

function edgesIn(root: string): ReadonlySet<string> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .sort();
  const tree: SourceTree = {
    paths,
    blobOf: (path) => (paths.includes(path) ? path : undefined),
    read: (path) => ({ kind: "text", path, blob: path, text: readFileSync(join(root, path), "utf8") }),
  };
  const program = createProgram(tree, createModuleCache(noCache));
  const edges = callGraph(program, catalogue, paths).map(
    ({ caller, callee }) => `${nameOf(caller)} -> ${nameOfCallee(callee)}`,
  );
  return new Set(edges);
}

function nameOf(body: Body): string {
  if (body.kind === "module") {
    return body.module.path
      .replace(/\.py$/, "")
      .replace(/\/?__init__$/, "")
      .replaceAll("/", ".");
  }
  const { definition } = body;
  return `${nameOf(body.enclosing)}.${definition.kind === "lambda" ? lambdaName(body) : definition.name.id}`;
}

function lambdaName({ module, definition, enclosing }: Exclude<Body, { kind: "module" }>): string {
  const scope = module.scopes.scopeOf(definition).parent;
  const siblings = module.scopes.all
    .filter(({ kind, parent }) => kind === "lambda" && parent === scope)
    .map(({ owner }) => owner);
  if (enclosing.definition !== scope?.owner) throw new Error("a lambda stands in the scope of its body");
  return `<lambda${siblings.indexOf(definition) + 1}>`;
}

const LITERALS: Readonly<Record<string, string>> = { str: "PyStr", dict: "PyDict", list: "PyList" };

function nameOfCallee(callee: Callee): string {
  if (callee.kind === "function") return nameOf(callee.body);
  const [first, type, member] = callee.name.split(".");
  if (first !== "builtins") return callee.name;
  const literal = member === undefined || type === undefined ? undefined : LITERALS[type];
  return literal ? `<**${literal}**>.${member}` : callee.name.replace("builtins.", "<builtin>.");
}

function totals(compared: readonly Compared[]) {
  const sum = (count: (each: Compared) => number) => compared.reduce((all, each) => all + count(each), 0);
  const expected = sum((each) => each.expected);
  const found = sum((each) => each.found);
  const right = sum((each) => each.right);
  return {
    snippets: compared.length,
    expected,
    found,
    recall: expected === 0 ? 100 : (100 * right) / expected,
    precision: found === 0 ? 100 : (100 * right) / found,
    complete: sum(({ extra }) => (extra.length === 0 ? 1 : 0)),
    sound: sum(({ missing }) => (missing.length === 0 ? 1 : 0)),
  };
}

function table(compared: readonly Compared[]): string {
  const categories = [...new Set(compared.map(({ category }) => category))];
  const rows = categories.map((category) =>
    row(category, totals(compared.filter((each) => each.category === category))),
  );
  return [
    "| category | snippets | edges expected | found | recall | precision | complete | sound |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
    ...rows,
    row("**all**", totals(compared)),
    "",
    "Complete: nothing found that is not expected. Sound: all that is expected is found.",
  ].join("\n");
}

function row(title: string, sums: ReturnType<typeof totals>): string {
  const { snippets, expected, found, recall, precision, complete, sound } = sums;
  const shares = `${recall.toFixed(1)} % | ${precision.toFixed(1)} %`;
  return `| ${title} | ${snippets} | ${expected} | ${found} | ${shares} | ${complete} | ${sound} |`;
}

function printMisses({ category, snippet, missing, extra }: Compared): void {
  if (missing.length + extra.length > 0) console.log(`\n${relative("", join(category, snippet))}`);
  for (const edge of missing) console.log(`  missing  ${edge}`);
  for (const edge of extra) console.log(`  extra    ${edge}`);
}

main(process.argv.slice(2));
