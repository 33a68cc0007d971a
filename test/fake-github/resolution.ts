// Resolving a thread of a review, and telling so.
import { pullSimpleShape } from "./shapes/pull.js";
import { threadShape } from "./shapes/review.js";
import type { Account, Thread, World } from "./world.js";

/** @param by who resolves it; undefined: the thread is open again */
export function setResolved(world: World, thread: Thread, by: Account | undefined, sender: Account): void {
  if ((thread.resolvedBy !== undefined) === (by !== undefined)) return;
  thread.resolvedBy = by;
  const { pull } = thread;
  const payload = { thread: threadShape(world, thread), pull_request: pullSimpleShape(world, pull) };
  const action = by === undefined ? "unresolved" : "resolved";
  world.happen({ event: "pull_request_review_thread", action, repository: pull.repository, sender, payload });
}
