// What GitHub tells by webhook about check runs and check suites.
import { appShape } from "./apps.js";
import { checkRunShape, minimalPulls } from "./shapes/check.js";
import { apiUrl } from "./shapes/repository.js";
import { type Account, type CheckRun, nodeId, type Repository, type World } from "./world.js";

type CheckRunAction = "created" | "completed" | "rerequested" | "requested_action";

/** @param identifier of the button, for `requested_action` */
export function announceCheck(
  world: World,
  run: CheckRun,
  action: CheckRunAction,
  sender: Account,
  identifier?: string,
): void {
  const { repository, headSha, suiteId } = run;
  const suite = suiteShape(world, repository, headSha, suiteId);
  const shape = { ...checkRunShape(world, run), check_suite: suite };
  const requested = identifier === undefined ? {} : { requested_action: { identifier } };
  world.happen({
    event: "check_run",
    action,
    repository,
    sender,
    payload: { check_run: shape, ...requested },
  });
}

export function announceSuite(
  world: World,
  suite: { readonly repository: Repository; readonly sha: string; readonly id: number },
  action: "requested" | "rerequested",
  sender: Account,
): void {
  const { repository, sha, id } = suite;
  const commit = repository.git.commitInfo(sha);
  const person = { name: commit.author.name, email: commit.author.email };
  const head = { id: sha, tree_id: commit.tree, message: commit.message, timestamp: commit.author.date };
  const shape = {
    ...suiteShape(world, repository, sha, id),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: repository.checkRuns.filter(({ suiteId }) => suiteId === id).length,
    check_runs_url: `${apiUrl(world, repository)}/check-suites/${id}/check-runs`,
    head_commit: { ...head, author: person, committer: person },
  };
  world.happen({ event: "check_suite", action, repository, sender, payload: { check_suite: shape } });
}

function suiteShape(world: World, repository: Repository, sha: string, id: number) {
  const pulls = minimalPulls(world, repository, sha);
  const runs = repository.checkRuns.filter(({ suiteId }) => suiteId === id);
  const completed = runs.length > 0 && runs.every(({ status }) => status === "completed");
  return {
    id,
    node_id: nodeId("CS", id),
    head_branch: pulls[0]?.head.ref ?? null,
    head_sha: sha,
    status: completed ? "completed" : "queued",
    conclusion: completed ? (runs.at(-1)?.conclusion ?? null) : null,
    url: `${apiUrl(world, repository)}/check-suites/${id}`,
    before: null,
    after: sha,
    pull_requests: pulls,
    app: appShape(world),
    created_at: world.now().toISOString(),
    updated_at: world.now().toISOString(),
  };
}
