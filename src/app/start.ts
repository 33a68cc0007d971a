// The app, put together: server, queue, store, lanes of work. Everything it owns ends with it.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { Probot } from "probot";
import { assertNever } from "../base/assert.js";
import { appAccess } from "../github/app-access.js";
import { newBudgets } from "../github/budget.js";
import { newRevisionCache } from "../github/revision-cache.js";
import type { Waits } from "../github/write-once.js";
import type { ClaimedJob, JobQueue } from "../queue/queue.js";
import { openBlobs, pruneBlobs } from "../store/blobs.js";
import type { JobContext } from "./context.js";
import { startServer } from "./endpoint/server.js";
import { subscribe } from "./endpoint/subscribe.js";
import type { WebhookReceiver } from "./endpoint/webhook-endpoint.js";
import type { Environment } from "./environment.js";
import type { Attempt } from "./jobs/attempt.js";
import { runButtonJob } from "./jobs/button-job.js";
import { runCommandJob, runHintJob } from "./jobs/command-job.js";
import { runGroupJob } from "./jobs/group-job.js";
import { type Job, parseJob } from "./jobs/job.js";
import { runRerunJob } from "./jobs/rerun-job.js";
import { runReviewJob } from "./jobs/review-job.js";
import { type Lanes, runJobs, type Work } from "./jobs/run-jobs.js";
import { PutOff } from "./jobs/stopped.js";
import { countedBlobs, type Meters, measureQueue, measureWork, newMeters } from "./meters.js";
import { RECOVERY_TIMES, type RecoveryTimes, startRecovery } from "./recovery.js";
import { type OpenSession, processSessions } from "./reviewing/review-session.js";
import { newSlots, slotted } from "./reviewing/slots.js";
import { openStores, type Stores } from "./stores.js";
import { inSpan } from "./traces.js";

export interface RunningApp {
  readonly port: number;
  /** Takes nothing more, lets what runs end for a while, and puts the rest back into the queue. */
  stop(): Promise<void>;
}

/** What tests put in place of the real thing. */
interface Substitutes {
  readonly openSession?: OpenSession;
  readonly waits?: Waits;
  readonly recovery?: RecoveryTimes | "off";
  readonly openStores?: typeof openStores;
}

/** Jobs under way for each analysis that may run: most of a job's time it waits for GitHub. */
const LANES_PER_ANALYSIS = 4;
/** How often an idle lane looks by itself: for jobs whose time has come, or of another process. Milliseconds. */
const POLL = 1000;
/** How often the cached contents are kept within their bound, in milliseconds. */
const PRUNE_EVERY = 600_000;
/** How long the database may take to say that it is there, in milliseconds. */
const READY_TIME = 2000;

/** @throws when the data folder or database cannot be used, or the address not be listened on */
export async function start(
  environment: Environment,
  log: Logger,
  substitutes: Substitutes = {},
): Promise<RunningApp> {
  const meters = newMeters();
  const lanes = environment.concurrency * LANES_PER_ANALYSIS;
  const stores = await (substitutes.openStores ?? openStores)(environment, lanes, log, {
    leaseTime: environment.leaseTime,
    lanes,
  });
  const { queue } = stores;
  measureQueue(meters, queue);
  const worker =
    environment.role === "web"
      ? undefined
      : startWorker(environment, log, substitutes, { stores, meters, lanes });
  const receiver =
    environment.role === "worker"
      ? undefined
      : await createReceiver(environment, log, (probot) => subscribe(probot, queue, () => worker?.wake()));
  let isStopping = false;
  const notReady = async () => (isStopping ? "stopping" : reachable(queue));
  const server = await startServer(environment, { receiver, notReady, meters }, log);
  log.info({ host: environment.host, port: server.port, role: environment.role }, "listening");
  return {
    port: server.port,
    async stop() {
      isStopping = true;
      await Promise.all([server.close(environment.grace), worker?.drain(environment.grace)]);
      await stores.close();
    },
  };
}

interface Shared {
  readonly stores: Stores;
  readonly meters: Meters;
  readonly lanes: number;
}

