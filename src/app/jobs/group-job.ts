// A merge queue asks whether the commit may be merged that it has made of a pull request and of what waits before it:
// the same review, between that commit and the one before. It has no conversation; all of it is in the check run.
import { gatherCommits } from "../../github/gather.js";
import { publishCheck } from "../../github/publish.js";
import { repositoryUrl } from "../../github/pull-request.js";
import type { Source } from "../../github/source.js";
import { timingLine } from "../../review/render/summary.js";
import { concludeAnyway } from "../conclude-anyway.js";
import { enterConversation, type JobContext } from "../context.js";
import { timed } from "../meters.js";
import { takeUpCheckRun } from "../open-runs.js";
import { makeReview } from "../reviewing/make-review.js";
import { engineUnder, readTerms } from "../reviewing/terms.js";
import { type Attempt, isDeadly } from "./attempt.js";
import { type GroupJob, NO_PULL } from "./job.js";

/** @throws RequestError, Stopped: the attempt may be repeated */
export async function runGroupJob(context: JobContext, job: GroupJob, attempt: Attempt): Promise<void> {
  const { runs } = context;
  const { repository, baseSha, headSha } = job;
  const entered = await enterConversation(context, job, attempt.signals);
  // What was dismissed in the pull request is dismissed in the queue; what is paused there is reviewed here.
  const terms = await readTerms(context, { ...job, kind: "review", onRequest: true });
  const subject = { repository, pull: NO_PULL, baseSha, headSha, engine: engineUnder(terms) };
  if (await runs.isDone(subject)) return;
  const run = await runs.begin(subject, job);
  const at = { ...entered, log: entered.log.child({ run: run.id }) };
  const check = await takeUpCheckRun(runs, at, run);
  await concludeAnyway({ context, attempt, at, run, check }, async () => {
    const started = Date.now();
    const url = await repositoryUrl(at.octokit, at.name);
    const { stop } = attempt.signals;
    const commits = { baseSha, headSha, repositoryUrl: url };
    const gather = (source: Source) => gatherCommits(source, commits);
    const review = await makeReview({ context, at, terms, stop, isDeadly: isDeadly(attempt), gather });
    stop.throwIfAborted();
    await timed(context.meters, "publish", () =>
      publishCheck(at, review, check, timingLine(Date.now() - started)),
    );
    const { conclusion, findings } = review;
    await runs.finish(run, { state: "done", conclusion, findings: findings.length });
    context.meters.reviews.inc({ conclusion });
    at.log.info({ head: headSha, conclusion, findings: findings.length }, "reviewed for the merge queue");
  });
}
