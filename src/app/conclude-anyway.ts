// A review ends with a concluded check run, or it throws and is repeated: a check run never stays in progress.
import { type CheckRun, concludeCheckRun, readCheckRun } from "../github/check-run.js";
import type { Conversation } from "../github/conversation.js";
import type { Run } from "../store/runs.js";
import { failed } from "./conclusions.js";
import type { JobContext } from "./context.js";
import { type Attempt, GivenUp, isWorthRepeating, MAX_ATTEMPTS } from "./jobs/attempt.js";

interface Begun {
  readonly context: JobContext;
  readonly attempt: Attempt;
  readonly at: Conversation;
  readonly run: Run;
  readonly check: CheckRun;
}

/**
 * Does `work`; whatever keeps it from ending, and will again, is the conclusion of the check run.
 * @throws what another attempt may mend
 */
export async function concludeAnyway(begun: Begun, work: () => Promise<void>): Promise<void> {
  const { context, attempt, at, run, check } = begun;
  try {
    if (attempt.number > MAX_ATTEMPTS) throw new GivenUp(attempt);
    await work();
  } catch (error) {
    if (isWorthRepeating(error, attempt)) throw error;
    const cause = error instanceof Error ? error.cause : undefined;
    at.log.error({ err: error, cause, head: run.headSha }, "the review failed");
    await concludeCheckRun(at, await readCheckRun(at, check.id), failed(error));
    await context.runs.finish(run, { state: "failed", conclusion: "failure", findings: 0 });
  }
}
