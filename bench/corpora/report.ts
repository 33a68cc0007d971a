// Verdicts on marked places as Markdown: recall and precision by corpus and family.
import { percent, table } from "../table.js";
import { nameOf } from "./record.js";
import { groupBy, type PlaceVerdict } from "./score.js";

const HEADING = ["corpus", "family", "bad", "found", "recall", "good", "said in vain", "precision"];

/** Rows by corpus, each with its families, then all corpora together. */
export function corpusTable(verdicts: readonly PlaceVerdict[], families: readonly string[]): string {
  const rows = [...groupBy(verdicts, ({ place }) => place.corpus)].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = [...rows, ["all corpora", verdicts] as const];
  return table([HEADING, ...all.flatMap(([name, own]) => rowsOf(name, own, families))], 2);
}

function rowsOf(name: string, verdicts: readonly PlaceVerdict[], families: readonly string[]): string[][] {
  const byFamily = groupBy(verdicts, ({ place }) => place.family);
  const order = families.filter((family) => byFamily.has(family));
  return [row(name, "all", verdicts), ...order.map((family) => row(name, family, byFamily.get(family)!))];
}

/** Precision is of the marked places at which something was said. */
function row(name: string, family: string, verdicts: readonly PlaceVerdict[]): string[] {
  const bad = verdicts.filter(({ place }) => place.expect === "bad");
  const good = verdicts.filter(({ place }) => place.expect === "good");
  const found = bad.filter(({ said }) => said).length;
  const vain = good.filter(({ said }) => said).length;
  const numbers = [`${bad.length}`, `${found}`, percent(found, bad.length), `${good.length}`, `${vain}`];
  return [name, family, ...numbers, percent(found, found + vain)];
}

export function wrongList(verdicts: readonly PlaceVerdict[]): string {
  const missed = verdicts.filter(({ place, said }) => place.expect === "bad" && !said);
  const vain = verdicts.filter(({ place, said }) => place.expect === "good" && said);
  const list = (each: readonly PlaceVerdict[]) => each.map((verdict) => `- ${nameOf(verdict)}`);
  return [
    `### Not found: ${missed.length}`,
    ...list(missed),
    `### Said in vain: ${vain.length}`,
    ...list(vain),
  ].join("\n");
}
