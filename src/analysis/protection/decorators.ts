// Decorators that lock, make writes one, retry or see to errors, gone from a function that stands. Those that guard are
// with the checks.
import type { DefinitionChange } from "./change.js";
import { dottedText } from "./checks.js";
import { type Loss, lossOfDefinition, type Protection } from "./loss.js";
import { normalText } from "./normal-text.js";
import { calleeOf, lastNameOf, type Pool } from "./pool.js";
import { freedWrites } from "./sharing.js";

interface Kind {
  readonly protection: Protection;
  readonly did: string;
  readonly name: RegExp;
  /** Normal text of a new statement, or of a decorator that the head still has, that does the same. */
  readonly instead: RegExp;
  /** Where the decorator does not say so, it is only mentioned. */
  readonly certain?: RegExp;
  /** It is missed only by so many writes that still stand, in no transaction. */
  readonly writes?: number;
}

const KINDS: readonly Kind[] = [
  {
    protection: "lock",
    did: "lets one in at a time",
    name: /(^|[._])(r?lock(ed|s)?|mutex|exclusive(_lock)?|one_at_a_time|serialized|critical_section|single_flight)$|synchroni[sz]ed?$|_lock$|^require_exclusive/i,
    instead: /(?<!un|[bc])lock|synchroni[sz]|mutex|exclusive|one_at_a_time/i,
  },
  {
    protection: "lock",
    did: "makes the writes one",
    name: /(^|\.)atomic$/,
    instead: /(?<![a-z])(atomic|begin|begin_nested)\b|synchroni[sz]ed|(?<!un|[bc])lock/i,
    // One write alone is as whole without a transaction.
    writes: 2,
  },
  {
    protection: "retry",
    did: "tries again after a conflict",
    name: /retr(y|ies|ying)|backoff|on_deadlock/i,
    instead: /retr(y|ies|ying)|backoff/i,
    certain: /db|deadlock|session|transaction|conflict|serializ|stale|disconnect/i,
  },
  {
    protection: "error-trace",
    did: "saw to its errors",
    name: /fail_on_error|(handle|catch|wrap|convert|translate|log|report|map|expect)_?\w*(errors?|exceptions?|faults?)$|error_handler$|exception_handler$/i,
    instead: /^except|error|exception|fault/i,
  },
];

export function lostDecoration(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const { base, head } = change;
  if (head.node?.kind !== "function" || base.decorators.length === 0) return [];
  const still = head.decorators.map(({ expression }) => normalText(head.module.syntax, expression));
  return base.decorators.flatMap(({ expression }): readonly Loss[] => {
    const text = normalText(base.module.syntax, expression);
    const name = dottedText(calleeOf(expression));
    const kind = KINDS.find((each) => each.name.test(name));
    if (!kind || still.includes(text) || still.some((each) => kind.instead.test(each))) return [];
    if (change.added.some((leaf) => kind.instead.test(leaf.text))) return [];
    if (pool.calledAsOften(lastNameOf(calleeOf(expression)))) return [];
    if (kind.writes && freedWrites(base.leaves, change).length < kind.writes) return [];
    return [
      lossOfDefinition("removed", {
        protection: kind.protection,
        did: kind.did,
        change,
        guard: expression,
        sure: kind.certain && !kind.certain.test(text) ? "low" : "medium",
      }),
    ];
  });
}
