// Nothing is lost when everything dies: `npm run bench:chaos -- [--pulls 1000] [--seconds 60]`.
// One web process and two workers on PostgreSQL against the fake GitHub. For `seconds` pull requests are opened and pushed
// to, and every second a random one of the processes that are up is killed, PostgreSQL twice. Then everything is let come
// to rest. Exit 1 when there were fewer kills than nine in ten seconds, a pull request is not reviewed at its latest head,
// a job is dead, a comment is there twice or a check run is open.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPostgresQueue } from "../src/queue/postgres-queue.js";
import { openPostgres } from "../src/store/postgres.js";
import { type FakeGitHub, startFakeGitHub } from "../test/fake-github/fake-github.js";
import type { FakePull } from "../test/fake-github/fake-pull.js";
import { startPostgres } from "../test/postgres/server.js";
import { bundleApp, type FarmProcess, freePort } from "./farm/farm.js";
import { machine } from "./farm/machine.js";

const { values } = parseArgs({
  options: {
    pulls: { type: "string", default: "1000" },
    seconds: { type: "string", default: "60" },
    patience: { type: "string", default: "1200" },
  },
});
const pullCount = Number(values.pulls);
const seconds = Number(values.seconds);
/** How long everything may take to come to rest, in milliseconds. */
const patience = Number(values.patience) * 1000;
/** One installation each: GitHub lets none of them ask more than 900 times a minute. */
const REPOSITORIES = 50;
/** Of the seconds, the share in which something must have been killed. */
const LEAST_KILLS = 0.9;
const SECRET = "a-webhook-secret-of-some-length";
const unsafe = (n: number) => `def find${n}(db, name):
    return db.execute("SELECT * FROM t${n} WHERE name = '" + name + "'")
`;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), "hognose-chaos-"));
const postgres = await startPostgres();
const fake = await startFakeGitHub({
  limits: { requestsPerHour: 1_000_000 },
  events: ["pull_request", "issue_comment"],
});
const databaseUrl = await postgres.newDatabase();
const port = await freePort();
const newProcess = await bundleApp();
const common = {
  APP_ID: String(fake.app.id),
  PRIVATE_KEY: fake.app.privateKey,
  WEBHOOK_SECRET: SECRET,
  GITHUB_API_URL: fake.url,
  DATABASE_URL: databaseUrl,
  HOGNOSE_DATA: folder,
  HOGNOSE_THROTTLE: "off",
  HOGNOSE_LEASE_SECONDS: "5",
  HOGNOSE_CONCURRENCY: "2",
  LOG_LEVEL: "fatal",
  HOST: "127.0.0.1",
};
const web = newProcess({ ...common, HOGNOSE_ROLE: "web", PORT: String(port) });
const workers = [1, 2].map(() => newProcess({ ...common, HOGNOSE_ROLE: "worker", PORT: "0" }));
const processes: readonly FarmProcess[] = [web, ...workers];
await Promise.all(processes.map((process) => process.start()));
fake.connect({ url: `http://127.0.0.1:${port}/api/github/webhooks`, secret: SECRET });

const pulls: FakePull[] = [];
let pushes = 0;
let crashes = 0;
const began = performance.now();
/** Seconds since the beginning. */
const elapsed = () => (performance.now() - began) / 1000;
const [, killed] = await Promise.all([openPulls(fake), killEverySecond()]);
say(`${pulls.length} pull requests, ${killed} processes killed; waiting for rest`);

const database = await openPostgres(databaseUrl, { connections: 2, onBroken: () => undefined });
const queue = await openPostgresQueue(database);
const problems = await atRest();
const stats = await queue.stats();
await database.close();
for (const process of processes) await process.kill();
await fake.stop();
await postgres.stop();
rmSync(folder, { recursive: true });

