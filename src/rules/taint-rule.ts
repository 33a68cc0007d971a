// Rules that say which kinds of source and sink must not meet. The proof is the way that the data took.

import type { Step } from "../analysis/step.js";
import type { Arrival } from "../analysis/taint/arrival.js";
import { spanOf, textOf } from "../analysis/values/place.js";
import type { Trail } from "../analysis/values/value.js";
import type { World } from "../analysis/world.js";
import { code } from "../base/markdown.js";
import type { SinkKind, SourceKind } from "../models/kinds.js";
import type { RuleContext } from "./context.js";
import { exposureOf } from "./exposure.js";
import type { Confidence, Edit, Finding, Severity } from "./finding.js";
import { proof } from "./proof.js";
import type { Rule } from "./rule.js";
import { firstStep, stepsOf } from "./trail.js";

export interface TaintRule extends Omit<Rule, "check"> {
  readonly sinks: readonly SinkKind[];
  readonly severity: Severity;
  /** What is wrong; `source` and `sink` are the user's code, in Markdown. */
  message(source: string, sink: string): string;
  /** What the last step says of the argument. */
  readonly sinkNote: string;
  readonly help: string;
  /**
   * How sure an arrival is, given how sure its source alone makes it; undefined when it is no defect.
   * Without it, the source decides.
   */
  judge?(arrival: Arrival, usual: Confidence): Confidence | undefined;
  /** What to write there instead, where it is written in a simple way. */
  fix?(arrival: Arrival): Edit | undefined;
}

/** How sure it is that whoever controls this source is not trusted; what is secret is not thereby untrusted. */
const SOURCE_CONFIDENCE: Readonly<Record<SourceKind, Confidence | undefined>> = {
  "http-request": "high",
  upload: "high",
  message: "high",
  "remote-response": "medium",
  local: "low",
  file: "low",
  "archive-entry": "medium",
  database: "low",
  secret: undefined,
};

/** A rule that reports every arrival of untrusted data in one of `sinks`. */
export function taintRule({
  sinks,
  severity,
  message,
  sinkNote,
  help,
  judge,
  fix,
  ...rule
}: TaintRule): Rule {
  const kinds = new Set(sinks);
  const confidenceOf = (world: World, arrival: Arrival): Confidence | undefined => {
    if (!kinds.has(arrival.kind)) return undefined;
    const usual = confidenceOfOrigin(world, arrival);
    return usual && judge ? judge(arrival, usual) : usual;
  };
  const check = ({ world, arrivals }: RuleContext): readonly Finding[] =>
    arrivals.flatMap((arrival) => {
      const confidence = confidenceOf(world, arrival);
      if (!confidence) return [];
      const source = sourceText(arrival);
      const sink = textOf(arrival.call, 40);
      const edit = fix?.(arrival);
      return {
        ruleId: rule.id,
        message: message(code(source), code(sink)),
        help,
        where: arrival.body.name,
        severity,
        confidence,
        ...writtenElsewhere(arrival.taint.trail),
        evidence: proof(evidenceOf(arrival.taint.trail), lastStep(arrival, sinkNote)),
        identity: [withoutFallback(source), calleeText(textOf(arrival.call, 200))],
        ...(edit ? { fix: edit } : {}),
      };
    });
  return { ...rule, check };
}

function confidenceOfOrigin(world: World, arrival: Arrival): Confidence | undefined {
  const { origin, uncertain } = arrival.taint;
  if (origin.kind === "parameter") return exposureOf(world, arrival);
  const sure = SOURCE_CONFIDENCE[origin.source];
  return uncertain && sure ? "low" : sure;
}

/** The data as the user wrote it where it enters. */
function sourceText({ taint: { origin, trail } }: Arrival): string {
  if (origin.kind === "source") return origin.text;
  return origin.path.length === 0 ? textOf(firstStep(trail).place) : `self${origin.path.join("")}`;
}

/** What is called; who changes the other arguments of a call does not bring in what was in it before. */
function calleeText(call: string): string {
  const open = call.indexOf("(");
  return open > 0 ? call.slice(0, open) : call;
}

/** `args.get("q", "")` reads what `args.get("q")` reads. */
function withoutFallback(source: string): string {
  return source.replace(/(\.get\((["'])[^"']*\2),[^()]*\)$/, "$1)");
}

/** Where a text is put together that only a function called from there runs. */
function writtenElsewhere(trail: Trail): Pick<Finding, "written"> {
  const steps = stepsOf(trail);
  const mixing = steps.findIndex(({ mixes }) => mixes);
  const isCarried = mixing >= 0 && steps.slice(mixing).some(({ role }) => role === "call");
  return isCarried ? { written: spanOf(steps[mixing]!.place) } : {};
}

/** The trail from its beginning, as evidence. */
function evidenceOf(trail: Trail): Step[] {
  return stepsOf(trail).map(({ role, place, note }) => ({ role, span: spanOf(place), side: "head", note }));
}

function lastStep(arrival: Arrival, note: string): Step {
  return {
    role: "sink",
    span: spanOf(arrival.call),
    side: "head",
    note: `${code(textOf(arrival.argument, 40))} ${note}`,
  };
}
