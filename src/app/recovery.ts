// What no event tells: deliveries that failed, reviews whose job is gone, pull requests that nobody reviewed. One of all
// workers looks from time to time.
import { setTimeout as sleep } from "node:timers/promises";
import { concludeCheckRun } from "../github/check-run.js";
import { redeliverFailed } from "../github/deliveries.js";
import { isGone, refusalOf } from "../github/failure.js";
import { listInstallations, listOpenPulls } from "../github/open-pulls.js";
import type { Chores } from "../store/chores.js";
import type { Run, RunPlace } from "../store/runs.js";
import { abandoned } from "./conclusions.js";
import { enterConversation, type JobContext } from "./context.js";
import { EVENTS } from "./endpoint/subscribe.js";
import { groupKey, NO_PULL, type ReviewJob, reviewKey, toRecoveredJob } from "./jobs/job.js";
import { findCheckRun } from "./open-runs.js";

export interface Recovery {
  /** Ends it after the chore that is under way. */
  stop(): Promise<void>;
}

/** All in milliseconds. */
export interface RecoveryTimes {
  /** Between two looks at whether a chore is due. */
  readonly look: number;
  /** Between two looks at failed deliveries and at reviews whose job is gone. */
  readonly often: number;
  /** Between two looks at all open pull requests. */
  readonly seldom: number;
  /** A review that was begun longer ago than this, and has no job, has no future. */
  readonly stale: number;
}

const MINUTE = 60_000;
export const RECOVERY_TIMES: RecoveryTimes = {
  look: MINUTE,
  often: 5 * MINUTE,
  seldom: 60 * MINUTE,
  stale: 30 * MINUTE,
};
/** How long GitHub can deliver again, in milliseconds. */
const REDELIVERABLE = 3 * 24 * 60 * MINUTE;
/** How long GitHub may take with one installation, in milliseconds: the others wait meanwhile. */
const PATIENCE = 5 * MINUTE;
/** Pull requests that have not changed for so long are left alone. Milliseconds. */
const RECENT = 24 * 60 * MINUTE;

export function startRecovery(context: JobContext, chores: Chores, times: RecoveryTimes): Recovery {
  const { log, meters } = context;
  const stopped = new AbortController();

  const chore = async (name: string, every: number, work: () => Promise<number>): Promise<void> => {
    try {
      if (stopped.signal.aborted || !(await chores.begin(name, every))) return;
      const count = await work();
      if (count > 0) log.info({ chore: name, count }, "recovered");
      meters.recovered.inc({ what: name }, count);
    } catch (error) {
      log.error({ err: error, chore: name }, "a chore failed; it is done again when it is due");
    }
  };

  const loop = async (): Promise<void> => {
    // At the start: everything that may have been missed. Later: what fell into the last two periods.
    let since = Date.now() - REDELIVERABLE;
    while (!stopped.signal.aborted) {
      await chore("deliveries", times.often, async () => {
        const { count, until } = await redeliverFailed(context.access.forApp(), EVENTS, since);
        since = until ?? Date.now() - 2 * Math.max(times.often, MINUTE);
        return count;
      });
      await chore("stale", times.often, () => closeStale(context, Date.now() - times.stale));
      await chore("expired", times.often, () =>
        reviewEnded(context, Date.now() - 2 * Math.max(times.often, MINUTE)),
      );
      await chore("unreviewed", times.seldom, () => reviewMissed(context, stopped.signal));
      await sleep(times.look, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  };

  const running = loop();
  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

/** @returns how many check runs were concluded */
async function closeStale(context: JobContext, before: number): Promise<number> {
  let closed = 0;
  for (const run of await context.runs.inWorkSince(before)) {
    if (await context.queue.holds(keyOfRun(run))) continue;
    try {
      await closeAbandoned(context, run, run.place);
      closed++;
    } catch (error) {
      // The runs of other installations are not to wait for this one; it is tried again next time.
      const { installation } = run.place;
      context.log.warn({ err: error, installation, run: run.id }, "an abandoned run could not be closed");
    }
  }
  return closed;
}

/** Of the job that works on it. */
function keyOfRun({ repository, pull, headSha }: Run): string {
  return pull === NO_PULL ? groupKey(repository, headSha) : reviewKey(repository, pull);
}

/** @throws RequestError, StoreUnavailable */
async function closeAbandoned(context: JobContext, run: Run, place: RunPlace): Promise<void> {
  const { repository, pull } = run;
  const job: ReviewJob = { kind: "review", ...place, repository, pull, onRequest: false };
  const limit = AbortSignal.timeout(PATIENCE);
  try {
    const at = await enterConversation(context, job, { stop: limit, halt: limit });
    const check = await findCheckRun(at, run);
    if (check !== undefined && !check.isCompleted) await concludeCheckRun(at, check, abandoned());
  } catch (error) {
    if (!isGone(error) && refusalOf(error) === undefined) throw error;
  }
  await context.runs.finish(run, { state: "failed", conclusion: "failure", findings: 0 });
}

/** What a dismissal has set aside counts again when it ends. @returns how many reviews were put into the queue */
async function reviewEnded({ dismissals, queue }: JobContext, since: number): Promise<number> {
  const ended = await dismissals.ended(since);
  for (const place of ended) {
    await queue.enqueue(toRecoveredJob({ kind: "review", ...place, onRequest: false }));
  }
  return ended.length;
}

/** @returns how many reviews were put into the queue */
async function reviewMissed(context: JobContext, stopped: AbortSignal): Promise<number> {
  let missed = 0;
  for (const installation of await listInstallations(context.access.forApp())) {
    if (stopped.aborted) break;
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(PATIENCE)]);
    try {
      missed += await reviewMissedOf(context, installation, signal);
    } catch (error) {
      // The other installations are not to wait for this one.
      context.log.warn({ err: error, installation }, "the open pull requests could not be listed");
    }
  }
  return missed;
}

async function reviewMissedOf(
  context: JobContext,
  installation: number,
  signal: AbortSignal,
): Promise<number> {
  const { access, budgets, queue, runs } = context;
  const octokit = await access.forInstallation(installation, signal);
  let missed = 0;
  for await (const { headSha, ...at } of listOpenPulls(octokit, Date.now() - RECENT)) {
    // Reviews go before looking for more of them.
    if (budgets.exhaustedUntil(installation, Date.now()) !== undefined) break;
    if (await runs.knowsHead(at.repository, at.pull, headSha)) continue;
    if (await queue.holds(reviewKey(at.repository, at.pull))) continue;
    await queue.enqueue(toRecoveredJob({ kind: "review", installation, ...at, onRequest: false }));
    missed++;
  }
  return missed;
}
