// The built app as a process of its own, with real environment variables and a data folder that goes with it.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { FakeGitHub } from "../fake-github/fake-github.js";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");
/** Milliseconds after which an app that does not stop is killed. */
const PATIENCE = 10_000;

export interface DemoApp {
  /** "http://127.0.0.1:PORT" */
  readonly url: string;
  readonly secret: string;
  /** Why it is no longer there; undefined while it runs. */
  ended(): string | undefined;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** @throws Error when the app does not start, with what it said */
export async function startApp(fake: FakeGitHub): Promise<DemoApp> {
  const secret = randomBytes(32).toString("hex");
  const folder = mkdtempSync(join(tmpdir(), "hognose-demo-"));
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    // A group of its own: Ctrl-C reaches the demo alone, which then stops the app in order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      APP_ID: String(fake.app.id),
      PRIVATE_KEY: fake.app.privateKey,
      WEBHOOK_SECRET: secret,
      GITHUB_API_URL: fake.url,
      HOGNOSE_DATA: folder,
      HOST: "127.0.0.1",
      PORT: "0",
    },
  });
  let error = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    error += chunk;
  });
  const killed = () => kill(child, "SIGKILL");
  process.once("exit", killed);
  const closed = new Promise<void>((done) => child.once("close", () => done()));
  const ended = () =>
    isRunning(child) ? undefined : `the app ended (${child.exitCode ?? child.signalCode}): ${error.trim()}`;
  const stop = async () => {
    kill(child, "SIGTERM");
    const timer = setTimeout(killed, PATIENCE);
    await closed;
    clearTimeout(timer);
    process.off("exit", killed);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const port = await portOf(child, closed, ended);
    return { url: `http://127.0.0.1:${port}`, secret, ended, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** The port that the app says it listens on. */
async function portOf(
  child: ChildProcess,
  closed: Promise<void>,
  ended: () => string | undefined,
): Promise<number> {
  const listening = new Promise<number>((found) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const port = listeningPort(line);
      if (port !== undefined) found(port);
    });
  });
  const gone = closed.then(() => {
    throw new Error(ended());
  });
  return Promise.race([listening, gone]);
}

function listeningPort(line: string): number | undefined {
  if (!line.includes('"listening"')) return undefined;
  const said = JSON.parse(line) as { readonly port?: unknown };
  return typeof said.port === "number" ? said.port : undefined;
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** With the processes that it started itself. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || !isRunning(child)) return;
  process.kill(signal === "SIGKILL" ? -child.pid : child.pid, signal);
}
