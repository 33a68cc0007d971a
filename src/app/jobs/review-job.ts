// The review of one pull request, from whatever state an earlier attempt has left.
import { type CheckRun, concludeCheckRun } from "../../github/check-run.js";
import type { Conversation } from "../../github/conversation.js";
import { refusalOf } from "../../github/failure.js";
import { gatherPull } from "../../github/gather.js";
import { publish } from "../../github/publish.js";
import { type PullRequest, readMergeBase, readPullRequest } from "../../github/pull-request.js";
import type { Source } from "../../github/source.js";
import { uploadSarif } from "../../github/upload-sarif.js";
import { renderSarif } from "../../review/render/sarif.js";
import { timingLine } from "../../review/render/summary.js";
import type { Review } from "../../review/review.js";
import { RULES } from "../../rules/registry.js";
import type { ReviewedFindings } from "../../store/outcomes.js";
import type { Run } from "../../store/runs.js";
import { concludeAnyway } from "../conclude-anyway.js";
import { cancelled, paused } from "../conclusions.js";
import { enterConversation, type JobContext } from "../context.js";
import { timed } from "../meters.js";
import { closeOpenRuns, takeUpCheckRun } from "../open-runs.js";
import { makeReview } from "../reviewing/make-review.js";
import { remember } from "../reviewing/remembered.js";
import { headVerdict, othersOfHead } from "../reviewing/shared-head.js";
import { engineUnder, readTerms, type Terms } from "../reviewing/terms.js";
import { VERSION } from "../version.js";
import { type Attempt, isDeadly } from "./attempt.js";
import { type ReviewJob, toNewJob } from "./job.js";

interface Reviewing {
  readonly context: JobContext;
  readonly job: ReviewJob;
  readonly attempt: Attempt;
  readonly at: Conversation;
  readonly pull: PullRequest;
  readonly terms: Terms;
  readonly run: Run;
  readonly check: CheckRun;
}

/** @throws RequestError, Stopped: the attempt may be repeated */
export async function runReviewJob(context: JobContext, job: ReviewJob, attempt: Attempt): Promise<void> {
  const { runs } = context;
  const at = await enterConversation(context, job, attempt.signals);
  const pull = await readPullRequest(at.octokit, at.name, job.pull);
  if (!pull.isOpen || (pull.isDraft && !job.onRequest)) {
    await closeOpenRuns(
      runs,
      at,
      job.repository,
      `the pull request is ${pull.isOpen ? "a draft" : "closed"}`,
    );
    if (!pull.isOpen) {
      await context.outcomes.close(job.repository, job.pull, pull.isMerged);
      await reviewOthers(context, job, pull.headSha);
    }
    return;
  }
  await context.outcomes.reopen(job.repository, job.pull);
  const baseSha = await readBase(at, pull);
  const { repository } = job;
  const terms = await readTerms(context, job);
  const subject = { repository, pull: job.pull, baseSha, headSha: pull.headSha, engine: engineUnder(terms) };
  await closeOpenRuns(runs, at, repository, `the head is now ${short(pull.headSha)}`, subject);
  if (await runs.isDone(subject)) {
    at.log.info({ head: pull.headSha }, "already reviewed");
    return;
  }
  const run = await runs.begin(subject, job);
  const inRun = { ...at, log: at.log.child({ run: run.id }) };
  const check = await takeUpCheckRun(runs, inRun, run);
  if (terms.pausedBy !== undefined) {
    await concludeCheckRun(inRun, check, paused(terms.pausedBy));
    await runs.finish(run, { state: "done", conclusion: "action_required", findings: 0 });
    return;
  }
  const reviewing = { context, job, attempt, at: inRun, pull, terms, run, check };
  await concludeAnyway(reviewing, () => makeAndPublish(reviewing));
}

/** Where we may not read the history we may not read the files either: the review will say so. @throws RequestError */
async function readBase(at: Conversation, pull: PullRequest): Promise<string> {
  try {
    return await readMergeBase(at.octokit, at.name, pull);
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    return pull.baseTip;
  }
}

async function makeAndPublish(reviewing: Reviewing): Promise<void> {
  const { context, job, attempt, at, terms, run, check } = reviewing;
  const started = Date.now();
  const stop = attempt.signals.stop;
  const gather = (source: Source) => gatherPull(source, reviewing.pull, run.baseSha);
  const review = await makeReview({ context, at, terms, stop, isDeadly: isDeadly(attempt), gather });
  stop.throwIfAborted();
  const before = await context.lastReviews.of(job.repository, job.pull);
  const known = new Set(job.afresh ? [] : before?.posted);
  const verdict = await headVerdict(context.runs, at, job.repository, run.headSha, review.conclusion);
  const note = verdict.note + timingLine(Date.now() - started);
  const standing = { ...verdict, note, hadComment: known };
  const published = await timed(context.meters, "publish", () => publish(at, review, check, standing));
  if (published.kind === "outdated") {
    await concludeCheckRun(at, check, cancelled(`the head is now ${short(published.headSha)}`));
    await context.runs.finish(run, { state: "superseded", conclusion: "cancelled", findings: 0 });
    // The push that moved the head has a job of its own as a rule. This one makes sure.
    await context.queue.enqueue(toNewJob(job));
    return;
  }
  if (context.uploadsSarif) await uploadReview(reviewing, review);
  await context.outcomes.record(job, reviewedFindings(review));
  await context.lastReviews.save(job.repository, job.pull, remember(review, published.rejected, before));
  const { conclusion, findings } = review;
  await context.runs.finish(run, { state: "done", conclusion, findings: findings.length });
  const { posted, edited } = published;
  context.meters.reviews.inc({ conclusion });
  context.meters.latency.observe((Date.now() - attempt.queuedAt) / 1000);
  for (const { rule } of findings) context.meters.findings.inc({ rule });
  at.log.info({ head: run.headSha, conclusion, findings: findings.length, posted, edited }, "reviewed");
}

async function uploadReview({ context, job, at, attempt, run }: Reviewing, review: Review): Promise<void> {
  const octokit = await context.access.forExtra("code-scanning", job, attempt.signals.halt);
  if (octokit === undefined) return;
  const upload = { octokit, name: at.name, pull: job.pull, headSha: run.headSha, log: at.log };
  await uploadSarif(upload, renderSarif(review, RULES, VERSION));
}

/** Their checks may have been worse than their own reviews, because of this one. */
async function reviewOthers({ runs, queue }: JobContext, job: ReviewJob, headSha: string): Promise<void> {
  for (const pull of await othersOfHead(runs, job.repository, job.pull, headSha)) {
    await runs.forget(job.repository, pull);
    await queue.enqueue(toNewJob({ ...job, pull, onRequest: false }));
  }
}

/** What is counted of a review. */
function reviewedFindings({ findings, dismissed, ignored, notReviewed }: Review): ReviewedFindings {
  const blind = new Set(notReviewed.filter(({ isLimit }) => !isLimit).map(({ path }) => path));
  return {
    findings,
    dismissed: [...dismissed.map(({ finding }) => finding), ...ignored],
    isReviewed: (path) => !blind.has(path) && !blind.has(""),
  };
}

function short(sha: string): string {
  return sha.slice(0, 7);
}
