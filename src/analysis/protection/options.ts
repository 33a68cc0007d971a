// Options that protect (`timeout`, `verify`) in a dictionary that a call unpacks, or that is answered as options.
import type { Call, DictDisplay, Expression, SyntaxNode } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import type { Definition } from "./definition.js";
import { dottedName } from "./dotted.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf } from "./pool.js";
import { type Protective, protectiveOf } from "./protective.js";

export function lostOptions(change: DefinitionChange): readonly Loss[] {
  return [
    ...[...change.rewritten].flatMap(([base, head]) => lostEntries(base, head, change)),
    ...change.removed.flatMap((leaf) => lostItem(leaf, change)),
  ];
}

interface Option {
  readonly name: string;
  readonly key: SyntaxNode;
  readonly value: Expression;
  readonly known: Protective;
}

/** `{"url": url, "timeout": 10}` is `{"url": url}` now. */
function lostEntries(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  return dictsIn(base).flatMap((before) => {
    const now = dictsIn(head).find((each) => sharesKey(before, each));
    if (!now) return [];
    const names = new Set(now.entries.map(({ key }) => keyText(key)));
    // What is unpacked into it may bring the option.
    if (names.has(undefined)) return [];
    return optionsIn(before).flatMap((option) => {
      const isOff = names.has(option.name) && isTurnedOff(option, now, head);
      if (names.has(option.name) ? !isOff : isGivenOtherwise(option, change)) return [];
      if (!isOption(option, base, now, head, change)) return [];
      const guard = { start: option.key.start, end: option.value.end };
      return lossAt("weakened", { ...protectionOf(option), change, base, guard, head });
    });
  });
}

/** `options["timeout"] = 10` is gone, and `options` is unpacked as before. */
function lostItem(base: Leaf, change: DefinitionChange): readonly Loss[] {
  const { node } = base;
  const target = node.kind === "assign" ? node.targets[0] : undefined;
  if (node.kind !== "assign" || !node.value || target?.kind !== "subscript") return [];
  const holder = dottedName(target.object);
  const option = optionOf(target.index, node.value);
  if (holder === undefined || !option || !isOn(option, base) || isGivenOtherwise(option, change)) return [];
  const head = change.head.leaves.find((leaf) =>
    callsOf(leaf).some((call) => unpacks(call, holder) && isFor(option, call)),
  );
  if (!head || !change.base.leaves.some((leaf) => leaf.text === head.text)) return [];
  return [lossAt("removed", { ...protectionOf(option), change, base, head })];
}

const protectionOf = ({ known: { protection, did } }: Option) => ({ protection, did });

const dictsIn = (leaf: Leaf): readonly DictDisplay[] =>
  leaf.parts().filter((part): part is DictDisplay => part.kind === "dict");

const keyText = (key: Expression | undefined): string | undefined =>
  key?.kind === "string" ? key.value : key ? "" : undefined;

function sharesKey(one: DictDisplay, other: DictDisplay): boolean {
  const keys = new Set(one.entries.map(({ key }) => keyText(key)));
  return other.entries.some(({ key }) => key?.kind === "string" && keys.has(key.value));
}

function optionsIn(dict: DictDisplay): readonly Option[] {
  return dict.entries.flatMap(({ key, value }) => (key ? (optionOf(key, value) ?? []) : []));
}

function optionOf(key: SyntaxNode, value: Expression): Option | undefined {
  const known =
    key.kind === "string" ? protectiveOf(key.value.replace(/^\w+_timeout$/, "timeout")) : undefined;
  return key.kind !== "string" || !known || known.isDefault
    ? undefined
    : { name: key.value, key, value, known };
}

function isOn({ value, known }: Option, { syntax }: Leaf): boolean {
  const text = normalText(syntax, value);
  return known.value ? known.value.test(text) : text !== "None" && text !== "False" && text !== "0";
}

function isTurnedOff({ name, value }: Option, now: DictDisplay, head: Leaf): boolean {
  const still = now.entries.find(({ key }) => keyText(key) === name);
  if (!still) return false;
  const off = value.kind === "constant" && value.value === false ? /^True$/ : /^(None|False)$/;
  return off.test(normalText(head.syntax, still.value));
}

/** Does a new statement name the option? */
function isGivenOtherwise({ name }: Option, { added }: DefinitionChange): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  return added.some(({ text }) => word.test(text));
}

/** Is the dictionary one of options: unpacked into a call, here or further on, or answered by what makes options? */
function isOption(
  option: Option,
  base: Leaf,
  now: DictDisplay,
  head: Leaf,
  { head: around }: DefinitionChange,
): boolean {
  if (!isOn(option, base)) return false;
  const direct = callsOf(head).some(
    (call) =>
      isFor(option, call) && call.arguments.some(({ form, value }) => form === "doubleStar" && value === now),
  );
  if (direct) return true;
  const { node } = head;
  if (node.kind === "return") return node.value === now && !option.known.of && makesOptions(around);
  if (node.kind !== "assign" || node.value !== now) return false;
  const holder = dottedName(node.targets[0]!);
  if (holder === undefined) return false;
  const rest = around.leaves.slice(head.index + 1);
  const isUnpacked = rest.some((leaf) =>
    callsOf(leaf).some((call) => unpacks(call, holder) && isFor(option, call)),
  );
  const isAnswered = rest.some(
    (leaf) => leaf.node.kind === "return" && leaf.node.value && dottedName(leaf.node.value) === holder,
  );
  return isUnpacked || (isAnswered && !option.known.of && makesOptions(around));
}

const makesOptions = ({ name }: Definition): boolean => /kw_?args|options|opts|params|arguments/i.test(name);

function isFor({ known }: Option, { callee }: Call): boolean {
  return known.of?.test(lastNameOf(callee)) ?? true;
}

function unpacks({ arguments: list }: Call, holder: string): boolean {
  return list.some(({ form, value }) => form === "doubleStar" && dottedName(value) === holder);
}