/** Does the jobs, and looks for those that no event has brought. */
function startWorker(environment: Environment, log: Logger, substitutes: Substitutes, shared: Shared): Lanes {
  const { stores, meters, lanes } = shared;
  const context = createContext(environment, log, substitutes, shared);
  const running = runJobs(stores.queue, workOn(context), {
    lanes,
    heartbeat: environment.leaseTime / 3,
    poll: POLL,
    log,
    onEnd(job, end, time) {
      const kind = job.key.startsWith("pull:") ? "review" : "command";
      meters.jobs.inc({ kind, end });
      meters.jobTime.observe({ kind }, time / 1000);
    },
  });
  stores.queue.listen(running.wake);
  const prune = setInterval(() => void makeRoom(environment, log), PRUNE_EVERY).unref();
  void makeRoom(environment, log);
  const times = substitutes.recovery ?? RECOVERY_TIMES;
  const recovery = times === "off" ? undefined : startRecovery(context, stores.chores, times);
  return {
    wake: running.wake,
    async drain(grace) {
      clearInterval(prune);
      await Promise.all([
        running.drain(grace),
        Promise.race([recovery?.stop(), sleep(grace, undefined, { ref: false })]),
      ]);
    },
  };
}

async function makeRoom({ dataFolder, cacheSize }: Environment, log: Logger): Promise<void> {
  try {
    const removed = await pruneBlobs(blobFolderOf(dataFolder), cacheSize);
    if (removed > 0) log.info({ removed }, "cached contents removed");
  } catch (error) {
    log.error({ err: error }, "the cached contents could not be kept within their bound");
  }
}

const blobFolderOf = (dataFolder: string): string => join(dataFolder, "blobs");

/** @returns why not, as a phrase */
async function reachable(queue: JobQueue): Promise<string | undefined> {
  const late = sleep(READY_TIME, "the database does not answer", { ref: false });
  const asked = queue.stats().then(
    () => undefined,
    () => "the database cannot be reached",
  );
  return Promise.race([asked, late]);
}

function createContext(
  environment: Environment,
  log: Logger,
  substitutes: Substitutes,
  { stores, meters }: Shared,
): JobContext {
  const blobFolder = blobFolderOf(environment.dataFolder);
  const factsFile = join(environment.dataFolder, "facts.sqlite");
  const budgets = newBudgets();
  const slots = newSlots(environment.concurrency);
  measureWork(meters, slots, budgets);
  const onRequest = (status: number) => meters.requests.inc({ status });
  const { apiUrl: baseUrl, throttle } = environment;
  const limits = { time: environment.reviewTime, memory: environment.reviewMemory };
  return {
    queue: stores.queue,
    runs: stores.runs,
    outcomes: stores.outcomes,
    dismissals: stores.dismissals,
    pauses: stores.pauses,
    lastReviews: stores.lastReviews,
    advisoryTime: environment.advisoryTime,
    uploadsSarif: environment.uploadsSarif,
    access: appAccess({ baseUrl, log, throttle, budgets, onRequest }, environment),
    revisions: newRevisionCache(),
    blobs: countedBlobs(meters, openBlobs(blobFolder)),
    openSession: slotted(
      substitutes.openSession ?? processSessions(limits, { blobFolder, factsFile }),
      slots,
    ),
    budgets,
    meters,
    log,
    ...(substitutes.waits === undefined ? {} : { waits: substitutes.waits }),
  };
}

function workOn(context: JobContext): Work {
  return async (claimed: ClaimedJob, signals) => {
    const until = context.budgets.exhaustedUntil(claimed.installation, Date.now());
    if (until !== undefined) throw new PutOff(until);
    const job = parseJob(claimed);
    const { attempt: number, lastError, queuedAt } = claimed;
    const attempt = { number, lastError, queuedAt, signals };
    const about = job.kind === "rerun" ? {} : { pull: job.pull };
    const names = { repository: `${job.owner}/${job.repo}`, ...about, attempt: number };
    await inSpan(job.kind, names, () => runJob(context, job, attempt));
  };
}

async function runJob(context: JobContext, job: Job, attempt: Attempt): Promise<void> {
  switch (job.kind) {
    case "review":
      return runReviewJob(context, job, attempt);
    case "command":
      return runCommandJob(context, job, attempt.signals);
    case "hint":
      return runHintJob(context, job, attempt.signals);
    case "button":
      return runButtonJob(context, job, attempt.signals);
    case "rerun":
      return runRerunJob(context, job, attempt.signals);
    case "group":
      return runGroupJob(context, job, attempt);
    default:
      return assertNever(job);
  }
}

/** Probot checks signatures and hands events out. Its own server and its setup mode are never used. */
async function createReceiver(
  environment: Environment,
  log: Logger,
  listen: (probot: Probot) => void,
): Promise<WebhookReceiver> {
  const probot = new Probot({
    appId: environment.appId,
    privateKey: environment.privateKey,
    secret: environment.webhookSecret,
    baseUrl: environment.apiUrl,
    log,
  });
  await probot.ready();
  listen(probot);
  return {
    verify: (body, signature) => probot.webhooks.verify(body, signature),
    receive: ({ id, name, payload }) =>
      probot.receive({ id, name, payload } as Parameters<Probot["receive"]>[0]),
  };
}
