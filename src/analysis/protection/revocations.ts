// Calls that end what somebody is known by, a session or a token, where rights change: at login, logout, a new role.
import { lastPart, wordsOf } from "../../base/words.js";
import type { Call } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedText, statementCall } from "./checks.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";
import { dominatedBy, inHead, liftedOut } from "./subject.js";

export function lostRevocations(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const losses = change.removed.flatMap((leaf) => {
    const call = statementCall(leaf);
    const name = call && dottedText(call.callee);
    if (!call || name === undefined || pool.calledAsOften(name)) return [];
    const renews = RENEWS.test(name) && crossesBoundary(change);
    if (
      !(renews || revokes(call)) ||
      isReplaced(change) ||
      pool.takesOver([lastNameOf(call.callee)], change)
    ) {
      return [];
    }
    const exposed = standing(leaf, change);
    if (!exposed) return [];
    const did = renews ? "ends the session that was there before" : "ends what was given out before";
    return lossAt("removed", { protection: "authorization", did, change, base: leaf, head: exposed });
  });
  // One function ends one session, however often it says so.
  return losses.slice(0, 1);
}

/** What is done with the session of a request, and with no other kind of session. */
const RENEWS =
  /(^|\.)session\.(invalidate|cycle_key|regenerate(_id)?|renew|rotate|new_session|create_new)$|(^|\.)(request|flask|req|bottle|web)\.session\.(flush|clear|new|delete)$|(^|\.)(cycle_key|rotate_token|regenerate_session|session_regenerate)$/;

const REVOKING = /^(revoke|revokes|invalidate|expire|blacklist|blocklist)$/;
const GIVEN_OUT = /^(tokens?|sessions?|credentials?|grants?|trusts?|cookies?|refresh|certificates?|keys?)$/;

/** `revoke_tokens(user)`, `self.tokens.invalidate(user)`; a cache is invalidated for another reason. */
function revokes({ callee }: Call): boolean {
  const words = wordsOf(dottedText(callee));
  const own = wordsOf(lastNameOf(callee));
  if (words.some((word) => /^(caches?|cached|lru|db|database)$/.test(word))) return false;
  return own.some((word) => REVOKING.test(word)) && words.some((word) => GIVEN_OUT.test(word));
}

const BOUNDARY =
  /^(login|logout|log_in|log_out|logon|signin|signout|sign_in|sign_out|auth_login|login_user|logout_user|authenticate|remember|forget|set_password|change_password|reset_password|set_current_user|impersonate)$/;

/** Does the head still let somebody in or out here? */
function crossesBoundary({ head }: DefinitionChange): boolean {
  const last = lastPart(head.name);
  if (BOUNDARY.test(last)) return true;
  return head.leaves.some((leaf) => callsOf(leaf).some(({ callee }) => BOUNDARY.test(lastNameOf(callee))));
}

/** Has the head another call of the kind that the base has not? */
function isReplaced({ added }: DefinitionChange): boolean {
  return added.some((leaf) =>
    callsOf(leaf).some((call) => RENEWS.test(dottedText(call.callee)) || revokes(call)),
  );
}

/** What is done as before: behind the call, or else before it. */
function standing(guard: Leaf, change: DefinitionChange): Leaf | undefined {
  const outer = liftedOut(guard, change.removed);
  const acts = (leaf: Leaf): Leaf | undefined => {
    const head = inHead(leaf, change);
    return head && callsOf(head).length > 0 ? head : undefined;
  };
  for (const leaf of dominatedBy(outer, change)) if (acts(leaf)) return acts(leaf);
  const before = change.base.leaves.slice(0, guard.index).filter(({ node }) => node.kind === "expression");
  for (const leaf of before.reverse()) if (acts(leaf)) return acts(leaf);
  return undefined;
}
