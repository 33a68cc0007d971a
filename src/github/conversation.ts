// The conversation of one pull request, and who we are in it.
import type { Logger } from "pino";
import type { Octokit } from "./octokit.js";
import type { RepositoryName } from "./pull-request.js";
import type { Waits } from "./write-once.js";

export interface Conversation {
  readonly octokit: Octokit;
  readonly name: RepositoryName;
  /** Number of the pull request. */
  readonly pull: number;
  /** The login under which we comment. */
  readonly botLogin: string;
  readonly log: Logger;
  /** A client that may resolve threads; undefined where the installation does not let us. */
  readonly threadClient?: () => Promise<Octokit | undefined>;
  /** A client that reads the repository `.github` of the same owner; undefined where the installation has it not. */
  readonly organisationClient?: () => Promise<Octokit | undefined>;
  /** How long to wait before looking whether a write was done; GitHub's pace when absent. */
  readonly waits?: Waits;
}
