// One file of a commit, when nothing else of it is wanted.
import { isGone } from "./failure.js";
import type { Octokit } from "./octokit.js";
import type { RepositoryName } from "./pull-request.js";

/**
 * @param ref a commit, or the name of a branch
 * @param path of a file, never of a folder
 * @returns undefined when the commit has no such file
 * @throws RequestError
 */
export async function fileAt(
  octokit: Octokit,
  name: RepositoryName,
  ref: string,
  path: string,
): Promise<string | undefined> {
  try {
    const wanted = { ...name, path, ref, mediaType: { format: "raw" } } as const;
    const { data } = await octokit.rest.repos.getContent(wanted);
    return typeof data === "string" ? data : undefined;
  } catch (error) {
    if (!isGone(error)) throw error;
    return undefined;
  }
}
