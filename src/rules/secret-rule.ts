// Rules about secrets that arrive where others read them. The proof is the way that the secret took.

import type { Step } from "../analysis/step.js";
import type { Arrival } from "../analysis/taint/arrival.js";
import { spanOf, textOf } from "../analysis/values/place.js";
import { isSecret } from "../analysis/values/value.js";
import { code } from "../base/markdown.js";
import type { SinkKind } from "../models/kinds.js";
import { runsBesideProduct } from "./beside-product.js";
import type { Confidence, Finding, Severity } from "./finding.js";
import type { Rule } from "./rule.js";
import { stepsOf } from "./trail.js";

export interface SecretRule extends Omit<Rule, "check"> {
  readonly sinks: readonly SinkKind[];
  readonly severity: Severity;
  /** What is wrong; `secret` and `sink` are the user's code, in Markdown. */
  message(secret: string, sink: string): string;
  readonly sinkNote: string;
  readonly help: string;
  /** How sure it is that it leaks there; undefined when it is no defect. `secret` is what the user wrote. */
  judge(arrival: Arrival, secret: string): Confidence | undefined;
}

/** A rule that reports secrets that arrive in one of `sinks`. */
export function secretRule({ sinks, severity, message, sinkNote, help, judge, ...rule }: SecretRule): Rule {
  const kinds = new Set(sinks);
  const finding = (arrival: Arrival): readonly Finding[] => {
    const { taint, kind, body, call, argument } = arrival;
    const { origin, trail } = taint;
    if (!kinds.has(kind) || !isSecret(taint) || taint.uncertain || origin.kind !== "source") return [];
    if (runsBesideProduct(body.module)) return [];
    const confidence = judge(arrival, origin.text);
    if (!confidence) return [];
    const steps = stepsOf(trail).map(
      ({ role, place, note }): Step => ({ role, span: spanOf(place), side: "head", note }),
    );
    const last: Step = {
      role: "sink",
      span: spanOf(call),
      side: "head",
      note: `${code(textOf(argument, 40))} ${sinkNote}`,
    };
    const [first, ...rest] = [...steps, last];
    return [
      {
        ruleId: rule.id,
        message: message(code(origin.text), code(textOf(call, 40))),
        help,
        where: body.name,
        severity,
        confidence,
        evidence: [first ?? last, ...rest],
        identity: [origin.text, textOf(call, 200)],
      },
    ];
  };
  return { ...rule, check: ({ arrivals }) => arrivals.flatMap(finding) };
}
