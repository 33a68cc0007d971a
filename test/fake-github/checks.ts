// Check runs: annotations are appended, texts are limited in bytes, and a completed run needs a conclusion.
import { announceCheck } from "./check-events.js";
import { type Answer, created, GitHubError, invalid, list, notFound, ok, page } from "./http.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { checkRunShape } from "./shapes/check.js";
import { webUrl } from "./shapes/repository.js";
import type {
  CheckAction,
  CheckAnnotation,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  Repository,
  World,
} from "./world.js";

/** Bytes of UTF-8, each. */
const maxText = 65_535;
const maxMessage = 64 * 1024;
const maxTitle = 255;
const annotationsPerRequest = 50;

interface WantedOutput {
  readonly title?: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations?: readonly CheckAnnotation[];
}

interface WantedRun {
  readonly name?: string;
  readonly head_sha?: string;
  readonly status?: CheckStatus;
  readonly conclusion?: CheckConclusion;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly output?: WantedOutput;
  readonly actions?: readonly CheckAction[];
}

/** The id of the app's check suite for a commit; made when it is first asked for. */
export function suiteOf(world: World, repository: Repository, sha: string): number {
  const existing = repository.checkSuites.get(sha) ?? world.nextId();
  repository.checkSuites.set(sha, existing);
  return existing;
}

