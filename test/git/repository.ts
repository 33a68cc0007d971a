// A real git repository in a temporary folder, for one test.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ENV = {
  ...process.env,
  GIT_AUTHOR_NAME: "dev",
  GIT_AUTHOR_EMAIL: "dev@example.invalid",
  GIT_COMMITTER_NAME: "dev",
  GIT_COMMITTER_EMAIL: "dev@example.invalid",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** A folder that is removed by `remove`; its path has no symbolic links. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "hognose-test-")));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export class Repository {
  constructor(readonly path: string) {
    this.git("init", "-q", "-b", "main", ".");
  }

  git(...args: string[]): string {
    return execFileSync("git", ["-C", this.path, ...args], {
      env: ENV,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
  }

  /** Writes files; undefined deletes one. */
  write(files: Readonly<Record<string, string | Buffer | undefined>>): void {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.path, name);
      if (content === undefined) rmSync(path);
      else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      }
    }
  }

  /** Writes the files, commits everything, and gives the commit's id. */
  commit(files: Readonly<Record<string, string | Buffer | undefined>>): string {
    this.write(files);
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", "change");
    return this.git("rev-parse", "HEAD");
  }
}
