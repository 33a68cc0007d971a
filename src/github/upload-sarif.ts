// A review -> GitHub's code scanning, as SARIF. Nobody waits for it: what goes wrong is in the log.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Logger } from "pino";
import { failureOf } from "./failure.js";
import type { Octokit } from "./octokit.js";
import type { RepositoryName } from "./pull-request.js";

interface Upload {
  readonly octokit: Octokit;
  readonly name: RepositoryName;
  /** Number of the pull request. */
  readonly pull: number;
  readonly headSha: string;
  readonly log: Logger;
}

const gzipped = promisify(gzip);

/** Uploading the same again changes nothing. @param sarif the JSON text */
export async function uploadSarif(
  { octokit, name, pull, headSha, log }: Upload,
  sarif: string,
): Promise<void> {
  try {
    await octokit.rest.codeScanning.uploadSarif({
      ...name,
      commit_sha: headSha,
      ref: `refs/pull/${pull}/head`,
      sarif: (await gzipped(sarif)).toString("base64"),
    });
  } catch (error) {
    if (failureOf(error, Date.now()) === undefined) throw error;
    log.warn({ err: error, head: headSha }, "the findings could not be uploaded to code scanning");
  }
}
