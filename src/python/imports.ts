// How import statements name modules.
import type { ImportFrom } from "./ast.js";

/** `module` as instructions write it: leading dots of a relative import kept ("..m", "."). */
export function importedModuleName(statement: ImportFrom): string {
  return ".".repeat(statement.level) + statement.module;
}
