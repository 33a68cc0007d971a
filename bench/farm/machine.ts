// On what a figure was measured, in one line.
import { cpus, loadavg, totalmem } from "node:os";

export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]!.toFixed(1);
  const date = new Date().toISOString().slice(0, 10);
  return `${cpus().length} × ${cpu?.model.trim()}, ${memory} GB, Node ${process.version}, load ${load} at the end, ${date}`;
}
