// What a rule may look at. The engine defines it; everything else passes it through.

/** Placeholder until the engine fills it: opaque on purpose. */
export interface RuleContext {
  readonly program: unknown;
  readonly roots: readonly unknown[];
}
