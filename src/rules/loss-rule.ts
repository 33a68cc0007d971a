// Rules about protections that a change takes away. The proof is the guard of the base and what stands without it.

import type { Loss, Protection } from "../analysis/protection/loss.js";
import { type Place, spanOf, textOf } from "../analysis/values/place.js";
import { code } from "../base/markdown.js";
import type { Finding, Severity } from "./finding.js";
import type { Rule } from "./rule.js";

interface LossRule extends Omit<Rule, "check" | "compare"> {
  readonly protections: readonly Protection[];
  readonly severity: Severity;
  /** What is wrong; both are the user's code, in Markdown. */
  message(guard: string, exposed: string): string;
  readonly help: string;
  /**
   * Where a loss is said when both places can be commented: at the operation that stands without the guard, or, as by
   * default, at the guard's deleted lines.
   */
  readonly saidAt?: "exposed" | "guard";
  /** Only losses for which this holds. */
  readonly when?: (loss: Loss) => boolean;
  /** What else the rule reports, of one revision alone. */
  readonly check?: Rule["check"];
}

/** A rule that reports every loss of one of `protections`. */
export function lossRule({
  protections,
  severity,
  message,
  help,
  when,
  saidAt = "guard",
  check = () => [],
  ...rule
}: LossRule): Rule {
  const wanted = new Set(protections);
  return {
    ...rule,
    check,
    compare: (losses) =>
      losses
        .filter((loss) => wanted.has(loss.protection) && (when?.(loss) ?? true))
        .map((loss): Finding => {
          const guard = textOf(loss.guard, 60);
          const exposed = textOf(firstLine(loss.exposed), 60);
          return {
            ruleId: rule.id,
            message: message(code(guard), code(exposed)),
            help,
            where: loss.change.head.name,
            severity,
            confidence: loss.sure,
            ...(loss.considered ? { considered: loss.considered } : {}),
            evidence: evidenceOf(loss, guard, exposed, saidAt),
            identity: [loss.change.head.name, guard, exposed],
          };
        }),
  };
}

/** What is gone is said where it was; what is weaker or was rewritten besides, where it stands now. */
function evidenceOf(
  loss: Loss,
  guard: string,
  exposed: string,
  saidAt: "exposed" | "guard",
): Finding["evidence"] {
  const was = {
    role: "guard",
    side: "base",
    span: spanOf(loss.guard),
    note: `${code(guard)} ${loss.did}`,
  } as const;
  const is = {
    role: "missing",
    side: "head",
    span: spanOf(loss.exposed),
    note: `${code(exposed)} stands without it`,
  } as const;
  const isRewritten = loss.exposedLeaf !== undefined && loss.change.added.includes(loss.exposedLeaf);
  return saidAt === "guard" && loss.how === "removed" && !isRewritten ? [is, was] : [was, is];
}

/** A class or function is shown by its first line. */
function firstLine({ syntax, node }: Place): Place {
  const end = syntax.text.indexOf("\n", node.start);
  return { syntax, node: { start: node.start, end: end < 0 ? node.end : Math.min(node.end, end) } };
}
