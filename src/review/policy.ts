// What a review decides: which findings become comments, and whether the merge may go on.
import type { Configuration, Gate, GateAction, Treatment } from "../config/configuration.js";
import { FAMILIES, type Family, type Severity } from "../rules/finding.js";
import type { Conclusion, ReportedFinding } from "./review.js";

export interface Policy {
  /** The lowest severity that fails the check where the gate does not say otherwise; "none" never fails it. */
  readonly failOn: Severity | "none";
  readonly gate: Gate;
  /** What the findings of a family or a rule do, in place of what their severity says. */
  readonly families: Readonly<Partial<Record<Family, GateAction>>>;
  readonly rules: Readonly<Record<string, GateAction>>;
  /** Nothing fails the check. */
  readonly isAdvisory: boolean;
  /** How many findings become comments, inline or on a file, at most. */
  readonly maxComments: number;
}

export const DEFAULT_POLICY: Policy = {
  failOn: "high",
  gate: { severity: {}, confidence: {} },
  families: {},
  rules: {},
  isAdvisory: false,
  maxComments: 25,
};

/**
 * The policy that a configuration asks for.
 * @param isNew the app was installed just now: it says what it would do, unless the configuration wants it done
 */
export function policyOf(configuration: Configuration, isNew = false): Policy {
  const { failOn, gate, families, rules, advisory, maxComments } = configuration;
  return {
    failOn: failOn ?? DEFAULT_POLICY.failOn,
    gate,
    families: gatesOf(families),
    rules: gatesOf(rules),
    isAdvisory: advisory ?? isNew,
    maxComments: maxComments ?? DEFAULT_POLICY.maxComments,
  };
}

function gatesOf(treatments: Readonly<Partial<Record<string, Treatment>>>): Record<string, GateAction> {
  const gates = Object.entries(treatments).map(([name, treatment]) => [name, treatment?.gate]);
  return Object.fromEntries(gates.filter(([, gate]) => gate !== undefined));
}

const LEVELS = ["high", "medium", "low"] as const;

/**
 * `incomplete`: some of the changed Python was not reviewed. Then the conclusion is never "success": green means that
 * everything was looked at; where the policy says so, it is "failure".
 */
export function conclude(
  findings: readonly ReportedFinding[],
  incomplete: boolean,
  policy: Policy,
): Conclusion {
  const fails = findings.some((finding) => blocks(finding, policy));
  const failsIncomplete = incomplete && policy.gate.failsIncomplete === true;
  if (!policy.isAdvisory && (fails || failsIncomplete)) return "failure";
  return findings.length > 0 || incomplete ? "neutral" : "success";
}

type Weighed = Pick<ReportedFinding, "severity" | "confidence" | "rule" | "family">;

/** Whether this finding alone fails the check, or would if the policy were not advisory. */
export function blocks(finding: Weighed, policy: Policy): boolean {
  return actionOf(finding, policy) === "block";
}

const ACTIONS: readonly GateAction[] = ["block", "comment", "monitor"];

/** The weaker of what its rule, family or severity asks for and of what its confidence allows. */
export function actionOf(finding: Weighed, policy: Policy): GateAction {
  const { rule, family, severity, confidence } = finding;
  const { gate, rules, families } = policy;
  const asked = rules[rule] ?? families[family] ?? gate.severity[severity] ?? bySeverity(severity, policy);
  const allowed = confidence === "low" ? "monitor" : (gate.confidence[confidence] ?? "block");
  return ACTIONS[Math.max(ACTIONS.indexOf(asked), ACTIONS.indexOf(allowed))]!;
}

function bySeverity(severity: Severity, { failOn }: Policy): GateAction {
  return failOn !== "none" && LEVELS.indexOf(severity) <= LEVELS.indexOf(failOn) ? "block" : "comment";
}

/**
 * What is only monitored, what is beyond the limit, and what repeats a comment on the same file as a whole (an import
 * that changed has one cause and many places), is said in the summary. `findings` are sorted, the most important first.
 */
export function limitComments(
  findings: readonly ReportedFinding[],
  policy: Policy,
): readonly ReportedFinding[] {
  let left = policy.maxComments;
  const files = new Set<string>();
  const repeats = ({ placement, path, rule }: ReportedFinding) => {
    if (placement !== "file") return false;
    const known = files.size;
    return files.add(`${path} ${rule}`).size === known;
  };
  return findings.map((finding) => {
    if (finding.placement === "summary") return finding;
    if (repeats(finding)) return { ...finding, placement: "summary" as const };
    if (actionOf(finding, policy) !== "monitor" && left-- > 0) return finding;
    return { ...finding, placement: "summary" as const };
  });
}

/** For sorting: most severe first, then the surest, then by family, path and line; never by chance. */
export function byImportance(a: ReportedFinding, b: ReportedFinding): number {
  return (
    LEVELS.indexOf(a.severity) - LEVELS.indexOf(b.severity) ||
    LEVELS.indexOf(a.confidence) - LEVELS.indexOf(b.confidence) ||
    FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) ||
    compareText(a.path, b.path) ||
    a.startLine - b.startLine ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
