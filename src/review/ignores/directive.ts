// One comment of the code to what it says about ignoring findings, in our words or in those of another tool.
import { lastPart } from "../../base/words.js";
import { TOOLS, type Tool } from "../../rules/relatives.js";

export interface Directive {
  readonly tool: Tool | "hognose";
  /** Rules of that tool; "all" where it names none, which some tools take for all of theirs. */
  readonly ids: readonly string[] | "all";
  /** Why, in the words of who wrote it; "" when nothing is said. */
  readonly reason: string;
  /** As it is written, from its "#" on. */
  readonly text: string;
  /** Whether it may stand on a line of its own, above the code that it is about. */
  readonly mayStandAbove: boolean;
}

/** Where one begins: a comment can hold several (`# nosec B608 # noqa: S608`). Our own takes the rest of the line. */
const BEGINNING = /#\s*(?=hognose:\s*ignore|nosec\b|noqa\b|nosem(?:grep)?\b|lgtm\b|codeql\s*\[)/i;

/** Everything that `comment` (from its "#" on) says about ignoring. */
export function directivesIn(comment: string): readonly Directive[] {
  const start = comment.search(BEGINNING);
  if (start < 0) return [];
  const rest = comment.slice(start);
  const words = rest.slice(1).trimStart();
  if (/^hognose:/i.test(words)) return [ownDirective(words, rest.trimEnd())];
  const next = words.search(BEGINNING);
  const text = next < 0 ? words : words.slice(0, next);
  const first = TOOLS.flatMap((tool) => foreignDirective(tool, text.trimEnd()) ?? []);
  return next < 0 ? first : [...first, ...directivesIn(words.slice(next))];
}

/** `hognose: ignore[rule, other-rule] reason` */
function ownDirective(words: string, text: string): Directive {
  const [, ids = "", reason = ""] = /^hognose:\s*ignore\s*(?:\[([^\]]*)\])?(.*)$/is.exec(words) ?? [];
  return {
    tool: "hognose",
    ids: listed(ids),
    reason: reason.replace(/^[\s:,;–-]+/, "").trim(),
    text,
    mayStandAbove: true,
  };
}

function foreignDirective(tool: Tool, words: string): Directive | undefined {
  const ids = READERS[tool](words);
  if (ids === undefined) return undefined;
  const mayStandAbove = tool === "semgrep" || tool === "codeql";
  return { tool, ids, reason: "", text: `# ${words}`, mayStandAbove };
}

/** The rules that a directive of each tool names; undefined when the words are not one. */
const READERS: Readonly<Record<Tool, (words: string) => Directive["ids"] | undefined>> = {
  /** Text that is no test id is a remark to Bandit, which then ignores all. */
  bandit(words) {
    if (!/^nosec\b/i.test(words)) return undefined;
    return allUnlessSome(words.toUpperCase().match(/\bB\d{3}\b/g) ?? []);
  },
  /** Without codes it silences the style of a line as a rule: nobody has looked at its security. */
  ruff(words) {
    const codes = /^noqa\s*:\s*((?:[A-Z]+\d+[,\s]*)+)/i.exec(words)?.[1];
    return codes === undefined ? undefined : listed(codes.toUpperCase());
  },
  codeql(words) {
    const match = /^(?:lgtm|codeql)\s*\[([^\]]*)\]/i.exec(words);
    if (match) return listed(match[1]!);
    return /^lgtm\s*$/i.test(words) ? "all" : undefined;
  },
  semgrep(words) {
    const match = /^nosem(?:grep)?\b(?:\s*:\s*([\w.,\s-]+))?/i.exec(words);
    if (!match) return undefined;
    return allUnlessSome(listed(match[1] ?? "").map((id) => lastPart(id)));
  },
};

function listed(ids: string): readonly string[] {
  return ids.split(/[,\s]+/).filter((id) => id !== "");
}

function allUnlessSome(ids: readonly string[]): Directive["ids"] {
  return ids.length === 0 ? "all" : ids;
}
