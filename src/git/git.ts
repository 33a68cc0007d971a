// The git program, called so that no argument, configuration or environment of others changes what it prints.
import { execFileSync } from "node:child_process";

/** Something that the user can mend; the message is one line. */
export class GitError extends Error {}

/** Variables by which git finds a repository or changes its output: the repository is given by path alone. */
const DROPPED = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_PREFIX",
  "GIT_NAMESPACE",
  "GIT_EXTERNAL_DIFF",
  "GIT_DIFF_OPTS",
  "GIT_LITERAL_PATHSPECS",
  "GIT_GLOB_PATHSPECS",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
];

/** In bytes; a larger answer is an error, not a truncation. */
const LONGEST_ANSWER = 1 << 30;

/**
 * What `git ARGS` prints in the repository at `repo` (a work tree, its subfolder, or a bare repository). Nothing is
 * ever fetched: what a partial clone lacks is missing.
 * @throws GitError when git is absent or fails, with git's own words
 */
export function git(repo: string, args: readonly string[], input?: string): Buffer {
  const config = ["-c", "core.quotePath=false", "-c", "protocol.allow=never"];
  try {
    return execFileSync("git", ["-C", repo, ...config, ...args], {
      env: environment(),
      maxBuffer: LONGEST_ANSWER,
      stdio: ["pipe", "pipe", "pipe"],
      ...(input === undefined ? {} : { input }),
    });
  } catch (error) {
    throw asGitError(error, args[0] ?? "");
  }
}

/** The same for questions that git answers by failing: undefined then. Throws only when git cannot be run at all. */
export function askGit(repo: string, args: readonly string[]): string | undefined {
  try {
    return git(repo, args).toString("utf8").trim();
  } catch (error) {
    if (error instanceof GitError && error.cause !== undefined) return undefined;
    throw error;
  }
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !DROPPED.includes(name));
  const own = { LC_ALL: "C", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };
  return { ...Object.fromEntries(kept), ...own };
}

/** `cause` is set when git ran and failed. */
function asGitError(error: unknown, command: string): GitError {
  const failure = error as NodeJS.ErrnoException & { status?: number | null; stderr?: Buffer };
  if (failure.code === "ENOENT") return new GitError("git is not installed, or not on the PATH");
  if (failure.code === "ENOBUFS") return new GitError(`git ${command} printed more than 1 GB`);
  if (typeof failure.status !== "number")
    return new GitError(`git ${command} did not run: ${failure.message}`);
  const said = failure.stderr?.toString("utf8").trim().split("\n")[0] ?? "";
  return new GitError(said === "" ? `git ${command} failed` : said.replace(/^fatal: /, "git: "), {
    cause: error,
  });
}
