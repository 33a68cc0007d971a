// Calls, patterns and parsers replaced by ones that are known to protect less.
import type { Call, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { definitionsOf } from "./definition.js";
import { dottedName } from "./dotted.js";
import { callsOf, isInside, type Leaf } from "./leaf.js";
import { type Loss, lossAt, type Protection } from "./loss.js";
import { calleeOf, lastNameOf, type Pool } from "./pool.js";

interface Weaker {
  readonly before: RegExp;
  readonly now: RegExp;
  readonly protection: Protection;
  readonly did: string;
  /** Normal text of the new statement with which it is as strong. */
  readonly unless?: RegExp;
}

/** Dotted names as written. */
const WEAKER: readonly Weaker[] = [
  { before: /(^|\.)RLock$/, now: /(^|\.)Lock$/, protection: "lock", did: "lets its holder lock again" },
  {
    before: /(^|\.)safe_load(_all)?$/,
    now: /(^|\.)(load|unsafe_load|full_load)(_all)?$/,
    protection: "verification",
    did: "builds plain data only",
    unless: /(Safe|Base)Loader/,
  },
  {
    before: /(^|\.)literal_eval$/,
    now: /^(eval|exec)$/,
    protection: "verification",
    did: "reads literals only",
  },
  {
    before: /^(int|float|complex|Decimal|bool)$|^json\.loads$/,
    now: /^eval$/,
    protection: "verification",
    did: "makes plain data of it",
  },
  {
    before: /(^|\.)fullmatch$/,
    now: /(^|\.)(match|search)$/,
    protection: "validation",
    did: "matches the whole text",
    unless: /(\\[zZ]|\$)\)?"/,
  },
  {
    before: /(^|\.)(mkstemp|NamedTemporaryFile|TemporaryDirectory)$/,
    now: /(^|\.)mktemp$/,
    protection: "release",
    did: "makes the file at once",
  },
  {
    before: /(^|\.)\w*(max_size|maxsize|limited|bounded|at_most|up_to)\w*$/i,
    now: /(^|\.)(readBody|read|read_all|readall|read_body|get_body)$/,
    protection: "limit",
    did: "reads no more than it should",
  },
  { before: /^secrets\.|SystemRandom/, now: /^random\./, protection: "masking", did: "cannot be guessed" },
  {
    before: /(^|\.)(safe_join|safe_path_join)$/,
    now: /(^|\.)(join|joinpath)$/,
    protection: "validation",
    did: "stays inside the folder",
  },
  {
    before: /(^|\.)SandboxedEnvironment$/,
    now: /(^|\.)Environment$/,
    protection: "verification",
    did: "keeps templates from attributes",
  },
  {
    before: /(^|\.)create_default_context$/,
    now: /(^|\.)_create_unverified_context$/,
    protection: "verification",
    did: "verifies the certificate",
  },
];

export function weakenedCalls(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]) => {
    const before = namesOf(base);
    const now = namesOf(head);
    const anchors = weakenedAnchors(base, head, change);
    const calls = WEAKER.flatMap((each): readonly Loss[] => {
      const guard = before.find(({ name }) => each.before.test(name));
      const instead = now.find(({ name }) => each.now.test(name));
      if (!guard || !instead || now.some(({ name }) => each.before.test(name))) return [];
      if (before.some(({ name }) => name === instead.name)) return [];
      if (pool.calledAsOften(guard.name) || each.unless?.test(head.text)) return [];
      if (each.protection === "lock" && !isTakenTwice(base, change)) return [];
      const { protection, did } = each;
      return [
        lossAt("weakened", { protection, did, change, base, guard: guard.node, head, exposed: instead.node }),
      ];
    });
    return [...anchors, ...calls];
  });
}

/** Is the lock that `base` makes taken in several places of the file, or around calls, so that it may be taken again? */
function isTakenTwice({ node }: Leaf, { head }: DefinitionChange): boolean {
  const name = node.kind === "assign" ? lastNameOf(node.targets[0]!) : "";
  if (name === "") return true;
  const takes = (leaf: Leaf) =>
    leaf.node.kind === "withItem"
      ? lastNameOf(leaf.node.context) === name
      : callsOf(leaf).some(
          ({ callee }) => /(^|\.)acquire$/.test(dottedName(callee) ?? "") && leaf.text.includes(name),
        );
  const takings = definitionsOf(head.module).flatMap(({ leaves }) =>
    leaves.filter(takes).map((leaf) => ({ leaf, leaves })),
  );
  const [only, ...others] = takings;
  if (!only || others.length > 0) return true;
  // What is called under it may come back to it.
  return only.leaves.some((leaf) => isInside(leaf, only.leaf) && callsOf(leaf).length > 0);
}

interface Named {
  readonly name: string;
  readonly node: SyntaxNode;
}

function namesOf(leaf: Leaf): readonly Named[] {
  return callsOf(leaf).flatMap((call) => {
    const name = dottedName(calleeOf(call));
    return name === undefined ? [] : [{ name, node: call }];
  });
}

/** A pattern that was tied to the ends of the text is not any more. */
function weakenedAnchors(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  const compiles = callsOf(base).some((call) =>
    /^(compile|match|search|RegexValidator|RegexField)$/.test(lastNameOf(call.callee)),
  );
  if (!compiles) return [];
  const patterns = (leaf: Leaf) => leaf.parts().flatMap((part) => (part.kind === "string" ? [part] : []));
  const strip = (pattern: string) => pattern.replace(/^(\^|\\A)/, "").replace(/(\$|\\Z)$/, "");
  return patterns(base).flatMap((pattern) => {
    const stripped = strip(pattern.value);
    if (stripped === pattern.value || stripped.length < 4) return [];
    const now = patterns(head).find(
      ({ value }) => strip(value) === stripped && value.length < pattern.value.length,
    );
    if (!now) return [];
    const lostEnd = /(\$|\\Z)$/.test(pattern.value) && !/(\$|\\Z)$/.test(now.value);
    const matches = callsOf(head).some((call) => lastNameOf(call.callee) === "fullmatch");
    if (matches || !lostEnd) return [];
    const did = "ties the pattern to the end";
    return [
      lossAt("weakened", { protection: "validation", did, change, base, guard: pattern, head, exposed: now }),
    ];
  });
}

/** A file that imported `defusedxml` and imports another parser now: each function that was rewritten and parses. */
export function lostDefusing(changes: readonly DefinitionChange[]): readonly Loss[] {
  const isImport = ({ node }: Leaf) => node.kind === "import" || node.kind === "importFrom";
  return changes.flatMap(({ base, head, removed, rewritten, added }) => {
    if (head.node !== undefined) return [];
    const guard = [...removed, ...rewritten.keys()].find(
      (leaf) => isImport(leaf) && /defusedxml/.test(leaf.text),
    );
    const isPlain = added.some(
      (leaf) => isImport(leaf) && /xml\.etree|xml\.dom|xml\.sax|lxml/.test(leaf.text),
    );
    if (!guard || !isPlain) return [];
    return changes
      .filter((each) => each.head.module === head.module && each.base.module === base.module)
      .flatMap((change) => {
        const leaf = change.added.find((each) => callsOf(each).some(parses));
        if (!leaf) return [];
        const exposed = callsOf(leaf).find(parses)!;
        const did = "refuses entities";
        return [
          lossAt("weakened", { protection: "verification", did, change, base: guard, head: leaf, exposed }),
        ];
      });
  });
}

function parses({ callee }: Call): boolean {
  return /^(fromstring|parse|XML|iterparse|parseString|XMLParser)$/.test(lastNameOf(callee));
}
