// Places as Markdown: a permalink where people can follow it, else path and lines.
import { code } from "../../base/markdown.js";
import type { Side } from "../review.js";
import type { PullRef } from "../snapshot.js";

interface Place {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  readonly side: Side;
}

/**
 * `` `app/db.py:12-14` ``, linked to the revision in which the lines count when the repository is known.
 * @param quote how code is written where the link stands
 * @param name what is shown of the path where it is linked
 */
export function placeLink(
  place: Place,
  pull: PullRef,
  quote: (text: string) => string = code,
  name = place.path,
): string {
  const label = quote(placeText(pull.repositoryUrl === undefined ? place : { ...place, path: name }));
  if (pull.repositoryUrl === undefined) return label;
  const sha = place.side === "LEFT" ? pull.baseSha : pull.headSha;
  const lines = place.endLine > place.line ? `#L${place.line}-L${place.endLine}` : `#L${place.line}`;
  return `[${label}](${pull.repositoryUrl}/blob/${sha}/${encodePath(place.path)}${lines})`;
}

/** Where the rules' pages are for people. */
const RULE_PAGES = "https://github.com/hognose/hognose/blob/main/docs/rules";

/** A rule's id, linked to its page. */
export function ruleLink(id: string): string {
  return `[${code(id)}](${RULE_PAGES}/${id}.md)`;
}

/** `app/db.py:12-14`; plain text. */
export function placeText(place: Place): string {
  const lines = place.endLine > place.line ? `${place.line}-${place.endLine}` : `${place.line}`;
  return `${place.path}:${lines}`;
}

/** A path as it stands in a URL: every segment encoded, "/" kept. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

function encodeSegment(segment: string): string {
  const hex = (character: string) => `%${character.charCodeAt(0).toString(16)}`;
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\ufffd")).replace(/[()!'*]/g, hex);
}
