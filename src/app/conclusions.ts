// What a check run says when there is no review to say.
import { code } from "../base/markdown.js";
import type { CheckResult } from "../github/check-run.js";
import { failureOf, refusalOf } from "../github/failure.js";
import { GivenUp } from "./jobs/attempt.js";
import { ReviewFailed } from "./reviewing/review-session.js";

/** Another review takes the place of this one. @param reason a phrase */
export function cancelled(reason: string): CheckResult {
  return {
    conclusion: "cancelled",
    title: "Not reviewed",
    summary: `This commit was not reviewed: ${reason}.`,
    annotations: [],
    buttons: [],
  };
}

/** Neither green nor red: nothing was looked at. @param by login of who has paused the pull request */
export function paused(by: string): CheckResult {
  return {
    conclusion: "action_required",
    title: "Paused",
    summary: [
      "**This commit was not reviewed.**",
      `${code(by)} has paused the reviews of this pull request. \`/hognose resume\` ends that.`,
    ].join("\n\n"),
    annotations: [],
    buttons: ["review"],
  };
}

/** A required check must not pass because its review broke. */
export function failed(error: unknown): CheckResult {
  const summary = [
    "**This pull request was not reviewed.**",
    `The reason: ${explain(error)}.`,
    "To try again, press *Review again* above or comment `/hognose review`. The log of the app has the details.",
  ];
  return {
    conclusion: "failure",
    title: "The review did not finish",
    summary: summary.join("\n\n"),
    annotations: [],
    buttons: ["review"],
  };
}

/** Nobody works on it any more. */
export function abandoned(): CheckResult {
  return failed(new ReviewFailed("its review was interrupted and never taken up again"));
}

const DEADLY = "the processes that reviewed it died, again and again";

function explain(error: unknown): string {
  if (error instanceof ReviewFailed) return error.message;
  if (error instanceof GivenUp) return error.isDeadly ? DEADLY : "GitHub could not be reached for too long";
  const failure = failureOf(error, Date.now());
  switch (failure?.kind) {
    case "unreachable":
      return "GitHub could not be reached for too long";
    case "gone":
      return "something that the review needs is no longer on GitHub";
    case "refused":
      return refusalOf(error) ?? `GitHub refused a request with status ${failure.status}`;
    default:
      return "an error inside Hognose";
  }
}
