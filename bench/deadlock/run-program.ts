// Runs one program with python3 and says how it came out.
import { spawn } from "node:child_process";
import type { Outcome } from "./programs.js";

/**
 * @param seconds after which a program counts as standing still, and is killed
 * @throws Error when the program fails of itself
 */
export function outcomeOf(source: string, seconds: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn("python3", ["-X", "dev", "-W", "default::ResourceWarning", "-c", source], {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    let said = "";
    let isLate = false;
    child.stderr.on("data", (data: Buffer) => {
      said += data.toString();
    });
    const timer = setTimeout(() => {
      isLate = true;
      // The group: a program may have started others.
      process.kill(-child.pid!, "SIGKILL");
    }, seconds * 1000);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      if (isLate) resolve("blocks");
      else if (code !== 0) reject(new Error(`python3 ended with ${code}: ${said.trim()}`));
      else resolve(/ResourceWarning/.test(said) ? "leaks" : "ends");
    });
  });
}