function createRun({ world, repository, body }: RepositoryCall): Answer {
  const wanted = body as WantedRun;
  const sha = repository.git.resolve(wanted.head_sha!);
  if (sha === undefined) throw new GitHubError(422, `No commit found for SHA: ${wanted.head_sha}`);
  refuseInvalid(wanted);
  const run: CheckRun = {
    id: world.nextId(),
    suiteId: suiteOf(world, repository, sha),
    repository,
    headSha: sha,
    name: wanted.name!,
    status: "queued",
    conclusion: null,
    startedAt: timestamp(world),
    completedAt: null,
    externalId: null,
    detailsUrl: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  apply(world, run, wanted);
  repository.checkRuns.push(run);
  announceCheck(world, run, "created", world.app.bot);
  if (run.status === "completed") announceCheck(world, run, "completed", world.app.bot);
  return created(checkRunShape(world, run));
}

const timestamp = (world: World): string =>
  world
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");

function updateRun(call: RepositoryCall): Answer {
  const { world } = call;
  const run = runOf(call);
  const wanted = call.body as WantedRun;
  refuseInvalid(wanted);
  const before = run.status;
  apply(world, run, wanted);
  if (run.status === "completed" && before !== "completed")
    announceCheck(world, run, "completed", world.app.bot);
  return ok(checkRunShape(world, run));
}

/** Everything is checked before anything is changed. @throws GitHubError 422 */
function refuseInvalid(wanted: WantedRun): void {
  const { status, conclusion, completed_at: completedAt, output } = wanted;
  if ((status === "completed" || completedAt !== undefined) && conclusion === undefined)
    throw invalid("CheckRun", "conclusion", "conclusion is required when status is completed");
  if (conclusion === "stale") throw invalid("CheckRun", "conclusion", "conclusion cannot be stale");
  if (output === undefined) return;
  refuseTooLong("title", output.title?.length ?? 0, maxTitle, "characters");
  refuseTooLong("summary", Buffer.byteLength(output.summary), maxText, "bytes");
  refuseTooLong("text", Buffer.byteLength(output.text ?? ""), maxText, "bytes");
  refuseTooLong("annotations", output.annotations?.length ?? 0, annotationsPerRequest, "items");
  for (const annotation of output.annotations ?? []) refuseInvalidAnnotation(annotation);
}

function refuseTooLong(field: string, size: number, limit: number, unit: string): void {
  if (size > limit)
    throw invalid(
      "CheckRun",
      field,
      `${field} exceeds a maximum ${unit === "bytes" ? "bytesize" : unit} of ${limit}`,
    );
}

function refuseInvalidAnnotation(annotation: CheckAnnotation): void {
  const { start_line: start, end_line: end, start_column: from, end_column: to } = annotation;
  if (start < 1 || end < start)
    throw invalid("CheckAnnotation", "end_line", "end_line must not precede start_line");
  const columns = from !== undefined || to !== undefined;
  if (columns && start !== end)
    throw invalid(
      "CheckAnnotation",
      "start_column",
      "columns are only allowed when start_line equals end_line",
    );
  if (from !== undefined && to !== undefined && to < from)
    throw invalid("CheckAnnotation", "end_column", "end_column must not precede start_column");
  refuseTooLong("annotation.title", annotation.title?.length ?? 0, maxTitle, "characters");
  refuseTooLong("annotation.message", Buffer.byteLength(annotation.message), maxMessage, "bytes");
  refuseTooLong(
    "annotation.raw_details",
    Buffer.byteLength(annotation.raw_details ?? ""),
    maxMessage,
    "bytes",
  );
}

/** What is not said stays, but a run that is started again has no conclusion. A conclusion completes the run. */
function apply(world: World, run: CheckRun, wanted: WantedRun): void {
  const status = wanted.conclusion === undefined ? wanted.status : "completed";
  if (status !== undefined) run.status = status;
  if (status !== undefined && status !== "completed")
    Object.assign(run, { conclusion: null, completedAt: null });
  if (status === "completed") {
    run.conclusion = wanted.conclusion ?? run.conclusion;
    run.completedAt = wanted.completed_at ?? timestamp(world);
  }
  run.name = wanted.name ?? run.name;
  run.startedAt = wanted.started_at ?? run.startedAt;
  run.externalId = wanted.external_id ?? run.externalId;
  run.detailsUrl = wanted.details_url ?? run.detailsUrl;
  run.actions = wanted.actions ?? run.actions;
  if (wanted.output === undefined) return;
  const { title, summary, text, annotations = [] } = wanted.output;
  run.title = title ?? run.title;
  run.summary = summary;
  run.text = text ?? run.text;
  run.annotations.push(...annotations);
}

/** The check run that a route names. @throws GitHubError 404 */
function runOf({ repository, params }: RepositoryCall): CheckRun {
  const run = repository.checkRuns.find(({ id }) => id === Number(params.check_run_id));
  if (run === undefined) throw notFound();
  return run;
}

function listAnnotations(call: RepositoryCall): Answer {
  const run = runOf(call);
  return list(run.annotations, call.url, (annotation) => ({
    start_column: null,
    end_column: null,
    title: null,
    raw_details: null,
    ...annotation,
    blob_href: `${webUrl(call.world, run.repository)}/blob/${run.headSha}/${annotation.path}`,
  }));
}

function listRuns({ world, repository, params, url }: RepositoryCall): Answer {
  const sha = repository.git.resolve(params.ref!);
  if (sha === undefined) throw new GitHubError(422, `No commit found for SHA: ${params.ref}`);
  const query = url.searchParams;
  const matches = (name: string, value: string): boolean => [null, value].includes(query.get(name));
  const runs = repository.checkRuns.filter(
    (run) =>
      run.headSha === sha &&
      matches("check_name", run.name) &&
      matches("status", run.status) &&
      matches("app_id", String(world.app.id)),
  );
  const newestFirst = runs.toReversed();
  const latest = newestFirst.filter(
    (run, index) => newestFirst.findIndex(({ name }) => name === run.name) === index,
  );
  const chosen = query.get("filter") === "all" ? newestFirst : latest;
  const { items, headers } = page(chosen, url);
  return {
    status: 200,
    headers,
    body: { total_count: chosen.length, check_runs: items.map((run) => checkRunShape(world, run)) },
  };
}

const read: Needs = { checks: "read" };
const write: Needs = { checks: "write" };
const runs = "/repos/{owner}/{repo}/check-runs";

export const checkRoutes: readonly Route[] = [
  { operation: `POST ${runs}`, as: "repository", needs: write, handle: createRun },
  {
    operation: `GET ${runs}/{check_run_id}`,
    as: "repository",
    needs: read,
    handle: (call) => ok(checkRunShape(call.world, runOf(call))),
  },
  { operation: `PATCH ${runs}/{check_run_id}`, as: "repository", needs: write, handle: updateRun },
  {
    operation: `GET ${runs}/{check_run_id}/annotations`,
    as: "repository",
    needs: read,
    handle: listAnnotations,
  },
  {
    operation: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    as: "repository",
    needs: read,
    handle: listRuns,
  },
];
