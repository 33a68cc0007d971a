// A review in the format that was asked for.
import pc from "picocolors";
import { assertNever } from "../base/assert.js";
import { renderJson } from "../review/render/json.js";
import { renderMarkdown } from "../review/render/markdown.js";
import { renderSarif } from "../review/render/sarif.js";
import { PLAIN, renderText } from "../review/render/text.js";
import type { Review } from "../review/review.js";
import type { Rule } from "../rules/rule.js";
import { packageVersion } from "./version.js";

export const FORMATS = ["text", "json", "sarif", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

interface Output {
  readonly format: Format;
  /** Whether the text goes to a terminal that shows colours. */
  readonly colour: boolean;
  readonly rules: readonly Rule[];
}

export function formatted(review: Review, { format, colour, rules }: Output): string {
  switch (format) {
    case "text":
      return renderText(review, colour ? pc.createColors(true) : PLAIN);
    case "json":
      return renderJson(review);
    case "sarif":
      return renderSarif(review, rules, packageVersion());
    case "markdown":
      return renderMarkdown(review);
    default:
      return assertNever(format);
  }
}
