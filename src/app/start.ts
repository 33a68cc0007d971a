// The app, put together: server, queue, store, lanes of work. Everything it owns ends with it.
import { join } from "node:path";
import type { Logger } from "pino";
import { Probot } from "probot";
import { appAccess } from "../github/app-access.js";
import type { Waits } from "../github/write-once.js";
import type { ClaimedJob } from "../queue/queue.js";
import { openBlobs } from "../store/blobs.js";
import { runCommandJob } from "./command-job.js";
import type { JobContext } from "./context.js";
import type { Environment } from "./environment.js";
import { parseJob } from "./job.js";
import { runReviewJob } from "./review-job.js";
import { type OpenSession, processSessions } from "./review-session.js";
import { runJobs, type Work } from "./run-jobs.js";
import { startServer } from "./server.js";
import { openStores } from "./stores.js";
import { subscribe } from "./subscribe.js";
import type { WebhookReceiver } from "./webhook-endpoint.js";

export interface RunningApp {
  readonly port: number;
  /** Takes nothing more, lets what runs end for a while, and puts the rest back into the queue. */
  stop(): Promise<void>;
}

/** What tests put in place of the real thing. */
interface Substitutes {
  readonly openSession?: OpenSession;
  readonly waits?: Waits;
  /** Milliseconds. */
  readonly grace?: number;
}

/** How long running jobs may go on after a signal to stop, in milliseconds; Docker kills after 10 seconds. */
const GRACE = 7000;
/** How often an idle lane looks by itself: for jobs whose time has come, or of another process. Milliseconds. */
const POLL = 1000;

/** @throws when the data folder cannot be used or the address not be listened on */
export async function start(
  environment: Environment,
  log: Logger,
  substitutes: Substitutes = {},
): Promise<RunningApp> {
  const stores = await openStores(environment, log, { leaseTime: environment.leaseTime });
  const { queue, runs } = stores;
  const context = createContext(environment, log, substitutes, { queue, runs });
  const lanes = runJobs(queue, workOn(context), {
    lanes: environment.concurrency,
    heartbeat: environment.leaseTime / 3,
    poll: POLL,
    log,
  });
  queue.listen(lanes.wake);
  const receiver = await createReceiver(environment, log, (probot) => subscribe(probot, queue, lanes.wake));
  const server = await startServer(environment, receiver, log);
  log.info({ host: environment.host, port: server.port }, "listening");
  return {
    port: server.port,
    async stop() {
      await server.close();
      await lanes.drain(substitutes.grace ?? GRACE);
      await stores.close();
    },
  };
}

function createContext(
  environment: Environment,
  log: Logger,
  substitutes: Substitutes,
  stores: Pick<JobContext, "queue" | "runs">,
): JobContext {
  const blobFolder = join(environment.dataFolder, "blobs");
  const factsFile = join(environment.dataFolder, "facts.sqlite");
  const octokit = { baseUrl: environment.apiUrl, log, throttle: environment.throttle };
  const limits = { time: environment.reviewTime, memory: environment.reviewMemory };
  return {
    ...stores,
    access: appAccess(octokit, environment),
    blobs: openBlobs(blobFolder),
    openSession: substitutes.openSession ?? processSessions(limits, { blobFolder, factsFile }),
    log,
    ...(substitutes.waits === undefined ? {} : { waits: substitutes.waits }),
  };
}

function workOn(context: JobContext): Work {
  return async (claimed: ClaimedJob, signals) => {
    const job = parseJob(claimed.payload);
    const attempt = { number: claimed.attempt, lastError: claimed.lastError, signals };
    if (job.kind === "review") await runReviewJob(context, job, attempt);
    else await runCommandJob(context, job, signals);
  };
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
