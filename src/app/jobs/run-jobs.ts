// The lanes that take jobs from the queue: each runs one at a time, keeps its lease, and settles how it ended.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { failureOf } from "../../github/failure.js";
import type { ClaimedJob, JobQueue } from "../../queue/queue.js";
import { PutOff, Stopped, type StopReason, type StopSignals } from "./stopped.js";

/** Resolves when the job is done. */
export type Work = (job: ClaimedJob, signals: StopSignals) => Promise<void>;

export interface Lanes {
  /** Says that there may be a job now. */
  wake(): void;
  /** Takes no more jobs, and gives those that run `grace` milliseconds before they are put back. */
  drain(grace: number): Promise<void>;
}

interface LaneOptions {
  readonly lanes: number;
  /** Milliseconds between two heartbeats. */
  readonly heartbeat: number;
  /** Milliseconds after which an idle lane looks again by itself. */
  readonly poll: number;
  readonly log: Logger;
  /** @param time of work, in milliseconds */
  readonly onEnd?: (job: ClaimedJob, end: JobEnd, time: number) => void;
}

/** `failed` and `postponed` jobs come again, `dead` ones do not. */
export type JobEnd = "done" | "gone" | "stopped" | "postponed" | "failed" | "dead";

/** How long jobs may take to notice that they are stopped, in milliseconds. */
const LAST_GRACE = 1000;

export function runJobs(queue: JobQueue, work: Work, options: LaneOptions): Lanes {
  const { log } = options;
  const running = new Set<Brake>();
  let isDraining = false;
  let alarm = newAlarm();

  const lane = async (): Promise<void> => {
    while (!isDraining) {
      const job = await claim();
      if (job === undefined) await alarm.rings(options.poll);
      else await run(job);
    }
  };

  /** A queue that cannot be reached now is asked again later. */
  const claim = async (): Promise<ClaimedJob | undefined> => {
    try {
      return await queue.claim();
    } catch (error) {
      log.error({ err: error }, "the queue cannot be read");
      return undefined;
    }
  };

  const run = async (job: ClaimedJob): Promise<void> => {
    const brake = newBrake();
    running.add(brake);
    const beat = setInterval(() => void keepLease(queue, job, brake, log), options.heartbeat);
    try {
      const started = performance.now();
      const end = await settle(queue, job, () => work(job, brake.signals), brake.signals, log);
      options.onEnd?.(job, end, performance.now() - started);
    } catch (error) {
      // The lease ends by itself, and the job is taken up again.
      log.error({ err: error, job: job.key }, "a job could not be settled");
    } finally {
      clearInterval(beat);
      running.delete(brake);
    }
  };

  const lanes = Promise.all(Array.from({ length: options.lanes }, lane));
  return {
    wake() {
      alarm.ring();
      alarm = newAlarm();
    },
    async drain(grace) {
      isDraining = true;
      alarm.ring();
      await Promise.race([lanes, sleep(grace, undefined, { ref: false })]);
      for (const brake of running) brake.pull("shutdown");
      // What still waits for GitHub loses its lease, and is taken up then.
      await Promise.race([lanes, sleep(LAST_GRACE, undefined, { ref: false })]);
    },
  };
}

/** Tells every lane that sleeps on it to look again. */
function newAlarm() {
  const controller = new AbortController();
  return {
    ring: () => controller.abort(),
    rings: (timeout: number): Promise<void> =>
      sleep(timeout, undefined, { signal: controller.signal }).catch(() => undefined),
  };
}

interface Brake {
  readonly signals: StopSignals;
  pull(reason: StopReason): void;
}

function newBrake(): Brake {
  const stop = new AbortController();
  const halt = new AbortController();
  return {
    signals: { stop: stop.signal, halt: halt.signal },
    pull(reason) {
      if (reason !== "superseded") halt.abort(new Stopped(reason));
      stop.abort(new Stopped(reason));
    },
  };
}

async function keepLease(queue: JobQueue, job: ClaimedJob, brake: Brake, log: Logger): Promise<void> {
  try {
    const hold = await queue.heartbeat(job);
    if (hold !== "held") brake.pull(hold);
  } catch (error) {
    log.error({ err: error, job: job.key }, "a heartbeat failed");
  }
}

/** Tells the queue how the work ended. */
async function settle(
  queue: JobQueue,
  job: ClaimedJob,
  work: () => Promise<void>,
  signals: StopSignals,
  log: Logger,
): Promise<JobEnd> {
  try {
    await work();
  } catch (error) {
    // A job that was stopped ends with whatever that broke.
    return settleFailed(queue, job, stopOf(signals) ?? error, log);
  }
  await queue.complete(job);
  return "done";
}

function stopOf({ halt, stop }: StopSignals): unknown {
  if (halt.aborted) return halt.reason;
  return stop.aborted ? stop.reason : undefined;
}

async function settleFailed(queue: JobQueue, job: ClaimedJob, error: unknown, log: Logger): Promise<JobEnd> {
  const now = Date.now();
  if (error instanceof Stopped) {
    log.info({ job: job.key, reason: error.reason }, "job stopped");
    if (error.reason !== "lost") await queue.postpone(job, now, error.message);
    return "stopped";
  }
  const failure = failureOf(error, now);
  const until = error instanceof PutOff ? error.until : undefined;
  if (until !== undefined || failure?.kind === "rate-limited") {
    await putOff(queue, job, until ?? (failure as { until: number }).until, log);
    return "postponed";
  }
  if (failure?.kind === "gone") {
    log.info({ err: error, job: job.key }, "what the job is about is gone");
    await queue.complete(job);
    return "gone";
  }
  const result = await queue.fail(job, error instanceof Error ? error.message : String(error));
  log.error({ err: error, job: job.key, attempt: job.attempt, result }, "job failed");
  return result === "dead" ? "dead" : "failed";
}

/** The whole installation waits: what else of it begins now would meet the same limit. */
async function putOff(queue: JobQueue, job: ClaimedJob, until: number, log: Logger): Promise<void> {
  const { installation, key } = job;
  const seconds = Math.ceil((until - Date.now()) / 1000);
  log.warn({ job: key, installation, seconds }, "the installation is put off: GitHub limits our requests");
  await queue.pause(installation, until);
  await queue.postpone(job, until, "GitHub limits our requests");
}
