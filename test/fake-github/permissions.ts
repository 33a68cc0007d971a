// Which repositories a request may see and what it may do there; and what the collaborators of a repository may do.
import { badCredentials, GitHubError, notAccessible, notFound, ok } from "./http.js";
import type { Identity } from "./identity.js";
import { findAccount } from "./lookups.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { accountShape } from "./shapes/account.js";
import type { AccessToken, Account, Repository, Role, World } from "./world.js";

/** @returns whether `token` covers `repository` */
export function covers(token: AccessToken, repository: Repository): boolean {
  const { account, selection } = token.installation;
  if (account.id !== repository.owner.id) return false;
  if (selection !== "all" && !selection.has(repository.id)) return false;
  return token.repositories === undefined || token.repositories.has(repository.id);
}

export function hasPermission(token: AccessToken, needs: Needs): boolean {
  return Object.entries(needs).some(([name, access]) => {
    const given = token.permissions[name];
    return given === "write" || given === access;
  });
}

/**
 * @param method writes are refused in archived repositories
 * @throws GitHubError 404 for what the token may not know of, 403 for what it may not do, 401 without identity
 */
export function authorize(repository: Repository, identity: Identity, needs: Needs, method: string): void {
  const reading = method === "GET";
  if (identity.kind === "app") throw badCredentials();
  if (identity.kind === "anonymous") {
    if (repository.private) throw notFound();
    if (!reading) throw new GitHubError(401, "Requires authentication");
    return;
  }
  if (!covers(identity.token, repository)) {
    if (repository.private) throw notFound();
    if (!reading) throw notAccessible();
    return;
  }
  if (!hasPermission(identity.token, needs))
    throw notAccessible(...Object.entries(needs).map(([name, access]) => `${name}=${access}`));
  if (repository.archived && !reading) throw new GitHubError(403, "Repository was archived so is read-only.");
}

/** The role of `account`; everybody may read a public repository. */
function roleOf(repository: Repository, account: Account): Role | "none" {
  if (account.id === repository.owner.id) return "admin";
  return repository.collaborators.get(account.login.toLowerCase()) ?? (repository.private ? "none" : "read");
}

/** As in payloads. A rough guide even on GitHub: it says nothing about permission. */
export function associationOf(repository: Repository, account: Account): string {
  if (account.id === repository.owner.id) return "OWNER";
  return repository.collaborators.has(account.login.toLowerCase()) ? "COLLABORATOR" : "NONE";
}

/** The old four permissions, to which the API maps the newer roles. */
const legacyPermission = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
} as const;

function collaboratorPermission({ world, repository, params }: RepositoryCall) {
  const account = findAccount(world, params.username!);
  if (account === undefined) throw notFound();
  const role = roleOf(repository, account);
  const permission = legacyPermission[role];
  return ok({ permission, role_name: role, user: collaborator(world, account, role) });
}

function collaborator(world: World, account: Account, role: Role | "none") {
  const rank = ["none", "read", "triage", "write", "maintain", "admin"].indexOf(role);
  const permissions = {
    pull: rank >= 1,
    triage: rank >= 2,
    push: rank >= 3,
    maintain: rank >= 4,
    admin: rank >= 5,
  };
  return { ...accountShape(world, account), permissions, role_name: role };
}

export const permissionRoutes: readonly Route[] = [
  {
    operation: "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    as: "repository",
    needs: { metadata: "read" },
    handle: collaboratorPermission,
  },
];
