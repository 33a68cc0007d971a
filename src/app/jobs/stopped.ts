// Why a job ends before its work is done. Not an error of the work: nobody is told that it failed.

export type StopReason =
  /** A newer job of the same pull request waits. */
  | "superseded"
  /** The lease has ended: the job belongs to somebody else. */
  | "lost"
  /** The process is going down: the next one goes on. */
  | "shutdown";

export class Stopped extends Error {
  override readonly name = "Stopped";
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`stopped: ${reason}`);
    this.reason = reason;
  }
}

/** Both abort with a Stopped. */
export interface StopSignals {
  /** For whatever reason: what is thought is thrown away, what is being said is said to the end. */
  readonly stop: AbortSignal;
  /** The job is lost or the process goes down: not one request more. */
  readonly halt: AbortSignal;
}

/** The job is put off, and all of its installation: GitHub's budget is used up. */
export class PutOff extends Error {
  override readonly name = "PutOff";
  /** Milliseconds since 1970. */
  readonly until: number;

  constructor(until: number) {
    super("the installation's budget of requests is used up");
    this.until = until;
  }
}
