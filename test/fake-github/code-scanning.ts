// Upload of SARIF results.
import { gunzipSync } from "node:zlib";
import { type Answer, GitHubError } from "./http.js";
import type { RepositoryCall, Route } from "./router.js";
import { apiUrl } from "./shapes/repository.js";
import type { Sarif } from "./world.js";

interface WantedSarif {
  readonly commit_sha: string;
  readonly ref: string;
  readonly sarif: string;
}

function upload({ world, repository, body }: RepositoryCall): Answer {
  const { commit_sha: commit, ref, sarif } = body as WantedSarif;
  if (repository.git.resolve(commit) === undefined) throw new GitHubError(404, "commit not found");
  refuseUnreadable(sarif);
  const receipt: Sarif = { id: `sarif-${world.nextId()}`, commit, ref, sarif };
  repository.sarifs.push(receipt);
  const url = `${apiUrl(world, repository)}/code-scanning/sarifs/${receipt.id}`;
  return { status: 202, body: { id: receipt.id, url } };
}

function refuseUnreadable(sarif: string): void {
  try {
    JSON.parse(gunzipSync(Buffer.from(sarif, "base64")).toString("utf8"));
  } catch {
    throw new GitHubError(400, "The SARIF file is not gzipped JSON in base64");
  }
}

export const codeScanningRoutes: readonly Route[] = [
  {
    operation: "POST /repos/{owner}/{repo}/code-scanning/sarifs",
    as: "repository",
    needs: { security_events: "write" },
    handle: upload,
  },
];
