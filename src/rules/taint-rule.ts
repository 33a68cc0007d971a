// Rules that say which kinds of source and sink must not meet. The proof is the way that the data took.
import type { Arrival } from "../analysis/arrival.js";
import type { Body } from "../analysis/body.js";
import { spanOf, textOf } from "../analysis/place.js";
import type { Step } from "../analysis/step.js";
import type { Trail } from "../analysis/value.js";
import { code } from "../base/markdown.js";
import type { SinkKind, SourceKind } from "../models/kinds.js";
import type { RuleContext } from "./context.js";
import type { Confidence, Finding, Severity } from "./finding.js";
import type { Rule } from "./rule.js";
import { firstStep, isBuilt } from "./trail.js";

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
  /** Names of parameters of public functions whose role is evident; without it, no parameter is reported. */
  readonly parameters?: RegExp;
}

/** How sure it is that whoever controls this source is not trusted; what is secret is not thereby untrusted. */
const SOURCE_CONFIDENCE: Readonly<Record<SourceKind, Confidence | undefined>> = {
  "http-request": "high",
  upload: "high",
  message: "high",
  "remote-response": "medium",
  local: "low",
  file: "low",
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
  parameters,
  ...rule
}: TaintRule): Rule {
  const kinds = new Set(sinks);
  const confidenceOf = (arrival: Arrival): Confidence | undefined => {
    if (!kinds.has(arrival.kind)) return undefined;
    const usual = confidenceOfOrigin(arrival, parameters);
    return usual && judge ? judge(arrival, usual) : usual;
  };
  const check = ({ arrivals }: RuleContext): readonly Finding[] =>
    arrivals.flatMap((arrival) => {
      const confidence = confidenceOf(arrival);
      if (!confidence) return [];
      const { origin, trail } = arrival.taint;
      const source = origin.kind === "source" ? origin.text : textOf(firstStep(trail).place);
      const sink = textOf(arrival.call, 40);
      return {
        ruleId: rule.id,
        message: message(code(source), code(sink)),
        help,
        where: arrival.body.name,
        severity,
        confidence,
        evidence: proof(stepsOf(trail), lastStep(arrival, sinkNote)),
        identity: [source, textOf(arrival.call, 200)],
      };
    });
  return { ...rule, check };
}

function confidenceOfOrigin(
  { taint: { origin, trail, uncertain }, body }: Arrival,
  parameters: RegExp | undefined,
): Confidence | undefined {
  if (origin.kind === "source") {
    const sure = SOURCE_CONFIDENCE[origin.source];
    return uncertain && sure ? "low" : sure;
  }
  const name = textOf(firstStep(trail).place);
  const told = parameters?.test(name) && isPublic(body) && isBuilt(trail) && !isCarried(trail);
  return told ? "low" : undefined;
}

/** A function that other modules may call: no part of its dotted name is private. */
function isPublic({ name }: Body): boolean {
  return !name.split(".").some((part) => part.startsWith("_") || part.startsWith("<"));
}

/** Did the data pass through a call? Then the callee is where its parameter is reported. */
function isCarried(trail: Trail): boolean {
  return trail.role === "call" || (trail.earlier !== undefined && isCarried(trail.earlier));
}

/** The trail from its beginning. */
function stepsOf(trail: Trail): Step[] {
  const steps: Step[] = [];
  for (let step: Trail | undefined = trail; step; step = step.earlier) {
    steps.push({ role: step.role, span: spanOf(step.place), side: "head", note: step.note });
  }
  return steps.reverse();
}

function proof(steps: readonly Step[], last: Step): Finding["evidence"] {
  const [first, ...rest] = [...steps, last];
  return [first ?? last, ...rest];
}

function lastStep(arrival: Arrival, note: string): Step {
  return {
    role: "sink",
    span: spanOf(arrival.call),
    side: "head",
    note: `${code(textOf(arrival.argument, 40))} ${note}`,
  };
}
