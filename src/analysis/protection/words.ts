// What the words of a name say about the part that a call or condition plays.
import { wordsOf } from "../../base/words.js";

/** Does one of the words of `name` match? */
export function says(name: string, words: RegExp): boolean {
  return wordsOf(name).some((word) => words.test(word));
}

export const AUTHORIZATION =
  /^(permissions?|perms?|permitted|authori[sz](e|ed|es|ation|er)|authenticated?|authentication|unauthori[sz]ed|login|admins?|superusers?|staff|roles?|acls?|privileges?|privileged|csrf|xsrf|forbidden|denied|restricted)$/;

export const VALIDATION =
  /^(validat(e|es|ed|or|ors|ion)|valid|invalid|verif(y|ies|ied|ication)|ensure|sanitiz\w*|sanitis\w*|safe|unsafe|allowed|allow|disallowed|whitelist\w*|allowlist\w*|denylist\w*|blacklist\w*|blocklist\w*|trusted|untrusted|suspicious|escape[ds]?|traversal)$/;

/** The first word of a call that is made for its refusal. */
export const CHECKING =
  /^(validate|verify|ensure|require|enforce|authori[sz]e|authenticate|forbid|sanitize|sanitise|check|assert)$/;

export const SANITIZING =
  /^(escape[ds]?|quote|quoted|urlquote|sanitiz\w*|sanitis\w*|bleach|htmlescape|striptags|clean)$/;

export const MASKING =
  /^(mask|masked|masks|redact|redacted|redacts|scrub|scrubbed|obfuscate[ds]?|hide|hidden|anonymi[sz]e[ds]?|censor|censored|sanitiz\w*|sanitis\w*)$/;

export const RELEASING = /^(close|aclose|wait|release|unlock|terminate|kill|disconnect|dispose|shutdown)$/;

export const LOCKS = /^(r?lock|locks|mutex|semaphore|rlock|critical)$/;

/** Roles that few have. */
export const GREAT =
  /^(admins?|administrat(e|es|ors?|ion)|superusers?|staff|owners?|managers?|root|sysadmin)$/;
