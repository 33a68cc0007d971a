// Commands in comments: found where GitHub renders plain text, and nowhere else. Pure.
import { z } from "zod";
import { plainLines } from "./plain-lines.js";

/** What one may ask, with what the help says of it. */
export const COMMANDS = {
  review: "reviews this pull request again",
  "full-review": "the same, and brings back comments that were deleted",
  "explain ID": "shows how a finding was reached",
  "dismiss ID REASON": "sets a finding aside; `for 30d` before or after the reason makes it end",
  "restore ID": "takes that back",
  pause: "leaves the next pushes without a review",
  resume: "ends that, and reviews",
  config: "shows the configuration that counts here",
  help: "shows this list",
} as const;

export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS).map((usage) => usage.split(" ")[0]!);

/** As a finding is called by people: the beginning of its fingerprint, in small letters; absent in a reply to its comment. */
const id = z.string().optional();

export const command = z.discriminatedUnion("name", [
  z.object({ name: z.literal(["review", "full-review", "pause", "resume", "config", "help"]) }),
  z.object({ name: z.literal(["explain", "restore"]), id }),
  /** `days` is missing when it is for good; `reason` may be "". */
  z.object({ name: z.literal("dismiss"), id, reason: z.string(), days: z.number().int().optional() }),
  z.object({ name: z.literal("unknown"), word: z.string() }),
]);

export type Command = Readonly<z.infer<typeof command>>;

const COMMAND = /^\/hognose(?:[ \t]+(\S+))?(?:[ \t]+(.*?))?[ \t]*$/i;

/**
 * The first command in a comment's Markdown: at the very start of a line, outside quotes, code blocks and HTML
 * comments. Undefined when there is none.
 */
export function findCommand(body: string): Command | undefined {
  for (const line of plainLines(body)) {
    const match = COMMAND.exec(line);
    if (match) return toCommand(match[1]?.toLowerCase() ?? "help", match[2] ?? "");
  }
  return undefined;
}

function toCommand(word: string, rest: string): Command {
  switch (word) {
    case "review":
    case "full-review":
    case "pause":
    case "resume":
    case "config":
    case "help":
      return { name: word };
    case "explain":
    case "restore":
      return { name: word, ...withId(rest).named };
    case "dismiss": {
      const { named, rest: reason } = withId(rest);
      return { name: word, ...named, ...withDays(reason) };
    }
    default:
      return { name: "unknown", word };
  }
}

/** Hex digits, as many as cannot be a word, or all that people are shown. */
const ID = /^`?(?=\S*\d|[0-9a-f]{8})([0-9a-f]{6,16})`?(?:[ \t]+|$)/i;

function withId(text: string): { readonly named: { readonly id?: string }; readonly rest: string } {
  const match = ID.exec(text);
  if (!match) return { named: {}, rest: text };
  return { named: { id: match[1]!.toLowerCase() }, rest: text.slice(match[0].length) };
}

const DAYS = { d: 1, w: 7, m: 30, y: 365 } as const;
const TIME = "for[ \\t]+(\\d{1,4})[ \\t]*(d|w|y|days?|weeks?|months?|years?)";
const TIME_FIRST = new RegExp(`^${TIME}(?:[ \\t:,]+|$)`, "i");
const TIME_LAST = new RegExp(`(?:^|[ \\t,]+)${TIME}[.]?$`, "i");
/** Longer is for good. */
const MOST_DAYS = 3650;

/** "for 30d" at the beginning or at the end of a reason. */
function withDays(text: string): { readonly reason: string; readonly days?: number } {
  const match = TIME_FIRST.exec(text) ?? TIME_LAST.exec(text);
  if (!match) return { reason: text.trim() };
  const days = Number(match[1]) * DAYS[match[2]![0]!.toLowerCase() as keyof typeof DAYS];
  const reason = (text.slice(0, match.index) + text.slice(match.index + match[0].length)).trim();
  return days > 0 && days <= MOST_DAYS ? { reason, days } : { reason };
}
