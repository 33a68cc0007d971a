// Rules that say which kinds of source and sink must not meet. The proof is the way that the data took.
import type { Arrival } from "../analysis/arrival.js";
import { spanOf, textOf } from "../analysis/place.js";
import type { Step } from "../analysis/step.js";
import type { Trail } from "../analysis/value.js";
import { code } from "../base/markdown.js";
import type { SinkKind, SourceKind } from "../models/kinds.js";
import type { RuleContext } from "./context.js";
import type { Confidence, Finding, Severity } from "./finding.js";
import type { Rule } from "./rule.js";

interface TaintRule extends Omit<Rule, "check"> {
  readonly sinks: readonly SinkKind[];
  readonly severity: Severity;
  /** What is wrong; `source` and `sink` are the user's code, in Markdown. */
  message(source: string, sink: string): string;
  /** What the last step says of the argument. */
  readonly sinkNote: string;
  readonly help: string;
}

/** How sure it is that whoever controls this source is not trusted. */
const SOURCE_CONFIDENCE: Readonly<Record<SourceKind, Confidence>> = {
  "http-request": "high",
  upload: "high",
  message: "high",
  "remote-response": "medium",
  local: "low",
  file: "low",
  database: "low",
  secret: "high",
};

export function taintRule({ sinks, severity, message, sinkNote, help, ...rule }: TaintRule): Rule {
  const kinds = new Set(sinks);
  const check = ({ arrivals }: RuleContext): readonly Finding[] =>
    arrivals
      .filter(({ kind }) => kinds.has(kind))
      .map((arrival) => {
        const { origin, trail } = arrival.taint;
        const source = origin.kind === "source" ? origin.text : firstOf(trail);
        const sink = textOf(arrival.call, 40);
        return {
          ruleId: rule.id,
          message: message(code(source), code(sink)),
          help,
          severity,
          confidence:
            origin.kind === "source" && !arrival.taint.uncertain ? SOURCE_CONFIDENCE[origin.source] : "low",
          evidence: proof(stepsOf(trail), lastStep(arrival, sinkNote)),
          identity: [source, textOf(arrival.call, 200)],
        };
      });
  return { ...rule, check };
}

function firstOf(trail: Trail): string {
  return trail.earlier ? firstOf(trail.earlier) : textOf(trail.place);
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
