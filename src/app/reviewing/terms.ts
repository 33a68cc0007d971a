// What a review goes by beside the code: what people have said, and how the app is set up. It is part of what makes two
// reviews equal.
import { sha256 } from "../../base/hash.js";
import type { Dismissal } from "../../review/dismissal.js";
import type { JobContext } from "../context.js";
import type { ReviewJob } from "../jobs/job.js";
import { VERSION } from "../version.js";

export interface Terms {
  readonly dismissals: readonly Dismissal[];
  /** The app was installed just now: unless the configuration wants it, nothing fails the check. */
  readonly isNew: boolean;
  /** Login of who has paused the pull request; undefined when it is to be reviewed. */
  readonly pausedBy: string | undefined;
}

/** @throws StoreUnavailable, RequestError */
export async function readTerms(context: JobContext, job: ReviewJob): Promise<Terms> {
  const { repository, pull, installation, onRequest } = job;
  return {
    dismissals: await context.dismissals.list(repository, pull),
    isNew: await isNew(context, installation),
    pausedBy: onRequest ? undefined : await context.pauses.pausedBy(repository, pull),
  };
}

async function isNew({ access, advisoryTime }: JobContext, installation: number): Promise<boolean> {
  if (advisoryTime === 0) return false;
  return Date.now() - (await access.installedAt(installation)) < advisoryTime;
}

/** The version of the code that reviews, and in short what else its review goes by. */
export function engineUnder({ dismissals, isNew, pausedBy }: Terms): string {
  if (pausedBy !== undefined) return `${VERSION}+paused`;
  const said = dismissals.length === 0 ? "" : `+${sha256(JSON.stringify(dismissals)).slice(0, 8)}`;
  return `${VERSION}${said}${isNew ? "+new" : ""}`;
}
