// One step of a proof.
import type { Span } from "../base/span.js";

export type StepRole = "source" | "flow" | "call" | "sink" | "acquire" | "release" | "guard" | "missing";

export interface Step {
  readonly role: StepRole;
  readonly span: Span;
  /** The revision in which `span` counts. */
  readonly side: "base" | "head";
  /** What happens here, a phrase naming the user's code; Markdown. */
  readonly note: string;
}
