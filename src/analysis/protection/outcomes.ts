// Background work whose outcome was looked at, and now is begun so that nobody can.
import type { Call } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { statementCall } from "./checks.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf } from "./pool.js";

/** `job = pool.spawn(work)` with a look at `job` is `pool.spawn_n(work)` now. */
export function lostOutcomes(change: DefinitionChange): readonly Loss[] {
  const gone = [...change.removed, ...change.rewritten.keys()];
  if (!gone.some((leaf) => LOOKS.test(leaf.text))) return [];
  return change.added.flatMap((head) => {
    const call = statementCall(head);
    const work = call && workOf(call, head);
    if (!call || work === undefined || !FORGETS.test(lastNameOf(call.callee))) return [];
    for (const base of gone) {
      const guard = callsOf(base).find(
        (each) =>
          each !== statementCall(base) && KEEPS.test(lastNameOf(each.callee)) && workOf(each, base) === work,
      );
      const did = "keeps what comes of it";
      if (guard)
        return [lossAt("weakened", { protection: "outcome", did, change, base, guard, head, exposed: call })];
    }
    return [];
  });
}

const KEEPS = /^(spawn|spawn_link|submit|create_task|ensure_future|apply_async|run_in_executor|to_thread)$/;
const FORGETS =
  /^(spawn|spawn_n|spawn_raw|submit|create_task|ensure_future|apply_async|run_in_executor|start_new_thread)$/;
/** Asks for a result, or waits with one: `job.wait()`, `job.result()`, `await job`. */
const LOOKS = /\.(wait|result|exception|get|gather)\(|\bas_completed\(|\bgather\(|^await\b/;

/** What is to be done, and with what. */
function workOf({ arguments: [first] }: Call, leaf: Leaf): string | undefined {
  return first && normalText(leaf.syntax, first.value);
}
