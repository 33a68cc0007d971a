// Whether somebody says in plain words that a finding is wrong. It earns a hint, never a dismissal. Pure.
import { plainLines } from "./plain-lines.js";

const DOUBT =
  /\b(?:false[ -]?(?:positive|alarm)|(?:is|it'?s|that'?s|this is) (?:not|no) (?:a |an )?(?:real |true |actual )?(?:bug|defect|issue|problem|vulnerability)|isn'?t (?:a |an )?(?:bug|defect|issue|problem|vulnerability)|won'?t fix|wontfix|not exploitable|by design)\b/i;

/** @param body Markdown; what is quoted or code in it does not count */
export function doubts(body: string): boolean {
  return [...plainLines(body)].some((line) => DOUBT.test(line.replaceAll("\u2019", "'")));
}
