// Regular expressions whose time grows faster than the text they are matched against.

import type { Matching } from "../../analysis/regex/matching.js";
import { type SuperLinear, superLinear } from "../../analysis/regex/super-linear.js";
import type { Step } from "../../analysis/step.js";
import { type Place, spanOf, textOf } from "../../analysis/values/place.js";
import { allTaints, constantIn } from "../../analysis/values/value.js";
import { code } from "../../base/markdown.js";
import type { SourceKind } from "../../models/kinds.js";
import { runsBesideProduct } from "../beside-product.js";
import type { RuleContext } from "../context.js";
import type { Confidence, Finding } from "../finding.js";
import { hasPublicName } from "../public-code.js";
import type { Rule } from "../rule.js";
import { sourceOf } from "../surroundings.js";
import { replacedPatterns } from "./replaced-patterns.js";

const REMOTE: ReadonlySet<SourceKind> = new Set(["http-request", "upload", "message", "remote-response"]);

/** Who can choose the text: a client, the caller of a public function, nobody knows, nobody; or it is matched elsewhere. */
type Chooser = "client" | "caller" | "unknown" | "nobody" | "elsewhere";

const CONFIDENCE: Readonly<Record<SuperLinear["growth"], Readonly<Record<Chooser, Confidence | undefined>>>> =
  {
    exponential: { client: "high", caller: "medium", unknown: "medium", nobody: undefined, elsewhere: "low" },
    polynomial: {
      client: "medium",
      caller: "low",
      unknown: undefined,
      nobody: undefined,
      elsewhere: undefined,
    },
  };

/** Where more than three repetitions share characters, a few thousand characters are enough. */
const STEEP = 4;

/** @param isWorse the change made the pattern slower than it was */
function confidenceOf(
  { growth, ways }: SuperLinear,
  chooser: Chooser,
  isWorse: boolean,
): Confidence | undefined {
  const usual = CONFIDENCE[growth][chooser];
  if (usual === "high" || chooser === "nobody") return usual;
  return isWorse || (chooser === "caller" && ways >= STEEP) ? "medium" : usual;
}

/** @param isWorse then a pattern that is only made ready here is used somewhere else */
function chooserOf({ text, body }: Matching, isWorse: boolean): Chooser {
  if (!text) return isWorse ? "unknown" : "elsewhere";
  if (constantIn(text.value) !== undefined) return "nobody";
  const origins = allTaints(text.value).map(({ origin }) => origin);
  if (origins.some((origin) => origin.kind === "source" && REMOTE.has(origin.source))) return "client";
  if (origins.some((origin) => origin.kind === "source")) return "nobody";
  if (origins.length === 0) return "unknown";
  return hasPublicName(body) ? "caller" : "unknown";
}

/** The length of the text is compared with something before. */
function isLimited({ text, body }: Matching): boolean {
  if (!text) return false;
  const name = textOf(text.place).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`\\blen\\(\\s*${name}\\s*\\)\\s*[<>]`).test(sourceOf(body));
}

interface Use {
  readonly matching: Matching;
  readonly defect: SuperLinear;
  readonly confidence: Confidence;
}

const LEVELS: readonly Confidence[] = ["high", "medium", "low"];

/** Patterns are asked about once. */
function searching(): (matching: Matching, pattern?: string) => SuperLinear | undefined {
  const known = new Map<string, SuperLinear | undefined>();
  return ({ flags, anchors, ...matching }, pattern = matching.pattern) => {
    const key = `${anchors} ${[...flags].join("")} ${pattern}`;
    if (!known.has(key)) known.set(key, superLinear(pattern, flags, anchors));
    return known.get(key);
  };
}

/**
 * The worst use of each pattern of each file.
 * @param replaced by the pattern of the head: the one that stood in its place
 */
function worstUses(matchings: readonly Matching[], replaced: ReadonlyMap<string, string>): readonly Use[] {
  const defectOf = searching();
  const worst = new Map<string, Use>();
  const matched = new Set(matchings.flatMap(({ text, pattern }) => (text ? [pattern] : [])));
  for (const matching of matchings) {
    const { pattern } = matching;
    if (runsBesideProduct(matching.body.module) || isLimited(matching)) continue;
    const earlier = replaced.get(pattern);
    if (earlier === undefined && isBesideThePoint(matching, matched)) continue;
    const defect = defectOf(matching);
    const isWorse =
      defect !== undefined && earlier !== undefined && isFaster(defectOf(matching, earlier), defect);
    const confidence = defect && confidenceOf(defect, chooserOf(matching, isWorse), isWorse);
    if (!defect || !confidence) continue;
    const place = `${matching.body.module.path} ${pattern}`;
    const other = worst.get(place);
    if (other && LEVELS.indexOf(other.confidence) <= LEVELS.indexOf(confidence)) continue;
    worst.set(place, { matching, defect, confidence });
  }
  return [...worst.values()];
}

