// Calls that come to a security decision: known by a model or, failing that, by the words of their name.
import { wordsOf } from "../../base/words.js";
import type { Call, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Body } from "../body.js";
import { calledName, modelsOf } from "../calls/callees.js";
import type { World } from "../world.js";

export interface Decision {
  readonly call: Call;
  /** What a refusal protects, as a phrase: "a signature". */
  readonly about: string;
}

/** The security decisions that the evaluation of `nodes` comes to. */
export function decisionsIn(world: World, body: Body, nodes: readonly SyntaxNode[]): readonly Decision[] {
  return nodesIn(nodes).flatMap((node) => {
    if (node.kind !== "call") return [];
    const about = decidedBy(world, body, node);
    return about === undefined ? [] : { call: node, about };
  });
}

const GUARD_PHRASES = {
  authentication: "who somebody is",
  authorization: "what somebody may do",
  csrf: "whether a request is forged",
  signature: "a signature",
  validation: "whether data is valid",
} as const;

function decidedBy(world: World, body: Body, call: Call): string | undefined {
  const models = modelsOf(world, body, call);
  const guard = models.find(({ decides }) => decides)?.decides;
  if (guard === "validation") return undefined;
  if (guard) return GUARD_PHRASES[guard];
  return models.length > 0 ? undefined : decidedByName(calledName(call));
}

/** Words that decide by themselves, and those that decide about what the next words name. */
const DECIDES = new Set(["verify", "authenticate", "authorize", "authorise"]);
const ASKS = new Set([
  "check",
  "validate",
  "ensure",
  "require",
  "assert",
  "enforce",
  "verify",
  "must",
  "demand",
]);
const MATTERS: Readonly<Record<string, string>> = {
  signature: "a signature",
  signatures: "a signature",
  signed: "a signature",
  hmac: "a signature",
  mac: "a signature",
  digest: "a signature",
  certificate: "a certificate",
  cert: "a certificate",
  certs: "a certificate",
  hostname: "a certificate",
  token: "a token",
  jwt: "a token",
  csrf: "whether a request is forged",
  xsrf: "whether a request is forged",
  password: "a password",
  credentials: "credentials",
  session: "a session",
  login: "who somebody is",
  auth: "who somebody is",
  authentication: "who somebody is",
  authenticated: "who somebody is",
  identity: "who somebody is",
  permission: "what somebody may do",
  permissions: "what somebody may do",
  access: "what somebody may do",
  authorization: "what somebody may do",
  role: "what somebody may do",
  roles: "what somebody may do",
  scope: "what somebody may do",
  scopes: "what somebody may do",
  admin: "what somebody may do",
  policy: "what somebody may do",
  owner: "what somebody may do",
  ownership: "what somebody may do",
};

/** "check_access_token" decides about a token; undefined for names that decide nothing. */
function decidedByName(name: string): string | undefined {
  const words = wordsOf(name);
  const asks = words.findIndex((word) => ASKS.has(word));
  const matter = words.slice(asks + 1).find((word) => MATTERS[word] !== undefined);
  if (asks >= 0 && asks <= 1 && matter) return MATTERS[matter];
  if (words.length === 1 && words[0] === "decrypt") return "a message that must be genuine";
  if (words.length <= 2 && words.some((word) => DECIDES.has(word))) return "whether something is genuine";
  return undefined;
}

const ENDS_ACCESS = new Set(["revoke", "invalidate", "blacklist", "deauthorize", "expire", "rotate", "ban"]);
const ACCESS =
  /^(tokens?|keys?|sessions?|access|credentials?|certificates?|certs?|permissions?|secrets?|grants?|logins?|users?|roles?|passwords?|cookies?|refresh)$/;

/** Does a call of this name take access away from somebody: `revoke_token`, `invalidate_sessions`? */
export function endsAccess(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => ENDS_ACCESS.has(word)) && words.some((word) => ACCESS.test(word));
}
