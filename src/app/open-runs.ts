// Runs that have not ended, and their check runs on GitHub: each is taken up again or closed.
import {
  beginCheckRun,
  type CheckRun,
  concludeCheckRun,
  findOpenCheckRun,
  NO_CHECK,
  readCheckRun,
} from "../github/check-run.js";
import type { Conversation } from "../github/conversation.js";
import { isGone, refusalOf } from "../github/failure.js";
import type { Run, RunSubject, Runs } from "../store/runs.js";
import { cancelled } from "./conclusions.js";

/**
 * The run's check run: begun for a new run, found or begun for one that an interrupted job has left; NO_CHECK where
 * GitHub does not let us make one.
 */
export async function takeUpCheckRun(runs: Runs, at: Conversation, run: Run): Promise<CheckRun> {
  try {
    const known = run.isNew ? undefined : await findCheckRun(at, run);
    const check = known ?? (await beginCheckRun(at, run.headSha, externalId(run)));
    if (check.id !== run.checkRun) await runs.setCheckRun(run, check.id);
    return check;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    at.log.warn({ err: error, refusal }, "GitHub does not let us make a check run");
    return NO_CHECK;
  }
}

/** The job may have died between beginning the check run and writing down its id. */
export function findCheckRun(at: Conversation, run: Run): Promise<CheckRun | undefined> {
  if (run.checkRun !== undefined) return readCheckRun(at, run.checkRun);
  return findOpenCheckRun(at, run.headSha, externalId(run));
}

/**
 * Closes what an interrupted job has left open on the pull request.
 * @param reason why it is not gone on with, as a phrase
 * @param kept the one that goes on
 */
export async function closeOpenRuns(
  runs: Runs,
  at: Conversation,
  repository: number,
  reason: string,
  kept?: RunSubject,
): Promise<void> {
  for (const run of await runs.unfinished(repository, at.pull)) {
    if (kept !== undefined && isSame(run, kept)) continue;
    await closeCheckRun(at, run, reason);
    await runs.finish(run, { state: "superseded", conclusion: "cancelled", findings: 0 });
  }
}

async function closeCheckRun(at: Conversation, run: Run, reason: string): Promise<void> {
  try {
    const check = await findCheckRun(at, run);
    if (check !== undefined && !check.isCompleted) await concludeCheckRun(at, check, cancelled(reason));
  } catch (error) {
    if (!isGone(error) && refusalOf(error) === undefined) throw error;
    at.log.info({ head: run.headSha }, "the check run of an earlier head is gone, or closed to us");
  }
}

/** The number of the pull request in the external id of a check run of ours; undefined for any other. */
export function pullOfCheckRun(externalId: string): number | undefined {
  const number = /^hognose\/(\d+)\//.exec(externalId)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The same for every attempt at the run, on every machine. */
function externalId(run: RunSubject): string {
  return `hognose/${run.pull}/${run.baseSha}/${run.engine}`;
}

function isSame(run: RunSubject, other: RunSubject): boolean {
  return run.baseSha === other.baseSha && run.headSha === other.headSha && run.engine === other.engine;
}
