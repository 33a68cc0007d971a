// Settings, in modules and classes, that say who may do what or how much: opened, emptied, or gone.
import { lastPart } from "../../base/words.js";
import type { SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { DefinitionChange } from "./change.js";
import type { Leaf } from "./leaf.js";
import { type Loss, lossAt, lossOfDefinition, type Protection } from "./loss.js";
import { lastNameOf } from "./pool.js";

/** `permission_classes`, lists of what is allowed, middleware, and bounds that a framework takes from its settings. */
export function weakenedSettings(change: DefinitionChange): readonly Loss[] {
  const rewritten = [...change.rewritten].flatMap(([base, head]) => [
    ...openPermissions(base, head, change),
    ...wildcard(base, head, change),
    ...everyOrigin(base, head, change),
    ...lostMiddleware(base, head, change),
    ...switchedOff(base, head, change),
  ]);
  return [...rewritten, ...lostPermissions(change), ...lostExclusions(change), ...lostSettings(change)];
}

function targetOf(leaf: Leaf): string {
  return leaf.node.kind === "assign" ? lastNameOf(leaf.node.targets[0]!) : "";
}

const PERMISSIONS =
  /^(REST_FRAMEWORK|permission_classes|authentication_classes|permission_required|required_scopes|decorators|\w+_(perms|permissions?|permission_classes))$/;
const OPEN = /\b(AllowAny|AllowAll|AllowAnonymous|Everyone|NO_PERMISSION_REQUIRED)\b/;
const CLOSED = /IsAuthenticated|IsAdmin|Permission|IsOwner|login_required|"/;

function openPermissions(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  if (!PERMISSIONS.test(targetOf(base)) || targetOf(head) !== targetOf(base)) return [];
  const opened = OPEN.test(head.text) && !OPEN.test(base.text);
  const emptied = /=[[(][\])]$/.test(head.text) && CLOSED.test(base.text);
  const isList = head.node.kind === "assign" && head.node.value?.kind === "display";
  const lowered = isList && /IsAdmin/.test(base.text) && !/Admin|Staff|Super|Owner/.test(head.text);
  if (!(opened || emptied || lowered) || base.node.kind !== "assign" || head.node.kind !== "assign")
    return [];
  return [
    lossAt("weakened", { protection: "authorization", did: "says who may call this", change, base, head }),
  ];
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
      lossOfDefinition("removed", {
        protection: "authorization",
        did: "says who may call this",
        change,
        guard: leaf.range,
      }),
    ];
  });
}

const GUARDS = /csrf|xsrf|auth|login|permission|acl|rbac|access/i;
const SWITCH = /(^|_)(enabled?|enforced?|enforcement|required?|protect(ed|ion)?|check|verify|strict)$/i;

/** `CSRF_PROTECTION_ENABLED = Setting(bool, default=True)` is off now. */
function switchedOff(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  const name = targetOf(base);
  if (
    /debug|test|local|dev/i.test(head.syntax.path) ||
    name !== targetOf(head) ||
    !GUARDS.test(name) ||
    !SWITCH.test(name)
  )
    return [];
  const [was, is] = [booleansIn(base), booleansIn(head)];
  const off = is.find(({ value }, at) => !value && was[at]?.value === true);
  if (!off || was.length !== is.length || base.text.replaceAll("True", "False") !== head.text) return [];
  const did = "switches it on";
  return [lossAt("weakened", { protection: "authorization", did, change, base, head, exposed: off.part })];
}

function booleansIn(leaf: Leaf): readonly { readonly part: SyntaxNode; readonly value: boolean }[] {
  return leaf
    .parts()
    .flatMap((part) =>
      part.kind === "constant" && typeof part.value === "boolean" ? [{ part, value: part.value }] : [],
    );
}

/** A list of allowed hosts or origins, assigned or given by name, now has "*". */
function wildcard(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  if (/debug|test|local|dev/i.test(head.syntax.path)) return [];
  const before = allowLists(base);
  return allowLists(head).flatMap(({ name, value }) => {
    const was = before.find((each) => each.name === name)?.value;
    const star = starIn(value);
    if (!was || !star || starIn(was)) return [];
    const did = "lists what is allowed";
    return [
      lossAt("weakened", { protection: "validation", did, change, base, guard: was, head, exposed: star }),
    ];
  });
}

/** Middleware or a header that shared answers with some origins, and shares them with all now. */
function everyOrigin(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  const isAbout = ({ text }: Leaf) => /cors|allow[-_]origin/i.test(text);
  if (base.node.kind !== "expression" && !/allow-origin/i.test(base.text)) return [];
  const exposed = head.parts().find((part) => part.kind === "string" && part.value === "*");
  const isOpen = base.parts().some((part) => part.kind === "string" && part.value === "*");
  // Lists given by name are compared one by one.
  if (allowLists(base).length > 0) return [];
  if (!exposed || isOpen || !isAbout(base) || !isAbout(head) || !/origin/i.test(head.text)) return [];
  const did = "says which sites may read answers";
  return [lossAt("weakened", { protection: "authorization", did, change, base, head, exposed })];
}

