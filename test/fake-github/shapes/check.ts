// Check runs as the API and the webhooks show them.
import { appShape } from "../apps.js";
import { type CheckRun, fullName, nodeId, type Repository, type World } from "../world.js";
import { apiUrl, webUrl } from "./repository.js";

/** GitHub's "check run". */
export function checkRunShape(world: World, run: CheckRun) {
  const { id, repository, headSha } = run;
  const url = `${apiUrl(world, repository)}/check-runs/${id}`;
  const html = `${webUrl(world, repository)}/runs/${id}`;
  return {
    id,
    node_id: nodeId("CR", id),
    head_sha: headSha,
    name: run.name,
    external_id: run.externalId ?? "",
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: appShape(world),
    pull_requests: minimalPulls(world, repository, headSha),
  };
}

/** Open pull requests of this repository with that head; those from forks are not listed, as on GitHub. */
export function minimalPulls(world: World, repository: Repository, headSha: string) {
  const end = (ref: string, sha: string) => ({ ref, sha, repo: repositoryReference(world, repository) });
  return [...repository.pulls.values()]
    .filter(({ state, head }) => state === "open" && head.sha === headSha && head.repository === repository)
    .map(({ id, number, head, base }) => ({
      id,
      number,
      url: `${apiUrl(world, repository)}/pulls/${number}`,
      head: end(head.ref, head.sha),
      base: end(base.ref, base.sha),
    }));
}

function repositoryReference(world: World, repository: Repository) {
  return { id: repository.id, url: apiUrl(world, repository), name: fullName(repository).split("/")[1]! };
}
