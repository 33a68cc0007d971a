// Lowering of imports.
import type { ImportedName, Statement } from "./ast.js";
import { byKind, kindOf } from "./kinds.js";
import { childrenOf, type Lowering, type LowerStatement, nameOf, type Row } from "./lowering.js";
import { skipTrivia } from "./text.js";

const aliasedKind = kindOf("aliased_import");
const dottedKind = kindOf("dotted_name");
const wildcardKind = kindOf("wildcard_import");
const relativeKind = kindOf("relative_import");
const dot = 46;

function lowerImport(lowering: Lowering, row: Row): Statement {
  const names = importedNames(lowering, childrenOf(lowering, row));
  return { kind: "import", start: lowering.start[row]!, end: lowering.end[row]!, names };
}

function lowerImportFrom(lowering: Lowering, row: Row): Statement {
  const [moduleRow = 0, ...nameRows] = childrenOf(lowering, row);
  const isStar = nameRows.some((child) => lowering.kind[child] === wildcardKind);
  return {
    kind: "importFrom",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    ...importedModule(lowering, moduleRow),
    names: isStar ? "*" : importedNames(lowering, nameRows),
  };
}

function lowerFutureImport(lowering: Lowering, row: Row): Statement {
  const names = importedNames(lowering, childrenOf(lowering, row));
  return {
    kind: "importFrom",
    start: lowering.start[row]!,
    end: lowering.end[row]!,
    module: "__future__",
    level: 0,
    names,
  };
}

function importedModule(lowering: Lowering, row: Row): { readonly module: string; readonly level: number } {
  if (lowering.kind[row] !== relativeKind) return { module: dottedText(lowering, row), level: 0 };
  const nameRow = childrenOf(lowering, row).find((child) => lowering.kind[child] === dottedKind);
  let level = 0;
  let at = lowering.start[row]!;
  while (lowering.text.charCodeAt(at) === dot) {
    level++;
    at = skipTrivia(lowering.text, at + 1);
  }
  return { module: nameRow === undefined ? "" : dottedText(lowering, nameRow), level };
}

function importedNames(lowering: Lowering, rows: readonly Row[]): readonly ImportedName[] {
  return rows.map((row): ImportedName => {
    const start = lowering.start[row]!;
    const end = lowering.end[row]!;
    if (lowering.kind[row] !== aliasedKind) {
      return { kind: "importedName", start, end, name: dottedText(lowering, row) };
    }
    const [nameRow = 0, aliasRow = 0] = childrenOf(lowering, row);
    const name = nameRow === 0 ? "" : dottedText(lowering, nameRow);
    return { kind: "importedName", start, end, name, alias: nameOf(lowering, aliasRow, end) };
  });
}

/** A dotted name without the white space that may stand around its dots; "" for what is no name. */
function dottedText(lowering: Lowering, row: Row): string {
  if (lowering.kind[row] !== dottedKind) return "";
  return childrenOf(lowering, row)
    .map((child) => nameOf(lowering, child, 0).id)
    .join(".");
}

export const importLowerers = byKind<LowerStatement>({
  import_statement: lowerImport,
  import_from_statement: lowerImportFrom,
  future_import_statement: lowerFutureImport,
});
