// Small Python files in Markdown: "expression  # is: class shop.Cart" says what the expression refers to there.
// The names of the repository are dotted from the module on, alternatives stand in any order, separated by ", ".
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Body } from "../../src/analysis/body.js";
import type { Ref } from "../../src/analysis/values/value.js";
import { createWorld, type World } from "../../src/analysis/world.js";
import { catalogue } from "../../src/models/index.js";
import { createProgram } from "../../src/python/program.js";
import { memoryTree } from "./memory-tree.js";

const SECTION = /^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm;
const BLOCK = /^```python (\S+)\n([\s\S]*?)^```$/gm;
const MARKED = /^(\s*)(\S.*?)\s*# is: (.*?)\s*$/;

/** One test for each section of each Markdown file in `folder`. */
export function testRefs(folder: URL): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
    describe(file, () => {
      for (const [, title, section] of readFileSync(new URL(file, folder), "utf8").matchAll(SECTION)) {
        it(title!, () => {
          const blocks = [...section!.matchAll(BLOCK)].map(([, path, text]) => [path!, text!] as const);
          const expected = blocks.flatMap(([path, text]) =>
            marked(text, (line, _, expression, refs) => `${path}:${line} ${expression} is ${inOrder(refs)}`),
          );
          expect(expected, "a section says of expressions what they are").not.toEqual([]);
          expect(found(blocks)).toEqual(expected);
        });
      }
    });
  }
}

/** @param each with the line (1-based), its indent, the expression and what is said of it */
function marked<T>(
  text: string,
  each: (line: number, indent: string, expression: string, refs: string) => T,
): T[] {
  return text.split("\n").flatMap((line, index) => {
    const match = MARKED.exec(line);
    return match ? [each(index + 1, match[1]!, match[2]!, match[3]!)] : [];
  });
}

function inOrder(refs: string): string {
  return refs.split(", ").sort().join(", ");
}

/** The marked expressions, each assigned to a variable of its own; then the variables where their bodies end. */
function found(blocks: readonly (readonly [string, string])[]): readonly string[] {
  const rewritten = blocks.map(([path, text]) => {
    const lines = text.split("\n");
    for (const [line, assignment] of marked(text, (at, indent, expression) => {
      return [at, `${indent}_is_${at} = ${expression}`] as const;
    })) {
      lines[line - 1] = assignment;
    }
    return [path, lines.join("\n")] as const;
  });
  const program = createProgram(memoryTree(Object.fromEntries(rewritten)));
  const world = createWorld(program, catalogue);
  return blocks.flatMap(([path, text]) => {
    const holders = bodiesIn(world, world.moduleBody(path)!);
    return marked(text, (line, _, expression) => {
      const values = holders.flatMap((body) => world.environment(body).get(`_is_${line}`) ?? []);
      const refs = values.flatMap((value) => value.refs.map(shown));
      return `${path}:${line} ${expression} is ${[...new Set(refs)].sort().join(", ")}`;
    });
  });
}

function bodiesIn(world: World, body: Body): readonly Body[] {
  world.interpretation(body);
  const inside = world.cfg(body).blocks.flatMap(({ instructions }) =>
    instructions.flatMap((instruction): readonly Body[] => {
      if (instruction.op !== "define") return [];
      const { definition } = instruction;
      const inner =
        definition.kind === "class" ? world.bodyOf(definition, body) : world.bodyOf(definition, body);
      return bodiesIn(world, inner);
    }),
  );
  return [body, ...inside];
}

function shown(ref: Ref): string {
  switch (ref.kind) {
    case "symbol":
      return ref.name;
    case "object":
      return `object ${ref.type}`;
    case "module":
      return `module ${ref.module.module.name}`;
    case "function":
    case "class":
    case "instance":
      return `${ref.kind} ${dotted(ref.body)}`;
    case "partial":
      return `partial ${ref.callee.refs.map(shown).join(" ")}`;
    case "super":
      return `super ${dotted(ref.after)}`;
    case "constant":
      return JSON.stringify(ref.value);
    case "unknown":
      return "unknown";
  }
}

function dotted({ module, name }: Body): string {
  return `${module.name}.${name}`;
}
