// Findings to check-run annotations: for what has no comment on the defect's own lines.
import type { ConfigurationProblem } from "../../config/configuration.js";
import type { IgnoreFault } from "../ignores/apply.js";
import type { Annotation, ReportedFinding } from "../review.js";
import { plainLine } from "./safe.js";

const LEVELS = { high: "failure", medium: "warning", low: "notice" } as const;

/**
 * The annotation on the head lines of the defect. Undefined when a comment already stands there, when the defect is in
 * the base (annotations count in the head), and for low confidence, which is said in the summary only.
 */
export function annotationOf(finding: ReportedFinding, title: string): Annotation | undefined {
  const defect = finding.evidence.at(-1)!;
  if (finding.confidence === "low" || defect.side === "LEFT") return undefined;
  const there =
    finding.side === "RIGHT" &&
    finding.path === defect.path &&
    finding.startLine <= defect.endLine &&
    finding.endLine >= defect.line;
  if (finding.placement === "inline" && there) return undefined;
  return {
    path: defect.path,
    startLine: defect.line,
    endLine: defect.endLine,
    level: LEVELS[finding.severity],
    title,
    message: `${plainLine(finding.message)}\n${plainLine(finding.help)}\n(${finding.rule}, ${finding.cwe})`,
  };
}

/** A comment in the code that asks to ignore something, and does not do what it should. */
export function faultAnnotation({ path, line, what }: IgnoreFault): Annotation {
  return {
    path,
    startLine: line,
    endLine: line,
    level: "warning",
    title: "Comment about ignored findings",
    message: `This comment ${plainLine(what)}.`,
  };
}

/** Something that would not be followed in the configuration that the change writes. */
export function problemAnnotation({ path, line, what }: ConfigurationProblem): Annotation {
  return {
    path,
    startLine: line,
    endLine: line,
    level: "warning",
    title: "Configuration of Hognose",
    message: what,
  };
}
