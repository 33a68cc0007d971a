// What was not looked at, or not wholly: every stage names such parts in this one way.

/** A part of what was to be looked at, with the reason as a phrase ("is not UTF-8"). */
export interface Omission {
  readonly path: string;
  readonly reason: string;
  /** It was looked at, as far as a limit of the analysis allowed. */
  readonly isLimit?: true;
  /** It is not to be reviewed, by what it is: nothing is missing without it. */
  readonly isByKind?: true;
}
