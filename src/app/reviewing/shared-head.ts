// Pull requests with one head share its check: GitHub shows the last run of that name, whichever of them made it, so
// that each concludes with the worst.

import type { Conversation } from "../../github/conversation.js";
import { isGone } from "../../github/failure.js";
import { readPullRequest } from "../../github/pull-request.js";
import type { Conclusion } from "../../review/review.js";
import type { HeadRun, Runs } from "../../store/runs.js";

/** Of a check: that of a review, or that there is none because the pull request is paused. */
type HeadConclusion = Conclusion | "action_required";

interface HeadVerdict {
  readonly conclusion: HeadConclusion;
  /** Markdown that says why it is not the review's own; "" when it is. */
  readonly note: string;
}

const RANK: Readonly<Record<HeadConclusion, number>> = {
  success: 0,
  neutral: 1,
  action_required: 2,
  failure: 3,
};

/**
 * The conclusion of the check of `headSha`, given `own` of the pull request of this conversation.
 * @throws RequestError
 */
export async function headVerdict(
  runs: Runs,
  at: Conversation,
  repository: number,
  headSha: string,
  own: Conclusion,
): Promise<HeadVerdict> {
  let verdict: HeadVerdict = { conclusion: own, note: "" };
  for (const other of await runs.ofHead(repository, headSha)) {
    const conclusion = conclusionOf(other);
    if (other.pull === at.pull || RANK[conclusion] <= RANK[verdict.conclusion]) continue;
    if (!(await isStillThere(at, other.pull, headSha))) continue;
    const note = `\n#${other.pull} has the same head, and its review ends as ${conclusion}: one check stands for both.\n`;
    verdict = { conclusion, note };
  }
  return verdict;
}

/** Others with this head, whose checks may be better without the one that is closed. */
export async function othersOfHead(
  runs: Runs,
  repository: number,
  pull: number,
  headSha: string,
): Promise<readonly number[]> {
  const all = await runs.ofHead(repository, headSha);
  const closed = all.find((run) => run.pull === pull);
  if (closed === undefined) return [];
  const isBetter = (run: HeadRun) => RANK[conclusionOf(run)] < RANK[conclusionOf(closed)];
  return all.filter((run) => run.pull !== pull && isBetter(run)).map((run) => run.pull);
}

/** One that is under way will look at the others itself. */
function conclusionOf({ conclusion = "" }: HeadRun): HeadConclusion {
  return conclusion in RANK ? (conclusion as HeadConclusion) : "success";
}

async function isStillThere(at: Conversation, pull: number, headSha: string): Promise<boolean> {
  try {
    const other = await readPullRequest(at.octokit, at.name, pull);
    return other.isOpen && other.headSha === headSha;
  } catch (error) {
    if (!isGone(error)) throw error;
    return false;
  }
}
