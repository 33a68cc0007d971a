// The file in which an organisation configures the reviews of all its repositories.
import type { SharedFile } from "../../config/shared.js";
import type { Conversation } from "../../github/conversation.js";
import { refusalOf } from "../../github/failure.js";
import { fileAt } from "../../github/file-at.js";

const REPOSITORY = ".github";
const FILE = ".hognose.yml";

/** Of the owner of the conversation's repository, and of nobody else. @throws RequestError */
export async function readSharedFile(at: Conversation): Promise<SharedFile> {
  const { owner } = at.name;
  const octokit = (await at.organisationClient?.()) ?? at.octokit;
  return { name: `${owner}/${REPOSITORY}/${FILE}`, text: await textOf() };

  async function textOf(): Promise<string | undefined> {
    try {
      return await fileAt(octokit, { owner, repo: REPOSITORY }, "HEAD", FILE);
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return undefined;
    }
  }
}
