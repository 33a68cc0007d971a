// The whole app against the fake GitHub, in one process: real server, queue, store and requests.
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { WEBHOOK_PATH } from "../../src/app/endpoint/server.js";
import type { Environment } from "../../src/app/environment.js";
import type { RecoveryTimes } from "../../src/app/recovery.js";
import type { OpenSession } from "../../src/app/reviewing/review-session.js";
import { type RunningApp, start } from "../../src/app/start.js";
import { openStores, type Stores } from "../../src/app/stores.js";
import type { QueueStats } from "../../src/queue/queue.js";
import { sqliteQueue } from "../../src/queue/sqlite-queue.js";
import { openBlobs } from "../../src/store/blobs.js";
import { openDatabase } from "../../src/store/database.js";
import { type FakeGitHub, type FakeGitHubOptions, startFakeGitHub } from "../fake-github/fake-github.js";
import { toySessions } from "./toy-review.js";

export const SECRET = "a-webhook-secret-of-some-length";
/** One key for all tests: making one takes half a second. */
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export interface Stage {
  readonly fake: FakeGitHub;
  readonly environment: Environment;
  /** Where deliveries go. */
  webhookUrl(): string;
  /** Resolves when every webhook is delivered and every job is done. */
  settle(): Promise<void>;
  queueStats(): Promise<QueueStats>;
  stopApp(): Promise<void>;
  startApp(): Promise<void>;
  /**
   * Ends the app as a power cut would: from this moment on it neither writes down anything nor asks GitHub for anything.
   * Then lets the time pass after which its jobs belong to nobody. To be called while GitHub keeps a request waiting.
   */
  crashApp(): Promise<void>;
  /** Ends everything. @throws when GitHub's description does not allow what the app has asked */
  end(): Promise<void>;
}

interface StageSettings {
  /** Off unless said: what it asks of GitHub is in the way of tests that count requests. */
  readonly recovery?: RecoveryTimes;
  /** The toy unless said. */
  readonly openSession?: OpenSession;
  readonly environment?: Partial<Environment>;
}

export async function setStage(
  options: FakeGitHubOptions = {},
  settings: StageSettings = {},
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "hognose-e2e-"));
  const fake = await startFakeGitHub({ privateKey, ...options });
  const environment: Environment = {
    role: "all",
    grace: 100,
    appId: fake.app.id,
    privateKey,
    webhookSecret: SECRET,
    port: 0,
    host: "127.0.0.1",
    logLevel: "fatal",
    dataFolder: folder,
    cacheSize: 2 ** 30,
    databaseUrl: undefined,
    apiUrl: fake.url,
    concurrency: 2,
    reviewTime: 60_000,
    reviewMemory: 512,
    leaseTime: 2000,
    advisoryTime: 0,
    uploadsSarif: false,
    throttle: false,
    ...settings.environment,
  };
  const log = pino({ level: process.env.HOGNOSE_TEST_LOG ?? "silent" });
  const { recovery = "off", openSession = toySessions(openBlobs(join(folder, "blobs"))) } = settings;
  let app: RunningApp | undefined;
  let stores: Stores | undefined;

  const stage: Stage = {
    fake,
    environment,
    webhookUrl: () => `http://127.0.0.1:${app!.port}${WEBHOOK_PATH}`,
    async startApp() {
      app = await start(environment, log, {
        openSession,
        waits: [10, 20],
        recovery,
        openStores: async (...wanted) => {
          stores = await openStores(...wanted);
          return stores;
        },
      });
      fake.connect({ url: stage.webhookUrl(), secret: SECRET });
    },
    async stopApp() {
      await app?.stop();
      app = undefined;
    },
    async crashApp() {
      // From here on every statement fails, so that nothing of what the app still does is written down.
      await stores?.close();
      await stage.stopApp();
      const database = openDatabase(join(folder, "hognose.db"));
      database.exec("UPDATE jobs SET lease_ends = 0 WHERE state = 'running'");
      database.close();
    },
    async queueStats() {
      const database = openDatabase(join(folder, "hognose.db"));
      const stats = await sqliteQueue(database).stats();
      database.close();
      return stats;
    },
    async settle() {
      await fake.webhooks.idle();
      for (;;) {
        const { waiting, running } = await stage.queueStats();
        if (waiting + running === 0) return;
        await sleep(20);
      }
    },
    async end() {
      await stage.stopApp();
      await fake.stop();
      rmSync(folder, { recursive: true });
      fake.assertFaithful();
    },
  };
  await stage.startApp();
  return stage;
}
