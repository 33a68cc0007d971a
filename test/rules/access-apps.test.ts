// One app per framework, and what happens to its guards: a framework without one of the parts is not covered.
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { RULES } from "../../src/rules/registry.js";
import { parseScenarios } from "../support/scenario.js";

/** Each part is a section "Removed guard: …" of the app's file. */
const PARTS = {
  "Removed guard": "said",
  "Forgotten guard": "said",
  "Guard moved to the router": "silent",
  "Public by design": "silent",
  "Wrong object": "said",
  "Unscoped lookup": "said",
} as const;

const FRAMEWORKS = [
  "aiohttp",
  "celery",
  "cherrypy",
  "django",
  "django-rest-framework",
  "fastapi",
  "flask-appbuilder",
  "flask-jwt-extended",
  "flask-login",
  "graphene",
  "grpc",
  "jupyter",
  "oslo-policy",
  "pyramid",
  "starlette",
  "strawberry",
  "tornado",
  "websockets",
];

const folder = new URL("access-apps/", import.meta.url);
const ACCESS = new Set(RULES.filter(({ family }) => family === "access-control").map(({ id }) => id));

it("has an app for every framework", () => {
  const files = readdirSync(folder).map((file) => basename(file, ".md"));
  expect(files.sort()).toEqual(FRAMEWORKS);
});

for (const framework of FRAMEWORKS) {
  describe(framework, () => {
    const scenarios = parseScenarios(readFileSync(new URL(`${framework}.md`, folder), "utf8"));
    for (const [part, outcome] of Object.entries(PARTS)) {
      it(`says what is to be said of: ${part.toLowerCase()}`, () => {
        const own = scenarios.filter(({ title }) => title.startsWith(`${part}: `));
        expect(own).not.toEqual([]);
        for (const { expected, isOfApp } of own) {
          expect(isOfApp).toBe(true);
          expect(expected.some(({ rule, summaryOnly }) => ACCESS.has(rule) && !summaryOnly)).toBe(
            outcome === "said",
          );
        }
      });
    }
    it("has no part that is none of these", () => {
      const titles = scenarios.map(({ title }) => title.slice(0, title.indexOf(":")));
      expect(titles.filter((title) => !(title in PARTS))).toEqual([]);
    });
  });
}
