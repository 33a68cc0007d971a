// Names that a query held in quotes (`ALTER TABLE "%s"`) and now holds bare.
import type { Expression, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import type { Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";

export function lostQuoting(change: DefinitionChange): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]): readonly Loss[] => {
    const lost = lostInText(base, head) ?? lostInNames(base, head, change);
    if (!lost) return [];
    const did = "keeps the name in quotes";
    return [lossAt("weakened", { protection: "parameters", did, change, base, head, ...lost })];
  });
}

interface Lost {
  readonly guard: SyntaxNode;
  readonly exposed: SyntaxNode;
}

const QUERY =
  /\b(select|insert\s+into|update|delete\s+from|create|alter|drop|rename|grant|revoke|truncate|copy|from|table|order\s+by|where)\b/i;

/** What is put in stands for itself: `\0`, whatever form of formatting puts it in. */
const PLACE = /%s|%\(\w+\)s|\{\w*\}/g;
const QUOTED = /(["`])\0\1|\[\0\]/g;

/** `"DROP TABLE `%s`" % name` is `"DROP TABLE %s" % name` now; nothing else of the text differs. */
function lostInText(base: Leaf, head: Leaf): Lost | undefined {
  const now = textsOf(head);
  for (const { node, text } of textsOf(base)) {
    if (!QUERY.test(text)) continue;
    const bare = text.replace(QUOTED, "\0");
    if (bare === text) continue;
    const same = now.find((each) => each.text.replace(QUOTED, "\0") === bare);
    if (same && countOf(same.text) < countOf(text)) return { guard: node, exposed: same.node };
  }
  return undefined;
}

const countOf = (text: string): number => text.match(QUOTED)?.length ?? 0;

interface Text {
  readonly node: Expression;
  /** Without differences of case, of white space, and of what is put in. */
  readonly text: string;
}

function textsOf(leaf: Leaf): readonly Text[] {
  return leaf.parts().flatMap((part): readonly Text[] => {
    if (part.kind === "string" && !part.isBytes) {
      return [{ node: part, text: flat(part.value.replace(PLACE, "\0")) }];
    }
    if (part.kind !== "formatted") return [];
    const text = part.parts.map((each) => (each.kind === "string" ? each.value : "\0")).join("");
    return [{ node: part, text: flat(text) }];
  });
}

const flat = (text: string): string => text.toLowerCase().replace(/\s+/g, " ");

/** `", ".join(f'"{name}"' for name in names)` is `", ".join(names)` now, and the text goes into a query. */
function lostInNames(base: Leaf, head: Leaf, change: DefinitionChange): Lost | undefined {
  for (const part of base.parts()) {
    if (part.kind !== "comprehension" || part.clauses[0]?.kind !== "for") continue;
    const quoted = textsOf(base).find(
      ({ node, text }) =>
        node.start >= part.element.start &&
        node.end <= part.element.end &&
        /^(["`])\0\1$|^\[\0\]$/.test(text),
    );
    if (!quoted) continue;
    const names = normalText(base.syntax, part.clauses[0].iterable);
    const bare = head.parts().find((each) => normalText(head.syntax, each) === names);
    const isQuoted = textsOf(head).some(({ text }) => /["`[]/.test(text));
    if (bare && !isQuoted && change.head.leaves.some(isQuery)) return { guard: quoted.node, exposed: bare };
  }
  return undefined;
}

function isQuery(leaf: Leaf): boolean {
  return textsOf(leaf).some(({ text }) => QUERY.test(text) && text.includes("\0"));
}
