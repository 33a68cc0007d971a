// A review as one Markdown document: the summary of the check run, then the comments one after another.

import { code } from "../../base/markdown.js";
import { withoutMarker } from "../marker.js";
import type { Review } from "../review.js";
import { placeLink } from "./link.js";

/** Markdown, ending with a newline. */
export function renderMarkdown(review: Review): string {
  if (review.comments.length === 0) return review.summary;
  const local = { baseSha: review.baseSha, headSha: review.headSha };
  const comments = review.comments.map((comment) => {
    const body = withoutMarker(comment.body);
    if (comment.line === undefined || comment.side === undefined)
      return `#### ${code(comment.path)}\n\n${body}`;
    const line = comment.startLine ?? comment.line;
    const place = { path: comment.path, line, endLine: comment.line, side: comment.side };
    return `#### ${placeLink(place, local)}${comment.side === "LEFT" ? " (deleted)" : ""}\n\n${body}`;
  });
  return `${[review.summary.trimEnd(), "### Comments", ...comments].join("\n\n")}\n`;
}
