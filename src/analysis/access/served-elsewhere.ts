// Checks that other files put around the handlers of a file: where its router is included, its views have their URLs, and
// in the settings.
import type { Module } from "../../python/module.js";
import type { Program } from "../../python/program.js";
import { checksAround, reaches } from "./checks-around.js";
import type { Handler } from "./handlers.js";

/** Files that put an application together, by the names that frameworks and people give them. */
const ASSEMBLING =
  /(^|\/)(main|app|application|server|api|urls|routers?|routes|settings|config|wsgi|asgi|__init__)\.py$|(^|\/)settings\/\w+\.py$/;
/** More of them than these, nearest first, are not read. */
const MOST_FILES = 40;

/** Does another file of the repository stand a check before `handler`? */
export function isGuardedElsewhere(program: Program, { body, reached }: Handler): boolean {
  const { module } = body;
  return assemblersOf(program, module.path).some(({ syntax }) =>
    checksAround(syntax).some(({ reach }) =>
      reach.kind === "named"
        ? reaches(reach, reached) && names(syntax.text, module)
        : reaches(reach, reached),
    ),
  );
}

function assemblersOf(program: Program, path: string): readonly Module[] {
  const folders = path.split("/").slice(0, -1);
  const shared = (other: string) => {
    const own = other.split("/");
    let count = 0;
    while (count < folders.length && own[count] === folders[count]) count += 1;
    return count;
  };
  return program.tree.paths
    .filter((other) => other !== path && ASSEMBLING.test(other) && !/(^|\/)tests?\//.test(other))
    .map((other) => ({ other, near: shared(other) }))
    .sort((one, two) => two.near - one.near)
    .slice(0, MOST_FILES)
    .flatMap(({ other }) => program.module(other) ?? []);
}

/** Does a file that puts together mention the module? */
function names(text: string, { path, isPackage }: Module): boolean {
  const parts = path.replace(/\.py$/, "").split("/");
  const last = (isPackage ? parts.at(-2) : parts.at(-1)) ?? "";
  return new RegExp(`\\b${last.replace(/\W/g, "")}\\b`).test(text);
}
