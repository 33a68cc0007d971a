// What matching a whole text against a constant regular expression proves of the text.
import { ALL_KINDS, type KindSet, kindSet, NO_KINDS } from "../../models/kinds.js";

/** A line break may follow what `$` ends. */
const LINE_KINDS = kindSet(["header", "mail", "log", "config-line"]);

/** A slash leads elsewhere. */
const PLACE_KINDS = kindSet(["path", "url", "redirect", "archive"]);

/**
 * @param anchors where the call itself ties the pattern to the text
 * @returns the kinds of place at which text that matches does no harm; none when the pattern admits anything, or part of
 * the text is not looked at.
 */
export function provedByPattern(pattern: string, anchors: "none" | "start" | "both"): KindSet {
  const isMultiline = /^\(\?[a-zA-Z]*m/.test(pattern);
  const starts = anchors !== "none" || /^(\^|\\A)/.test(pattern);
  const ends = anchors === "both" || /(\$|\\Z)$/.test(pattern);
  if (!starts || !ends || isMultiline || admitsAnything(pattern)) return NO_KINDS;
  if (/['"`<>;&]|\\s/.test(pattern)) return NO_KINDS;
  const breaks = anchors !== "both" && pattern.endsWith("$");
  const withoutBreaks = breaks ? ALL_KINDS & ~LINE_KINDS : ALL_KINDS;
  return pattern.includes("/") ? withoutBreaks & ~PLACE_KINDS : withoutBreaks;
}

/** Does the pattern have a place for any character: `.`, `\S`, `\W`, `[^…]`; or ends alternatives without anchors? */
function admitsAnything(pattern: string): boolean {
  const outside = pattern.replace(/\\[^SWD]/g, "x").replace(/\[(?!\^)[^\]]*\]/g, "x");
  return /\.|\\[SWD]|\[\^/.test(outside) || /\|/.test(outside.replace(/\([^()]*\)/g, "x"));
}