interface AllowList {
  readonly name: string;
  readonly value: SyntaxNode;
}

const ALLOWED = /allow|host|origin|trusted|whitelist/i;

function allowLists(leaf: Leaf): readonly AllowList[] {
  const { node } = leaf;
  const assigned = node.kind === "assign" && node.value ? [{ name: targetOf(leaf), value: node.value }] : [];
  const given = leaf
    .parts()
    .flatMap((part) =>
      part.kind === "argument" && part.name ? [{ name: part.name.id, value: part.value }] : [],
    );
  return [...assigned, ...given].filter(({ name }) => ALLOWED.test(name));
}

function starIn(value: SyntaxNode): SyntaxNode | undefined {
  return nodesIn([value]).find((part) => part.kind === "string" && part.value === "*");
}

/** Parts of a request's way that protect whatever it asks for. */
const MIDDLEWARE = /csrf|auth|security|clickjacking|xframe|permission|ratelimit|throttl|hsts/i;

/** An entry of `MIDDLEWARE` that protects is gone, and no entry of its kind came. */
function lostMiddleware(base: Leaf, head: Leaf, change: DefinitionChange): readonly Loss[] {
  if (!/^MIDDLEWARE(_CLASSES)?$/.test(targetOf(base)) || targetOf(head) !== targetOf(base)) return [];
  const entries = (leaf: Leaf) => leaf.parts().flatMap((part) => (part.kind === "string" ? [part] : []));
  const now = entries(head).map(({ value }) => value);
  const before = entries(base).map(({ value }) => value);
  const fresh = now.filter((value) => !before.includes(value));
  const [gone] = entries(base).filter(
    ({ value }) => MIDDLEWARE.test(lastPart(value)) && !now.includes(value),
  );
  if (!gone || fresh.some((value) => sharesKind(value, gone.value))) return [];
  const did = "protects every request";
  return [
    lossOfDefinition("removed", {
      protection: "authorization",
      did,
      change,
      guard: gone,
      exposed: head.range,
    }),
  ];
}

function sharesKind(one: string, other: string): boolean {
  const kind = MIDDLEWARE.exec(lastPart(other))?.[0]?.toLowerCase() ?? "";
  return lastPart(one) === lastPart(other) || one.toLowerCase().includes(kind);
}

const SECRET = /passw|secret|token|private|credential|api_?key/i;

/** A serializer left out what is secret, and now shows every field. */
function lostExclusions(change: DefinitionChange): readonly Loss[] {
  const showsAll = change.added.find((leaf) => targetOf(leaf) === "fields" && /__all__/.test(leaf.text));
  if (!showsAll) return [];
  const gone = [...change.removed, ...change.rewritten.keys()];
  return gone.flatMap((base) => {
    if (targetOf(base) !== "exclude" || !SECRET.test(base.text)) return [];
    return [
      lossAt("weakened", { protection: "masking", did: "leaves secrets out", change, base, head: showsAll }),
    ];
  });
}

interface Setting {
  readonly name: RegExp;
  readonly protection: Protection;
  readonly did: string;
}

/** Settings without which a framework has no bound. */
const SETTINGS: readonly Setting[] = [
  {
    name: /^(MAX_CONTENT_LENGTH|MAX_FORM_MEMORY_SIZE|MAX_FORM_PARTS)$/,
    protection: "limit",
    did: "bounds what is sent",
  },
  { name: /^SECURE_(SSL_REDIRECT|HSTS_SECONDS)$/, protection: "masking", did: "keeps requests encrypted" },
  {
    name: /^(SESSION|CSRF|LANGUAGE|REMEMBER)_COOKIE_(SECURE|HTTPONLY|SAMESITE)$/,
    protection: "masking",
    did: "protects the cookie",
  },
];

/** `app.config["MAX_CONTENT_LENGTH"] = …`, in a file that has no word of it any more. */
function lostSettings(change: DefinitionChange): readonly Loss[] {
  return change.removed.flatMap((base) => {
    const name = settingOf(base);
    const setting = SETTINGS.find((each) => each.name.test(name));
    const { module, leaves } = change.head;
    if (!setting || /=(None|False|0)$/.test(base.text) || module.syntax.text.includes(name)) return [];
    const head = leaves[Math.min(base.index, leaves.length - 1)];
    if (!head) return [];
    const { protection, did } = setting;
    return [lossOfDefinition("removed", { protection, did, change, guard: base.range, exposed: head.range })];
  });
}

/** The name in `NAME = value` or `config["NAME"] = value`; "" for other statements. */
function settingOf({ node }: Leaf): string {
  const [target] = node.kind === "assign" ? node.targets : [];
  if (target?.kind === "subscript") return target.index.kind === "string" ? target.index.value : "";
  return target?.kind === "name" ? target.id : "";
}
