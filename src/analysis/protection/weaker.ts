// Calls and settings replaced by ones that are known to protect less.
import type { Call, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import type { Loss, Protection } from "./loss.js";
import { calleeOf, lastNameOf, type Pool } from "./pool.js";

interface Weaker {
  readonly before: RegExp;
  readonly now: RegExp;
  readonly protection: Protection;
  readonly did: string;
}

/** Dotted names as written. */
const WEAKER: readonly Weaker[] = [
  { before: /(^|\.)RLock$/, now: /(^|\.)Lock$/, protection: "lock", did: "lets its holder lock again" },
  {
    before: /(^|\.)safe_load(_all)?$/,
    now: /(^|\.)(load|unsafe_load|full_load)(_all)?$/,
    protection: "verification",
    did: "builds plain data only",
  },
  {
    before: /(^|\.)literal_eval$/,
    now: /^(eval|exec)$/,
    protection: "verification",
    did: "reads literals only",
  },
  {
    before: /(^|\.)fullmatch$/,
    now: /(^|\.)(match|search)$/,
    protection: "validation",
    did: "matches the whole text",
  },
  {
    before: /(^|\.)(mkstemp|NamedTemporaryFile|TemporaryDirectory)$/,
    now: /(^|\.)mktemp$/,
    protection: "release",
    did: "makes the file at once",
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
    return WEAKER.flatMap((each): readonly Loss[] => {
      const guard = before.find(({ name }) => each.before.test(name));
      const instead = now.find(({ name }) => each.now.test(name));
      if (!guard || !instead || now.some(({ name }) => each.before.test(name))) return [];
      if (before.some(({ name }) => name === instead.name)) return [];
      if (pool.calledAsOften(guard.name)) return [];
      return [weakened(each.protection, each.did, base, guard.node, head, instead.node, change)];
    });
  });
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

function weakened(
  protection: Protection,
  did: string,
  base: Leaf,
  guard: SyntaxNode,
  head: Leaf,
  now: SyntaxNode,
  change: DefinitionChange,
): Loss {
  return {
    protection,
    how: "weakened",
    change,
    guard: { syntax: base.syntax, node: guard },
    exposed: { syntax: head.syntax, node: now },
    exposedLeaf: head,
    did,
    sure: "medium",
  };
}

/** `permission_classes`, lists of what is allowed, and anchors of patterns. */
export function weakenedSettings(change: DefinitionChange): readonly Loss[] {
  const rewritten = [...change.rewritten].flatMap(([base, head]) => [
    ...openPermissions(base, head, change),
    ...wildcard(base, head, change),
    ...anchors(base, head, change),
  ]);
  return [...rewritten, ...lostPermissions(change)];
}

function targetOf(leaf: Leaf): string {
  return leaf.node.kind === "assign" ? lastNameOf(leaf.node.targets[0]!) : "";
}

const PERMISSIONS =
  /^(permission_classes|authentication_classes|permission_required|required_scopes|decorators)$/;
const CLOSED = /IsAuthenticated|IsAdmin|Permission|IsOwner|login_required|"/;

function openPermissions(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  if (!PERMISSIONS.test(targetOf(base)) || targetOf(head) !== targetOf(base)) return [];
  const opened = /AllowAny/.test(head.text) && !/AllowAny/.test(base.text);
  const emptied = /=[[(][\])]$/.test(head.text) && CLOSED.test(base.text);
  const lowered = /IsAdmin/.test(base.text) && !/Admin|Staff|Super|Owner/.test(head.text);
  if (!(opened || emptied || lowered) || base.node.kind !== "assign" || head.node.kind !== "assign")
    return [];
  return [weakened("authorization", "says who may call this", base, base.node, head, head.node, change)];
}

/** `permission_classes = [IsAdminUser]` is gone from a class that stands. */
function lostPermissions(change: DefinitionChange): readonly Loss[] {
  const { base, head } = change;
  if (head.node?.kind !== "class") return [];
  return change.removed.flatMap((leaf) => {
    if (
      !/^(permission_classes|permission_required)$/.test(targetOf(leaf)) ||
      /AllowAny|=[[(][\])]$/.test(leaf.text)
    )
      return [];
    const bases =
      head.bases.length !== base.bases.length || head.leaves.some((each) => /permission/.test(each.text));
    if (bases) return [];
    return [
      {
        protection: "authorization" as const,
        how: "removed" as const,
        change,
        guard: { syntax: leaf.syntax, node: leaf.range },
        exposed: { syntax: head.module.syntax, node: head.node!.name },
        exposedLeaf: undefined,
        did: "says who may call this",
        sure: "medium" as const,
      },
    ];
  });
}

/** A list of allowed hosts or origins now has "*". */
function wildcard(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  if (base.node.kind !== "assign" || targetOf(head) !== targetOf(base)) return [];
  if (!/allow|host|origin|trusted|whitelist/i.test(targetOf(base))) return [];
  const hasStar = (leaf: Leaf) => leaf.parts().some((part) => part.kind === "string" && part.value === "*");
  const isLocal = /debug|test|local|dev/i.test(head.syntax.path);
  if (isLocal || hasStar(base) || !hasStar(head)) return [];
  return [weakened("validation", "lists what is allowed", base, base.node, head, head.parts()[0]!, change)];
}

/** A pattern that was tied to the ends of the text is not any more. */
function anchors(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
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
    return [weakened("validation", "ties the pattern to the end", base, pattern, head, now, change)];
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
        return [
          weakened(
            "verification",
            "refuses entities",
            guard,
            guard.node as SyntaxNode,
            leaf,
            callsOf(leaf).find(parses)!,
            change,
          ),
        ];
      });
  });
}

function parses({ callee }: Call): boolean {
  return /^(fromstring|parse|XML|iterparse|parseString|XMLParser)$/.test(lastNameOf(callee));
}
