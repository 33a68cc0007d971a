// `npm run demo`: the real app reviews a pull request on a fake GitHub, and sees its fix. Ends with 0 when all was as it must be.
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import pc from "picocolors";
import { WEBHOOK_PATH } from "../../src/app/endpoint/server.js";
import { type FakeGitHub, startFakeGitHub } from "../fake-github/fake-github.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import { type DemoApp, startApp } from "./app.js";
import { renderPage } from "./page.js";
import { AUTHOR, BRANCH, DESCRIPTION, FIX, NAME, STATES, TITLE } from "./project.js";
import { capture, type Scene } from "./scene.js";
import { type PageServer, servePage } from "./serve.js";
import { createTerminal, type Terminal } from "./terminal.js";
import { timelineOf } from "./timeline.js";
import { wrongAfterFix, wrongAfterOpening } from "./verdict.js";

/** How long one review may take, milliseconds. */
const PATIENCE = 60_000;

interface Options {
  /** Absolute path of the page. */
  readonly output: string;
  readonly serve: boolean;
}

/** What is not as expected, for people: one line. */
class DemoError extends Error {
  override readonly name = "DemoError";
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopped.abort());
  const terminal = createTerminal(
    (text) => process.stdout.write(text),
    pc.createColors(process.stdout.isTTY === true && pc.isColorSupported),
  );
  const fake = await startFakeGitHub();
  try {
    const app = await startApp(fake);
    try {
      await run({ fake, app, terminal, options, signal: stopped.signal });
    } finally {
      await app.stop();
    }
  } finally {
    await fake.stop();
  }
}

/** @throws DemoError for anything that it does not know */
function readOptions(words: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { output: { type: "string" }, serve: { type: "boolean" } },
    });
    const output = values.output ?? join(tmpdir(), "hognose-demo.html");
    // npm runs scripts in the folder of the package; a path is meant where it was typed.
    return { output: resolve(process.env.INIT_CWD ?? ".", output), serve: values.serve ?? false };
  } catch (error) {
    throw new DemoError((error as Error).message);
  }
}

interface Stage {
  readonly fake: FakeGitHub;
  readonly app: DemoApp;
  readonly terminal: Terminal;
  readonly options: Options;
  /** Aborted when somebody wants to end the demo. */
  readonly signal: AbortSignal;
}

async function run(stage: Stage): Promise<void> {
  const { fake, app, terminal, options } = stage;
  const start = fake.world.now();
  terminal.title("Hognose reviews a pull request");
  terminal.line(`app       ${app.url} (node dist/main.js, embedded queue and store)`);
  terminal.line(`GitHub    ${fake.url} (a fake over a real git repository)`);

  const pull = openPull(fake, app);
  await concluded(stage, pull);
  const timeline = timelineOf(start, fake.webhooks.deliveries, fake.requests);
  const opened = capture("After opening", pull, timeline);
  terminal.scene(opened);
  failOn(wrongAfterOpening(opened, fake.app.bot.login));
  terminal.nearMisses();

  const before = { deliveries: fake.webhooks.deliveries.length, requests: fake.requests.length };
  pull.push(STATES.fixed, FIX);
  await concluded(stage, pull);
  const later = timelineOf(
    start,
    fake.webhooks.deliveries.slice(before.deliveries),
    fake.requests.slice(before.requests),
  );
  const fixed = capture("After the fix", pull, later);
  terminal.scene(fixed);
  failOn(wrongAfterFix(fixed));
  fake.assertFaithful();

  const scenes: readonly Scene[] = [opened, fixed];
  const page = renderPage({ number: pull.number, scenes });
  writeFileSync(options.output, page);
  terminal.title("All as it must be");
  terminal.line(`The same as a page: ${pathToFileURL(options.output).href}`);
  if (options.serve) await stayUp(stage, page);
}

function openPull(fake: FakeGitHub, app: DemoApp): FakePull {
  const repository = fake.createRepository({ ...NAME, files: STATES.base });
  repository.setRole(AUTHOR, "write");
  fake.connect({ url: `${app.url}${WEBHOOK_PATH}`, secret: app.secret });
  repository.commit(BRANCH, STATES.head, TITLE, { author: AUTHOR });
  return repository.openPull({ head: BRANCH, title: TITLE, body: DESCRIPTION, author: AUTHOR });
}

/** Resolves when the check of the head is completed and nothing is on its way. @throws DemoError when it never is */
async function concluded({ app, fake, signal }: Stage, pull: FakePull): Promise<void> {
  const end = Date.now() + PATIENCE;
  const isDone = () => {
    const { checkRuns } = pull.conversation();
    return checkRuns.length > 0 && checkRuns.every(({ status }) => status === "completed");
  };
  while (!isDone()) {
    const why = app.ended();
    if (why !== undefined) throw new DemoError(why);
    if (Date.now() > end) throw new DemoError(`no review of ${pull.headSha} after ${PATIENCE / 1000} s`);
    await sleep(50, undefined, { signal });
  }
  await fake.webhooks.idle();
}

/** @throws DemoError that names everything that is wrong */
function failOn(wrong: readonly string[]): void {
  if (wrong.length > 0) throw new DemoError(wrong.join("; "));
}

async function stayUp({ app, terminal, signal }: Stage, page: string): Promise<void> {
  const server: PageServer = await servePage(page);
  terminal.line(`page      ${server.url}`);
  terminal.line(`app       ${app.url}/healthz`);
  terminal.line("Ctrl-C ends it.");
  try {
    await new Promise<void>((end) => {
      if (signal.aborted) end();
      signal.addEventListener("abort", () => end());
    });
  } finally {
    await server.stop();
  }
}

main().catch((error: unknown) => {
  // Somebody ended it: no failure of the demo, and no success.
  const wasEnded = error instanceof Error && error.name === "AbortError";
  const isExpected = error instanceof DemoError || wasEnded;
  process.stderr.write(`demo: ${isExpected ? (error as Error).message : String((error as Error)?.stack)}\n`);
  process.exitCode = wasEnded ? 130 : 1;
});
