// The identity of a finding: equal for the same defect after a rebase, a move of lines or a new commit.
import { sha256 } from "../base/hash.js";
import type { Finding } from "../rules/finding.js";

/** 16 hex digits, from the rule and the finding's identity; nothing positional goes in. */
export function fingerprint(finding: Finding): string {
  return sha256(JSON.stringify([finding.ruleId, ...finding.identity])).slice(0, 16);
}
