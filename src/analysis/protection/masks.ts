// What kept a secret out of a value that is shown: a constant in its place, an entry overwritten, masked or taken out.
import type { Expression, SyntaxNode } from "../../python/ast.js";
import { keyIsSecret } from "../secrets/secret-names.js";
import type { DefinitionChange } from "./change.js";
import { statementCall } from "./checks.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";
import { inHead, inlined, mentions } from "./subject.js";
import { MASKING, says } from "./words.js";

export function lostMasks(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [
    ...[...change.rewritten].flatMap(([base, head]) => lostAlternative(base, head, change)),
    ...change.removed.flatMap((leaf) => [...lostEntry(leaf, change, pool), ...lostBlank(leaf, change, pool)]),
  ];
}

/** What stands where a secret would: "***", "<REDACTED>". */
const MASK =
  /^\W*(redact\w*|mask\w*|hidden|secret|removed|filtered|sanitized|private|obfuscated)\W*$|\*{3,}|^x{4,}$/i;

const isMask = (node: SyntaxNode | undefined): boolean => node?.kind === "string" && MASK.test(node.value);

/** `"***" if key in SECRETS else value` is `value` now. */
function lostAlternative(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  if (change.added.some((leaf) => leaf.parts().some(isMask))) return [];
  return base.parts().flatMap((part) => {
    if (part.kind !== "conditional") return [];
    const shown = isMask(part.body) ? part.otherwise : isMask(part.otherwise) ? part.body : undefined;
    if (!shown) return [];
    const wanted = normalText(base.syntax, shown);
    const bare = head
      .parts()
      .some((each) => each.kind === shown.kind && normalText(head.syntax, each) === wanted);
    if (!bare) return [];
    return [
      lossAt("weakened", { protection: "masking", did: "masks the value", change, base, guard: part, head }),
    ];
  });
}

/** `entry["password"] = "***"`, `del entry["password"]`, `entry["info"] = mask(entry["info"])` is gone, and `entry` is shown. */
function lostEntry(base: Leaf, change: DefinitionChange, pool: Pool): readonly Loss[] {
  const subject = maskedIn(base, pool);
  if (subject === undefined || pool.standsAsOften(base.text)) return [];
  if (change.added.some((leaf) => leaf.parts().some(isMask))) return [];
  const after = change.base.leaves.slice(base.index + 1).flatMap((leaf) => change.kept.get(leaf) ?? []);
  const head =
    after.find((leaf) => shows(leaf) && mentions(leaf, [subject])) ?? inlined(base, [subject], change);
  if (!head || !shows(head)) return [];
  return [lossAt("removed", { protection: "masking", did: "keeps the secret out", change, base, head })];
}

/** `if "password" in str(given): given = ""` is gone, and `given` is shown. */
function lostBlank(base: Leaf, change: DefinitionChange, pool: Pool): readonly Loss[] {
  const { node } = base;
  const target = node.kind === "assign" ? node.targets[0] : undefined;
  if (node.kind !== "assign" || target?.kind !== "name") return [];
  const around = base.owners.at(-1);
  const isBlank = isMask(node.value) || (isEmpty(node.value) && asksForSecret(around?.leaf));
  if (!isBlank || around?.leaf.node.kind !== "if" || !change.removed.includes(around.leaf)) return [];
  if (pool.standsAsOften(around.leaf.text) || change.added.some((leaf) => leaf.parts().some(isMask)))
    return [];
  const logs = says(change.head.name, LOGGING);
  const head = change.base.leaves
    .slice(base.index + 1)
    .flatMap((leaf) => inHead(leaf, change) ?? [])
    .find((leaf) => mentions(leaf, [target.id]) && (shows(leaf) || (logs && callsOf(leaf).length > 0)));
  if (!head || change.added.some((leaf) => assigns(leaf, target.id))) return [];
  const did = "keeps the secret out";
  return [lossAt("removed", { protection: "masking", did, change, base: around.leaf, head })];
}

const LOGGING = /^(log|logs|logged|logging|logger|audit|trace|report)$/;

const isEmpty = (node: Expression | undefined): boolean =>
  (node?.kind === "string" && node.value === "") || (node?.kind === "constant" && node.value === null);

/** `"password" in text`, `name == "password"`, `key in SECRET_KEYS` */
function asksForSecret(leaf: Leaf | undefined): boolean {
  const saysSo = (name: string) => says(name, SECRET_KEYS);
  return leaf?.parts().some((part) => saysSecret(part) || (part.kind === "name" && saysSo(part.id))) === true;
}

const SECRET_KEYS = /^(secrets?|sensitive|passwords?|credentials|private|redact\w*|mask\w*)$/i;

const assigns = ({ node }: Leaf, name: string): boolean =>
  node.kind === "assign" && node.targets.some((target) => dottedName(target) === name);

/** The value, out of which the statement keeps a secret. */
function maskedIn(leaf: Leaf, pool: Pool): string | undefined {
  const { node } = leaf;
  if (node.kind === "delete") return node.targets.map(secretEntryOf).find((each) => each !== undefined);
  if (node.kind === "assign" && node.value) {
    const [target] = node.targets;
    const holder =
      target?.kind === "subscript" || target?.kind === "attribute" ? dottedName(target.object) : undefined;
    if (holder === undefined || /^(self|cls)$/.test(holder)) return undefined;
    if (isMask(node.value)) return holder;
    const masks = callsOf(leaf).filter(({ callee }) => says(lastNameOf(callee), MASKING));
    return masks.length > 0 && !masks.some(({ callee }) => pool.calledAsOften(lastNameOf(callee)))
      ? holder
      : undefined;
  }
  const call = statementCall(leaf);
  const [key] = call?.arguments ?? [];
  if (call?.callee.kind !== "attribute" || lastNameOf(call.callee) !== "pop") return undefined;
  return key && saysSecret(key.value) ? dottedName(call.callee.object) : undefined;
}

function secretEntryOf(target: Expression): string | undefined {
  return target.kind === "subscript" && saysSecret(target.index) ? dottedName(target.object) : undefined;
}

const saysSecret = (key: SyntaxNode): boolean => key.kind === "string" && keyIsSecret(key.value, "");

const SHOWS =
  /^(debug|info|warning|warn|error|exception|critical|log|msg|print|write|jsonify|dumps|\w*Response|render\w*|send\w*|emit|notify|reply|publish|capture_\w+|set_context|set_extra)$/;

function shows(leaf: Leaf): boolean {
  const { node } = leaf;
  if (node.kind === "print") return true;
  // What another function is called with may go anywhere.
  if (node.kind === "return" && /^(name|dict|display)$/.test(node.value?.kind ?? "")) return true;
  return callsOf(leaf).some(({ callee }) => SHOWS.test(lastNameOf(callee)));
}
