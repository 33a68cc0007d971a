// What is answered to commands, as Markdown. Pure.
import { closest, distance } from "fastest-levenshtein";
import { code } from "../../base/markdown.js";
import { COMMAND_NAMES, COMMANDS } from "./command.js";

export const HELP = [
  "Hognose knows these commands, each at the start of a line:",
  "",
  ...Object.entries(COMMANDS).map(([usage, what]) => `- ${code(`/hognose ${usage}`)} ${what}`),
  "",
  "`ID` stands at the end of each comment and in the summary. In a reply to a comment of Hognose it can be left out.",
].join("\n");

/** So many letters may be wrong in what is still taken for a command. */
const WRONG_LETTERS = 3;

/** @param word any text of others */
export function unknownCommand(word: string): string {
  const nearest = closest(word, [...COMMAND_NAMES]);
  const isNear = distance(word, nearest) <= Math.min(WRONG_LETTERS, nearest.length - 1);
  const hint = isNear
    ? `Did you mean ${code(`/hognose ${nearest}`)}?`
    : "`/hognose help` lists the commands.";
  return `${code(word.slice(0, 50))} is not a command. ${hint}`;
}

/** @param role the least that is obeyed */
export function denied(role: "write" | "maintain" | "admin"): string {
  const who = role === "write" ? "who can write to" : `with the role ${code(role)} or above in`;
  return `Only people ${who} this repository can give commands to Hognose.`;
}

/** To somebody who calls a finding false. @param id of the finding */
export function howToDismiss(id: string): string {
  const command = code(`/hognose dismiss ${id} REASON`);
  return `To set this finding aside, somebody with write access can reply ${command}. It is not raised again on this pull request then.`;
}
