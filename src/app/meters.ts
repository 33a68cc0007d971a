// What is measured for Prometheus. Every name begins with "hognose_"; docs/operating.md explains each.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { BlobStore } from "../base/listing.js";
import type { Budgets } from "../github/budget.js";
import type { JobQueue, QueueStats } from "../queue/queue.js";
import { StoreUnavailable } from "../store/sql.js";
import type { Slots } from "./reviewing/slots.js";
import { inSpan } from "./traces.js";

export type Meters = ReturnType<typeof newMeters>;

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900];
const ANSWER_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10];

/** The stages of a review that are timed. */
type Stage = "gather" | "analyse" | "fetch" | "publish";

export function newMeters() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `hognose_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[] = SECONDS,
  ) => new Histogram({ name: `hognose_${name}`, help, labelNames, buckets, registers });
  return {
    registry,
    deliveries: counter("deliveries_total", "Webhook deliveries by answer", ["status"]),
    answers: histogram("webhook_seconds", "Time to answer a webhook delivery", [], ANSWER_SECONDS),
    jobs: counter("jobs_total", "Jobs by kind and how they ended", ["kind", "end"]),
    jobTime: histogram("job_seconds", "Time of work on a job", ["kind"]),
    latency: histogram("review_latency_seconds", "From the first event to the posted review", []),
    stages: histogram("review_stage_seconds", "Time of a review's stages", ["stage"]),
    reviews: counter("reviews_total", "Reviews by conclusion", ["conclusion"]),
    findings: counter("findings_total", "New findings by rule", ["rule"]),
    crashes: counter("review_crashes_total", "Reviews that ended without a result", ["reason"]),
    requests: counter("github_requests_total", "Requests to GitHub by status; 0: no answer", ["status"]),
    blobs: counter("blob_cache_total", "File contents asked of the cache", ["result"]),
    recovered: counter("recovered_total", "What recovery has found and mended", ["what"]),
  };
}

/** Gauges that are read when somebody asks for them. While the database is away nothing is said of its jobs. */
export function measureQueue(meters: Meters, queue: JobQueue): void {
  const registers = [meters.registry];
  const ask = askedOnce(queue);
  new Gauge({
    name: "hognose_queue_jobs",
    help: "Jobs by state",
    labelNames: ["state"],
    registers,
    async collect() {
      const stats = await ask();
      this.reset();
      for (const state of ["waiting", "running", "dead"] as const) {
        if (stats !== undefined) this.set({ state }, stats[state]);
      }
    },
  });
  new Gauge({
    name: "hognose_queue_oldest_seconds",
    help: "How long the oldest job that could run has waited",
    registers,
    async collect() {
      const stats = await ask();
      this.set(stats === undefined ? Number.NaN : stats.oldestReady / 1000);
    },
  });
  new Gauge({
    name: "hognose_database_up",
    help: "1 when the queue could be asked, 0 when it could not",
    registers,
    async collect() {
      this.set((await ask()) === undefined ? 0 : 1);
    },
  });
}

/** Asks the queue once for all gauges of one reading. @returns undefined when the database is away */
function askedOnce(queue: JobQueue): () => Promise<QueueStats | undefined> {
  let asking: Promise<QueueStats | undefined> | undefined;
  const ask = async (): Promise<QueueStats | undefined> => {
    try {
      return await queue.stats();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return undefined;
    } finally {
      asking = undefined;
    }
  };
  return () => {
    asking ??= ask();
    return asking;
  };
}

export function measureWork(meters: Meters, slots: Slots, budgets: Budgets): void {
  const registers = [meters.registry];
  new Gauge({
    name: "hognose_analyses",
    help: "Analyses that run, and that wait for room",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "running" }, slots.taken);
      this.set({ state: "waiting" }, slots.waiting);
    },
  });
  new Gauge({
    name: "hognose_github_budget_left",
    help: "Share of the hourly budget that is left to the installation that has least",
    registers,
    collect() {
      this.set(Math.min(1, ...budgets.left(Date.now())));
    },
  });
}

/** Notes how long `work` took, however it ended, and traces it. */
export async function timed<Result>(
  meters: Meters,
  stage: Stage,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = meters.stages.startTimer({ stage });
  try {
    return await inSpan(stage, {}, work);
  } finally {
    end();
  }
}

/** The same store, whose hits and misses are counted. */
export function countedBlobs(meters: Meters, blobs: BlobStore): BlobStore {
  const count = (isHit: boolean) => meters.blobs.inc({ result: isHit ? "hit" : "miss" });
  return {
    ...blobs,
    get(blob) {
      const bytes = blobs.get(blob);
      count(bytes !== undefined);
      return bytes;
    },
  };
}
