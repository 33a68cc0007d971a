// When something was said, so that the last word can be told from one that only came last.

export interface Spoken {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** GitHub's id of the comment, which decides between two of the same second; 0 for a button. */
  readonly comment: number;
}