/** Nobody can choose the text; or the pattern is only made ready here, and its uses say more. */
function isBesideThePoint(matching: Matching, matched: ReadonlySet<string>): boolean {
  const chooser = chooserOf(matching, false);
  return chooser === "nobody" || (chooser === "elsewhere" && matched.has(matching.pattern));
}

function isFaster(one: SuperLinear | undefined, other: SuperLinear): boolean {
  if (!one) return true;
  return one.growth === other.growth ? one.ways < other.ways : one.growth === "polynomial";
}

function check({ world, roots, before }: RuleContext): readonly Finding[] {
  const matchings = matchingsIn({ world, roots });
  const replaced = before ? replacedPatterns(matchingsIn(before), matchings) : new Map<string, string>();
  return worstUses(matchings, replaced).map((use) => finding(use, writtenPlace(use.matching, matchings)));
}

function matchingsIn({ world, roots }: NonNullable<RuleContext["before"]>): readonly Matching[] {
  return roots.flatMap((root) => world.interpretation(root).matchings);
}

/** Where the pattern is written: in the call, or where it was compiled in one of the files under review. */
function writtenPlace({ pattern, written }: Matching, all: readonly Matching[]): Place | undefined {
  return written ?? all.find((other) => other.pattern === pattern && other.written)?.written;
}

function finding({ matching, defect, confidence }: Use, written: Place | undefined): Finding {
  const { text, call, body, pattern } = matching;
  const subject = text && code(textOf(text.place, 40));
  const growth = defect.growth === "exponential" ? "exponential" : "quadratic or worse";
  const match: Step = {
    role: written ? "source" : "sink",
    span: spanOf(call),
    side: "head",
    note: subject ? `${subject} is matched against it` : `${code(textOf(call, 40))} makes it ready`,
  };
  const cause: Step | undefined = written && {
    role: "sink",
    span: spanOf(written),
    side: "head",
    note: `${code(defect.part)} takes ${growth} time on many ${code(defect.repeats)}`,
  };
  return {
    ruleId: "super-linear-regex",
    message: `This pattern takes ${growth} time on ${subject ?? "texts"} with many ${code(defect.repeats)}.`,
    help: "Make the repeated parts exclude each other, or limit the length of the text before.",
    where: body.name,
    severity: defect.growth === "exponential" ? "high" : "medium",
    confidence,
    evidence: cause ? [match, cause] : [match],
    identity: [pattern],
  };
}

export const superLinearRegex: Rule = {
  id: "super-linear-regex",
  family: "input-validation",
  cwe: "CWE-1333",
  title: "Slow regular expression",
  check,
  docs: {
    what: "A text from outside is matched against a pattern that can be matched in very many ways.",
    why: "Where the match fails in the end, Python tries all of these ways. A text of a few dozen characters keeps one process busy for years when the growth is exponential; some ten thousand do it for minutes when it is quadratic.",
    bad: `import re

from flask import Flask, abort, request

app = Flask(__name__)
NAMES = re.compile(r"^([A-Za-z]+\\s?)+$")


@app.post("/names")
def names():
    if not NAMES.fullmatch(request.form["names"]):
        abort(400)
    return {"ok": True}
`,
    good: `import re

from flask import Flask, abort, request

app = Flask(__name__)
NAMES = re.compile(r"^[A-Za-z]+(?:\\s[A-Za-z]+)*$")


@app.post("/names")
def names():
    if not NAMES.fullmatch(request.form["names"]):
        abort(400)
    return {"ok": True}
`,
    decides:
      "It looks for repetitions in a constant pattern that can share characters, with an end that can fail, and at who chooses the text: a client (high; quadratic: medium), or somebody unknown or the caller of a public function (exponential: medium; quadratic: in the summary; with more than three repetitions that share characters, from the caller of a public function: medium). An exponential pattern that is made ready here and matched elsewhere is in the summary. A pattern that took the place of a faster one is reported whoever chooses the text (medium). How the match is anchored counts: `match` and `fullmatch` try one beginning, `search` all.",
    silent:
      "Linear patterns; constant texts, files and the command line; texts whose length is compared before; attack texts with a period of several characters; patterns with atomic groups or possessive quantifiers; tests and examples.",
    relatives: { codeql: ["py/redos", "py/polynomial-redos"], others: ["Sonar S5852", "dlint DUO138"] },
  },
};
