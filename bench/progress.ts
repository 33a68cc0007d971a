// How far a run is, on a terminal; silent where there is none.
import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  /** One more is done. */
  step(note: string): void;
  stop(): void;
}

export function showProgress(what: string, total: number): Progress {
  const format = `${what} {bar} {value}/{total} · {eta_formatted} left · {note}`;
  const bar = new SingleBar({ format, hideCursor: true, stream: process.stderr }, Presets.shades_classic);
  bar.start(total, 0, { note: "" });
  return { step: (note) => bar.increment(1, { note }), stop: () => bar.stop() };
}
