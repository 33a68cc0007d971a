// A value read from a file, with the lines on which its parts stand.

export type KeyPath = readonly (string | number)[];

export interface Located {
  readonly value: unknown;
  /** The 1-based line of the key at `path`, or of the nearest part around it that has one. */
  lineOf(path: KeyPath): number;
}

/** The file is not even YAML or TOML. */
export interface Malformed {
  readonly line: number;
  readonly what: string;
}

/** @param lines 1-based, by `pathKey`; the empty path stands for the whole */
export function located(value: unknown, lines: ReadonlyMap<string, number>): Located {
  return {
    value,
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const line = lines.get(pathKey(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

export function pathKey(path: KeyPath): string {
  return JSON.stringify(path.map(String));
}
