// The git binary, isolated from the configuration of whoever runs the tests.
import { spawnSync } from "node:child_process";

const environment = {
  PATH: process.env.PATH ?? "",
  HOME: "/nonexistent",
  LANG: "C.UTF-8",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_AUTHOR_NAME: "Fake",
  GIT_AUTHOR_EMAIL: "fake@example.com",
  GIT_COMMITTER_NAME: "Fake",
  GIT_COMMITTER_EMAIL: "fake@example.com",
};

/** What git said about a command that failed. */
export class GitError extends Error {
  override readonly name = "GitError";
}

/**
 * Runs git in `directory` and waits for it, so that one API request sees one state of the repository.
 * @param variables of the environment, on top of those above
 * @returns its standard output as bytes
 * @throws GitError with git's own words when it exits with another code than 0
 */
export function gitBytes(
  directory: string,
  args: readonly string[],
  input?: string | Buffer,
  variables: Readonly<Record<string, string>> = {},
): Buffer {
  const result = spawnSync("git", ["-c", "core.quotePath=false", "-c", "gc.auto=0", ...args], {
    cwd: directory,
    env: { ...environment, ...variables },
    maxBuffer: 1 << 30,
    ...(input === undefined ? {} : { input }),
  });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0)
    throw new GitError(`git ${args.join(" ")}: ${result.stderr.toString("utf8").trim()}`);
  return result.stdout;
}

/** As {@link gitBytes}, decoded, without the line feed at the end. */
export function git(
  directory: string,
  args: readonly string[],
  input?: string | Buffer,
  variables?: Readonly<Record<string, string>>,
): string {
  return gitBytes(directory, args, input, variables).toString("utf8").replace(/\n$/, "");
}

/** As {@link git}; undefined when git exits with an error: for questions whose answer may be "there is none". */
export function gitMaybe(directory: string, args: readonly string[]): string | undefined {
  try {
    return git(directory, args);
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
