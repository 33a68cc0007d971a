// A cache of a method keeps alive every object on which the method was ever called.
import { type FunctionBody, hasReceiver, isClassMethod } from "../../analysis/body.js";
import { namedValue } from "../../analysis/names/named.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Decorator } from "../../python/ast.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

const CACHES: ReadonlySet<string> = new Set(["functools.lru_cache", "functools.cache"]);

/** `@lru_cache`, `@functools.cache`, `@lru_cache(maxsize=None)` */
function cacheOf(world: World, body: FunctionBody): Decorator | undefined {
  if (body.definition.kind !== "function") return undefined;
  return body.definition.decorators.find(({ expression }) => {
    const named = expression.kind === "call" ? expression.callee : expression;
    return namedValue(world, body.enclosing, named).refs.some(
      (ref) => ref.kind === "symbol" && CACHES.has(ref.name),
    );
  });
}

function finding(body: FunctionBody, cache: Decorator): Finding {
  const written = code(textIn(body, cache.expression, 40));
  return {
    ruleId: "cached-method",
    message: `${written} keeps every object alive on which ${code(body.name)} was called.`,
    help: "Cache in the object itself (`cached_property`), or cache a function of what the result depends on.",
    severity: "low",
    confidence: "low",
    where: body.name,
    evidence: [
      stepAt("sink", placeIn(body, cache), "the receiver is part of the key, and the cache is global"),
    ],
    identity: [body.name],
  };
}

export const cachedMethod: Rule = {
  id: "cached-method",
  family: "resource-management",
  cwe: "CWE-401",
  title: "Cache that keeps objects alive",
  check: (context) =>
    productBodies(context).flatMap((body) => {
      if (body.kind !== "function" || !hasReceiver(body) || isClassMethod(body.definition)) return [];
      const cache = cacheOf(context.world, body);
      return cache ? [finding(body, cache)] : [];
    }),
  docs: {
    what: "A method is decorated with `functools.lru_cache` or `functools.cache`.",
    why: "The cache belongs to the function, not to the object: it holds the receiver in each of its keys, so that no object goes before the cache is full, and without a `maxsize` none ever does. In a server that makes an object for each request the memory grows until the process is stopped.",
    bad: `from functools import lru_cache


class Report:
    def __init__(self, rows):
        self.rows = rows

    @lru_cache(maxsize=None)
    def total(self, column):
        return sum(row[column] for row in self.rows)
`,
    good: `from functools import cached_property


class Report:
    def __init__(self, rows):
        self.rows = rows

    @cached_property
    def total(self):
        return sum(row["amount"] for row in self.rows)
`,
    decides: "It looks at what the decorators of methods that take an object refer to.",
    silent:
      "Functions, static methods and methods of the class; caches that are kept in the object. It is in the summary only: of objects that live as long as the process nothing is lost.",
    relatives: { ruff: ["B019"], others: ["Pylint method-cache-max-size-none"] },
  },
};
