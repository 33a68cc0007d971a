// Work that a coroutine handed to a thread, and now does itself: the event loop waits for it.
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf } from "./pool.js";

/** `await to_thread(load, name)` is `load(name)` now, in a coroutine. */
export function lostOffloading(change: DefinitionChange): readonly Loss[] {
  const { head, removed, rewritten } = change;
  if (head.node?.kind !== "function" || !head.node.isAsync) return [];
  return [...rewritten.keys(), ...removed].flatMap((base) =>
    callsOf(base).flatMap((call) => {
      const work = workOf(call);
      if (!work) return [];
      const now = doneHere(normalText(base.syntax, work), rewritten.get(base), change);
      if (!now) return [];
      const did = "runs it in a thread";
      return [
        lossAt("removed", {
          protection: "off-loop",
          did,
          change,
          base,
          guard: call,
          head: now.leaf,
          exposed: now.call,
        }),
      ];
    }),
  );
}

/** What a call hands to a thread: a function that is named, alone or with arguments bound to it. */
function workOf({ callee, arguments: list }: Call): Expression | undefined {
  const name = lastNameOf(callee);
  const at = name === "run_in_executor" ? 1 : 0;
  const isThread = THREADS.test(name) || name === "run_in_executor" || isRunSync(callee);
  const given = list[at]?.form === "positional" ? list[at].value : undefined;
  if (!isThread || !given) return undefined;
  const work = given.kind === "call" && lastNameOf(given.callee) === "partial" ? boundIn(given) : given;
  const inner = work?.kind === "lambda" && work.body.kind === "call" ? work.body.callee : work;
  return inner?.kind === "name" || inner?.kind === "attribute" ? inner : undefined;
}

const boundIn = ({ arguments: [first] }: Call): Expression | undefined => first?.value;

const THREADS =
  /^(run_in_threadpool|to_thread|sync_to_async|database_sync_to_async|deferToThread|run_in_thread|run_in_worker_thread|run_sync_in_worker_thread|async_add_executor_job)$/;

/** `anyio.to_thread.run_sync(work)` */
function isRunSync(callee: Expression): boolean {
  return /(^|\.)to_thread\.run_sync$/.test(dottedName(callee) ?? "");
}

/** The new call of `work` that nobody awaits, in the statement that was rewritten or in a new one. */
function doneHere(
  work: string,
  rewritten: Leaf | undefined,
  { added }: DefinitionChange,
): { readonly leaf: Leaf; readonly call: Call } | undefined {
  for (const leaf of rewritten ? [rewritten] : added) {
    const awaited = new Set<SyntaxNode>(
      leaf.parts().flatMap((part) => (part.kind === "await" ? [part.value] : [])),
    );
    const call = callsOf(leaf).find(
      (each) => !awaited.has(each) && normalText(leaf.syntax, each.callee) === work,
    );
    if (call) return { leaf, call };
  }
  return undefined;
}
