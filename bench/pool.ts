// Processes that each do many tasks: forked, because a thread in which tree-sitter runs takes the whole program along
// when it ends. A task that ends or blocks its process fails alone, and the next one gets a new process.
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Outcome<Answer> =
  | { readonly kind: "done"; readonly answer: Answer; readonly ms: number }
  | { readonly kind: "failed"; readonly reason: string; readonly ms: number };

export interface PoolOptions<Task, Answer> {
  /** The module that each process runs; it calls `serve`. */
  readonly entry: URL;
  readonly jobs: number;
  /** Milliseconds for one task. */
  readonly timeout: number;
  /** Megabytes of JavaScript heap in each process. */
  readonly memory: number;
  /** Tasks of one group share what their process keeps, so a process stays with its group. */
  group(task: Task): string;
  /** Called in the order in which tasks end. */
  ended(task: Task, outcome: Outcome<Answer>): void;
}

type Reply<Answer> = { readonly answer: Answer } | { readonly error: string };

/** Does all tasks. Never rejects for a task that fails. */
export async function runPool<Task, Answer>(
  tasks: readonly Task[],
  options: PoolOptions<Task, Answer>,
): Promise<void> {
  const queue = createQueue(tasks, options.group);
  const worker = async () => {
    let child: ChildProcess | undefined;
    let group: string | undefined;
    for (let task = queue.next(group); task !== undefined; task = queue.next(group)) {
      group = options.group(task);
      child ??= start(options);
      const outcome = await ask<Task, Answer>(child, task, options.timeout);
      if (child.exitCode !== null || child.signalCode !== null || !child.connected) child = undefined;
      options.ended(task, outcome);
    }
    child?.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, tasks.length) }, worker));
}

/** What a forked module does: `work` for each task that it is sent, one after the other. */
export function serve<Task, Answer>(work: (task: Task) => Answer): void {
  process.on("message", (task: Task) => {
    let reply: Reply<Answer>;
    try {
      reply = { answer: work(task) };
    } catch (error) {
      reply = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send!(reply);
  });
  process.once("disconnect", () => process.exit());
}

interface Queue<Task> {
  /** The next task of `group`, else of the largest group that nobody works on, else of the largest. */
  next(group: string | undefined): Task | undefined;
}

function createQueue<Task>(tasks: readonly Task[], groupOf: (task: Task) => string): Queue<Task> {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const group = groupOf(task);
    const known = groups.get(group);
    if (known) known.push(task);
    else groups.set(group, [task]);
  }
  const taken = new Set<string>();
  const largest = (names: readonly string[]) =>
    [...names].sort((a, b) => groups.get(b)!.length - groups.get(a)!.length)[0];
  return {
    next(group) {
      const left = [...groups.keys()].filter((name) => groups.get(name)!.length > 0);
      const own = group !== undefined && left.includes(group) ? group : undefined;
      const chosen = own ?? largest(left.filter((name) => !taken.has(name))) ?? largest(left);
      if (chosen === undefined) return undefined;
      taken.add(chosen);
      return groups.get(chosen)!.shift();
    },
  };
}

function start<Task, Answer>({ entry, memory }: PoolOptions<Task, Answer>): ChildProcess {
  return fork(fileURLToPath(entry), [], {
    execArgv: [...process.execArgv, `--max-old-space-size=${memory}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** The end of what a dying process says, in characters. */
const LAST_WORDS = 500;

function ask<Task, Answer>(child: ChildProcess, task: Task, timeout: number): Promise<Outcome<Answer>> {
  const started = performance.now();
  return new Promise((resolve) => {
    let words = "";
    const listen = (chunk: Buffer) => {
      words = (words + chunk.toString("utf8")).slice(-LAST_WORDS);
    };
    const finish = (reply: Reply<Answer>) => {
      clearTimeout(timer);
      child.removeAllListeners("message").removeAllListeners("close");
      child.stderr!.removeListener("data", listen);
      const ms = Math.round(performance.now() - started);
      if ("answer" in reply) resolve({ kind: "done", answer: reply.answer, ms });
      else resolve({ kind: "failed", reason: reply.error, ms });
    };
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, timeout);
    child.stderr!.on("data", listen);
    child.on("message", (reply) => finish(reply as Reply<Answer>));
    child.on("close", (code, signal) => {
      const end = late ? `took longer than ${timeout} ms` : `its process ended by ${signal ?? code}`;
      finish({ error: `${end} ${words}`.trim() });
    });
    child.send(task as object, () => {});
  });
}
