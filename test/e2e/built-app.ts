// The built app as a process of its own: what a maintainer installs. `npm run build` comes first.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FakeGitHub } from "../fake-github/fake-github.js";
import { SECRET } from "./harness.js";

const MAIN = resolve("dist/main.js");

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the built app with these variables and nothing else until it ends by itself. */
export async function runToEnd(variables: Readonly<Record<string, string>>): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "hognose-run-"));
  const child = spawn(process.execPath, [MAIN], {
    env: variables,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolveCode) => child.on("close", resolveCode));
  rmSync(folder, { recursive: true });
  return { code, stderr };
}

export interface BuiltApp {
  start(): Promise<void>;
  /** @returns when the process has ended, with its exit code or signal */
  stop(signal: NodeJS.Signals): Promise<number | string | null>;
  /** Ends what is left, and removes its data. */
  remove(): Promise<void>;
}

export async function builtApp(fake: FakeGitHub): Promise<BuiltApp> {
  const folder = mkdtempSync(join(tmpdir(), "hognose-built-"));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const stop = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (ending === undefined) return null;
    const ended = new Promise<number | string | null>((resolveEnd) =>
      ending.on("exit", (code, killedBy) => resolveEnd(killedBy ?? code)),
    );
    ending.kill(signal);
    return ended;
  };
  return {
    stop,
    async start() {
      child = spawn(process.execPath, [MAIN], {
        cwd: folder,
        stdio: "ignore",
        env: {
          APP_ID: String(fake.app.id),
          PRIVATE_KEY: fake.app.privateKey,
          WEBHOOK_SECRET: SECRET,
          GITHUB_API_URL: fake.url,
          PORT: String(port),
          HOST: "127.0.0.1",
          HOGNOSE_LEASE_SECONDS: "1",
          HOGNOSE_THROTTLE: "off",
        },
      });
      await isHealthy(`http://127.0.0.1:${port}/healthz`);
      fake.connect({ url: `http://127.0.0.1:${port}/api/github/webhooks`, secret: SECRET });
    },
    async remove() {
      await stop("SIGKILL");
      rmSync(folder, { recursive: true });
    },
  };
}

async function isHealthy(url: string): Promise<void> {
  for (;;) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
}

/** A port that stays the same when the app starts again. */
function freePort(): Promise<number> {
  return new Promise((resolvePort) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
