// The configuration on the command line: where it is read, how it is checked and shown.
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ConfigurationProblem, Configured } from "../config/configuration.js";
import { configurationIn } from "../config/read.js";
import { folderTree } from "../git/disk.js";

/** What the files at the top of `folder` (absolute), as they are on the disk, ask for. */
export function folderConfiguration(folder: string): Configured {
  return configurationIn(folderTree(folder));
}

/** The configuration of the project around `path` (absolute): of the nearest folder that has one, up to its repository. */
export function projectConfiguration(path: string): Configured {
  let folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
  for (;;) {
    const configured = folderConfiguration(folder);
    const above = dirname(folder);
    if (configured.path !== undefined || above === folder || existsSync(join(folder, ".git")))
      return configured;
    folder = above;
  }
}

/** "pyproject.toml:12: unknown key …" */
export function problemLine({ path, line, what }: ConfigurationProblem): string {
  return `${path}:${line}: ${what}`;
}

/** The folder that the user names, absolute; undefined when there is none. */
export function existingFolder(cwd: string, folder: string): string | undefined {
  const path = resolve(cwd, folder);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : undefined;
}
