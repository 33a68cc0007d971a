// Exhaustiveness: a switch over `kind` ends here, so that a new kind does not compile until it is handled.

/** @throws always: reaching it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
