// How long and how empty a text may be.
import { invalid, unprocessable } from "./http.js";

/** Characters (UTF-16 code units). */
const longest = 65_536;

const sentence = (body: string): string | undefined => {
  if (body.length > longest) return `Body is too long (maximum is ${longest} characters)`;
  return undefined;
};

/** Of a review. @throws GitHubError 422 that only says what, in a sentence */
export function refuseReviewBody(body: string): void {
  const wrong = sentence(body);
  if (wrong !== undefined) throw unprocessable(wrong);
}

/** Of a comment. @throws GitHubError 422 that names the field */
export function refuseCommentBody(resource: "IssueComment" | "PullRequestReviewComment", body: string): void {
  const wrong = body.trim() === "" ? "Body cannot be blank" : sentence(body);
  if (wrong !== undefined) throw invalid(resource, "body", wrong);
}
