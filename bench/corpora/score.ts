// Verdicts on marked places. A finding of the same family or weakness counts for the nearest place within a line of it;
// on a "bad" place it is right, on a "good" one it is wrong. What meets no place is not judged.
import { isSameWeakness } from "./cwe.js";
import type { MarkedPlace } from "./manifest.js";

export interface ScannedFinding {
  /** Relative to the folder of the corpora. */
  readonly file: string;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  readonly cwe: number;
  /** As a manifest calls it. */
  readonly family: string;
  readonly rule: string;
}

export interface PlaceVerdict {
  readonly place: MarkedPlace;
  /** Was something said there? Right for a bad place, wrong for a good one. */
  readonly said: boolean;
}

/** Lines between a finding and its place. */
const TOLERANCE = 1;
/** A finding that spans more lines counts for its first one. */
const LONGEST = 12;

/** A verdict for each place. */
export function scorePlaces(
  places: readonly MarkedPlace[],
  findings: readonly ScannedFinding[],
): readonly PlaceVerdict[] {
  const byFile = groupBy(findings, ({ file }) => file);
  return [...groupBy(places, ({ file }) => file)].flatMap(([file, marked]) =>
    scoreFile(marked, byFile.get(file) ?? []),
  );
}

function scoreFile(
  places: readonly MarkedPlace[],
  findings: readonly ScannedFinding[],
): readonly PlaceVerdict[] {
  const lines = places.filter(({ level }) => level === "line");
  const charged = new Set(findings.map((finding) => nearest(lines, finding)));
  return places.map((place) => {
    const fitting = findings.filter((finding) => isAbout(finding, place));
    if (place.level === "file") return { place, said: fitting.length > 0 };
    if (place.expect === "good") return { place, said: charged.has(place) };
    return { place, said: fitting.some((finding) => distance(finding, place) <= TOLERANCE) };
  });
}

/** The place for which a finding counts; of two equally near ones a bad one, else the first. */
function nearest(places: readonly MarkedPlace[], finding: ScannedFinding): MarkedPlace | undefined {
  let best: MarkedPlace | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const far = distance(finding, place);
    if (far > TOLERANCE || !isAbout(finding, place)) continue;
    if (far < least || (far === least && place.expect === "bad" && best?.expect !== "bad")) {
      best = place;
      least = far;
    }
  }
  return best;
}

function isAbout({ cwe, family }: ScannedFinding, place: MarkedPlace): boolean {
  if (place.cwe && isSameWeakness(place.cwe, cwe)) return true;
  return place.family !== "other" && place.family === family;
}

function distance({ line, endLine }: ScannedFinding, place: MarkedPlace): number {
  const last = endLine - line <= LONGEST ? endLine : line;
  const at = place.line ?? 0;
  if (at >= line && at <= last) return 0;
  return Math.min(Math.abs(at - line), Math.abs(at - last));
}

export function groupBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const known = groups.get(keyOf(value));
    if (known) known.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
