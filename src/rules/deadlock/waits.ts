// What the rules about waiting say of it: the words for each kind, and the steps that lead to the call that waits.
import type { Pausing } from "../../analysis/locks/lock-facts.js";
import type { Step } from "../../analysis/step.js";
import { spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { WaitKind } from "../../models/kinds.js";

/** What takes long; a short look at a disk, a database or a lock does not. */
export const LONG: Partial<Record<WaitKind, string>> = {
  network: "waits for the network",
  process: "waits for a process",
  sleep: "sleeps",
  queue: "waits for a queue",
  thread: "waits for a thread",
  user: "waits for the user",
};

/** The calls below the first one, innermost first: how it comes that the first one waits. */
export function stepsBelow({ waiting, way }: Pausing): readonly Step[] {
  const last = way.at(-1)!;
  return way
    .slice(1)
    .reverse()
    .map((place, index) => ({
      role: index === 0 ? "sink" : "call",
      span: spanOf(place),
      side: "head",
      note: index === 0 ? `${code(textOf(last, 40))} ${LONG[waiting.on] ?? "waits"}` : "on the way",
    }));
}
