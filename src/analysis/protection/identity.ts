// Who somebody is, taken from the session or token before, and from what the client sends now.
import type { Expression } from "../../python/ast.js";
import { speaksOfOwner } from "../access/lookups.js";
import type { DefinitionChange } from "./change.js";
import { dottedName } from "./dotted.js";
import type { Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf } from "./pool.js";
import { says } from "./words.js";

export function lostIdentity(change: DefinitionChange): readonly Loss[] {
  return [...takenFromClient(change), ...madeOptional(change)];
}

const KNOWN =
  /(^|\W)(session|environ|current_user|flask\.g|g|get_jwt_identity|get_current_user|current_identity|claims|request\.user|req\.user|request\.auth|authenticated_userid|request\.state)(\W|$)/;
const SENT =
  /(^|\W)(request|req|self\.request)\.(headers|args|form|json|values|GET|POST|data|params|query|query_params|cookies|get_json|match_info|body)(\W|$)/;

/** `account = request.environ["issuer"]` is `account = request.headers["X-Account"]` now. */
function takenFromClient(change: DefinitionChange): readonly Loss[] {
  const gone = [...change.removed, ...change.rewritten.keys()];
  const known = gone.find((leaf) => namesWho(leaf) && KNOWN.test(leaf.text) && !SENT.test(leaf.text));
  const sent = change.added.find((leaf) => namesWho(leaf) && SENT.test(leaf.text) && !KNOWN.test(leaf.text));
  if (!known || !sent) return [];
  const isStillKnown = change.head.leaves.some((leaf) => namesWho(leaf) && KNOWN.test(leaf.text));
  return isStillKnown ? [] : [loss(known, sent, change, "takes it from who is signed in")];
}

function loss(base: Leaf, head: Leaf, change: DefinitionChange, did: string): Loss {
  return lossAt("weakened", { protection: "authorization", did, change, base, head });
}

/** Does the leaf assign who somebody is: `user_id = …`, `account = …`, `issuer = …`? */
function namesWho({ node }: Leaf): boolean {
  return node.kind === "assign" && node.targets.some((each) => isWho(nameOf(each)));
}

function nameOf(target: Expression): string {
  if (target.kind === "subscript") return target.index.kind === "string" ? target.index.value : "";
  return lastNameOf(target);
}

function isWho(name: string): boolean {
  return speaksOfOwner(name) || says(name, /^(issuer|username|actor|sender|subject|uid|principal|identity)$/);
}

/** `data["user"] = known` stands only where the client sent none: `if not data.get("user"): data["user"] = known`. */
function madeOptional(change: DefinitionChange): readonly Loss[] {
  const gone = [...change.removed, ...change.rewritten.keys(), ...change.kept.keys()];
  return gone.flatMap((leaf) => {
    const [target] = leaf.node.kind === "assign" ? leaf.node.targets : [];
    if (target?.kind !== "subscript" || target.index.kind !== "string" || !isWho(target.index.value))
      return [];
    const key = target.index.value;
    if (asksFor(leaf, key) || SENT.test(leaf.text)) return [];
    const text = normalText(leaf.syntax, target);
    const now = change.head.leaves.filter((each) => assigns(each, text));
    const [first] = now;
    return first && now.every((each) => asksFor(each, key))
      ? [loss(leaf, first, change, "stands whatever the client sent")]
      : [];
  });
}

function assigns({ node, syntax }: Leaf, text: string): boolean {
  return node.kind === "assign" && node.targets.some((each) => normalText(syntax, each).startsWith(text));
}

/** Stands the leaf behind a condition on whether `key` is there? */
function asksFor({ owners }: Leaf, key: string): boolean {
  return owners.some(
    ({ leaf }) =>
      leaf.node.kind === "if" &&
      leaf.parts().some((part) => part.kind === "string" && part.value === key) &&
      dottedName(leaf.node.test) === undefined,
  );
}