const total = Math.round(elapsed());
const redelivered = fake.webhooks.deliveries.filter(({ redelivery }) => redelivery).length;
say(`machine: ${machine()}`);
say(
  `pull requests ${pulls.length}, pushes ${pushes}, kills ${killed} and PostgreSQL ${crashes} times, ` +
    `webhooks redelivered ${redelivered}, requests ${fake.requests.length}, at rest after ${total} s, dead jobs ${stats.dead}`,
);
for (const problem of problems.slice(0, 20)) say(`PROBLEM ${problem}`);
if (killed < LEAST_KILLS * seconds) problems.push("too few kills to count");
say(problems.length === 0 ? "nothing lost, nothing twice, nothing open" : `${problems.length} problems`);
process.exit(problems.length === 0 && stats.dead === 0 ? 0 : 1);

/** Opens all pull requests, evenly over the time of the kills, and pushes to some of them again and again. */
async function openPulls(github: FakeGitHub): Promise<void> {
  const repositories = Array.from({ length: REPOSITORIES }, (_, n) =>
    github.createRepository({ owner: `org-${n}`, name: "shop", files: { "README.md": "shop\n" } }),
  );
  for (let n = 0; n < pullCount; n++) {
    const repository = repositories[n % REPOSITORIES]!;
    repository.commit(`feature-${n}`, { [`m${n}.py`]: unsafe(n) }, "Change");
    const pull = repository.openPull({ head: `feature-${n}`, title: "Change", author: "maria" });
    pulls.push(pull);
    // Now and then a newer head for one that is under review.
    if (n % 10 === 9) {
      const pushed = pulls[Math.floor(Math.random() * pulls.length)]!;
      pushed.push({ "README.md": `${n}\n` });
      pushes++;
    }
    // At least once, so that the fake's server can answer.
    do await sleep(1);
    while (elapsed() < (n * seconds) / pullCount);
  }
}

/** @returns how many processes were killed */
async function killEverySecond(): Promise<number> {
  let kills = 0;
  const revivals: Promise<void>[] = [];
  for (let second = 1; second <= seconds; second++) {
    await sleep(Math.max(0, (second - elapsed()) * 1000));
    if (second === Math.round(seconds / 3) || second === Math.round((2 * seconds) / 3)) {
      crashes++;
      say("PostgreSQL is killed");
      // The others are killed while it comes up again.
      revivals.push(postgres.crash());
    }
    const up = processes.filter(({ isReady }) => isReady);
    const victim = up[Math.floor(Math.random() * up.length)];
    // All of them are only starting: nothing to kill in this second.
    if (victim === undefined) continue;
    await victim.kill();
    kills++;
    revivals.push(revive(victim));
  }
  await Promise.all(revivals);
  return kills;
}

/** One that ends by itself, because PostgreSQL is away, is started again. */
async function revive(process: FarmProcess): Promise<void> {
  do await process.start();
  while (!process.isReady);
}

/** Waits until the queue is empty and nothing is wrong, or patience ends. @returns what is wrong */
async function atRest(): Promise<string[]> {
  const deadline = performance.now() + patience;
  for (;;) {
    await sleep(2000);
    await fake.webhooks.idle();
    const { waiting, running } = await queue.stats();
    const found = waiting + running === 0 ? wrong() : [`${waiting + running} jobs are not done`];
    if (found.length === 0 || performance.now() > deadline) return found;
  }
}

function wrong(): string[] {
  return pulls
    .flatMap((pull) => {
      const { threads, checkRuns } = pull.conversation();
      const where = `pull request ${pull.number} of head ${pull.headSha.slice(0, 7)}`;
      const last = checkRuns.find((run) => run.status === "completed" && run.conclusion === "failure");
      const markers = threads.map(({ comments }) => comments[0]!.body);
      return [
        ...(last === undefined ? [`${where} is not reviewed at its latest head`] : []),
        ...(markers.length === 1 ? [] : [`${where} has ${markers.length} comments instead of 1`]),
      ];
    })
    .concat(openCheckRuns());
}

function openCheckRuns(): readonly string[] {
  return fake.world.repositories.flatMap((repository) =>
    repository.checkRuns
      .filter((run) => run.status !== "completed")
      .map((run) => `a check run of ${run.headSha.slice(0, 7)} is ${run.status}`),
  );
}
