// Where the command line keeps what it derived from files: in the user's cache folder, as the XDG specification has it.
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** @param environment of the process; a relative XDG_CACHE_HOME is ignored, as the specification demands */
export function factsFile(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_CACHE_HOME: chosen } = environment;
  const folder = chosen !== undefined && isAbsolute(chosen) ? chosen : join(homedir(), ".cache");
  return join(folder, "hognose", "facts.sqlite");
}
