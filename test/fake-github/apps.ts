// The app and its installations: who it is, where it is installed, and the tokens it gets.
import { randomBytes } from "node:crypto";
import { type Answer, created, GitHubError, noContent, notFound, ok, page } from "./http.js";
import { covers } from "./permissions.js";
import type { Call, Route } from "./router.js";
import { accountShape } from "./shapes/account.js";
import { fullRepositoryShape, repositoryShape } from "./shapes/repository.js";
import {
  type AccessToken,
  findAccount,
  findRepository,
  type Installation,
  installationOf,
  nodeId,
  type Permissions,
  type World,
} from "./world.js";

const tokenLifetime = 60 * 60 * 1000;

/** GitHub's "integration". */
export function appShape(world: World) {
  const { app } = world;
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId("A", app.id),
    owner: accountShape(world, app.owner),
    name: app.name,
    description: null,
    external_url: `${world.url}/web/${app.slug}`,
    html_url: `${world.url}/web/apps/${app.slug}`,
    created_at: app.createdAt.toISOString(),
    updated_at: app.createdAt.toISOString(),
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationShape(world: World, installation: Installation) {
  const { id, account, permissions, events, selection, createdAt } = installation;
  return {
    id,
    account: accountShape(world, account),
    repository_selection: selection === "all" ? "all" : "selected",
    access_tokens_url: `${world.url}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/web/settings/installations/${id}`,
    app_id: world.app.id,
    client_id: world.app.clientId,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions,
    events,
    created_at: createdAt.toISOString(),
    updated_at: createdAt.toISOString(),
    single_file_name: null,
    suspended_by: installation.suspended ? accountShape(world, account) : null,
    suspended_at: installation.suspended ? createdAt.toISOString() : null,
  };
}

function installationById({ world, params }: Call): Installation {
  const installation = world.installations.find(({ id }) => id === Number(params.installation_id));
  if (installation === undefined) throw notFound();
  return installation;
}

interface TokenRequest {
  readonly repositories?: readonly string[];
  readonly repository_ids?: readonly number[];
  readonly permissions?: Permissions;
}

function createToken(call: Call): Answer {
  const { world } = call;
  const installation = installationById(call);
  if (installation.suspended) throw new GitHubError(403, "This installation has been suspended");
  const request = call.body as TokenRequest;
  const repositories = narrowRepositories(world, installation, request);
  const token: AccessToken = {
    // The form with dots that GitHub gives out since 2026-04.
    token: `ghs_${installation.id}.${randomBytes(12).toString("hex")}.${randomBytes(12).toString("hex")}`,
    installation,
    permissions: narrowPermissions(installation, request.permissions),
    ...(repositories === undefined ? {} : { repositories }),
    expiresAt: new Date(world.now().getTime() + tokenLifetime),
  };
  world.tokens.set(token.token, token);
  const narrowed = world.repositories.filter(({ id }) => repositories?.has(id));
  return created({
    token: token.token,
    expires_at: token.expiresAt.toISOString().replace(/\.\d+Z$/, "Z"),
    permissions: token.permissions,
    repository_selection: repositories === undefined && installation.selection === "all" ? "all" : "selected",
    ...(repositories === undefined
      ? {}
      : { repositories: narrowed.map((one) => repositoryShape(world, one)) }),
  });
}

function narrowRepositories(
  world: World,
  installation: Installation,
  request: TokenRequest,
): ReadonlySet<number> | undefined {
  const { repositories: names, repository_ids: ids } = request;
  if (names === undefined && ids === undefined) return undefined;
  const byName = (names ?? []).map((name) => findRepository(world, installation.account.login, name));
  const byId = (ids ?? []).map((id) => world.repositories.find((repository) => repository.id === id));
  const chosen = [...byName, ...byId].map((repository) => {
    if (repository === undefined || installationOf(world, repository) !== installation)
      throw new GitHubError(
        422,
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    return repository.id;
  });
  return new Set(chosen);
}

function narrowPermissions(installation: Installation, wanted: Permissions | undefined): Permissions {
  if (wanted === undefined) return { ...installation.permissions };
  for (const [name, access] of Object.entries(wanted)) {
    const granted = installation.permissions[name];
    if (granted !== "write" && granted !== access)
      throw new GitHubError(422, "The permissions requested are not granted to this installation.");
  }
  return { metadata: "read", ...wanted };
}

function installationRepositories({ world, identity, url }: Call): Answer {
  if (identity.kind !== "installation") throw notFound();
  const repositories = world.repositories.filter((repository) => covers(identity.token, repository));
  const { items, headers } = page(repositories, url);
  const body = {
    total_count: repositories.length,
    repositories: items.map((one) => repositoryShape(world, one)),
  };
  return { status: 200, headers, body };
}

function repositoryInstallation({ world, params }: Call): Answer {
  const repository = findRepository(world, params.owner!, params.repo!);
  const installation = repository && installationOf(world, repository);
  if (installation === undefined) throw notFound();
  return ok(installationShape(world, installation));
}

function revokeToken({ world, identity }: Call): Answer {
  if (identity.kind === "installation") world.tokens.delete(identity.token.token);
  return noContent;
}

function user({ world, params }: Call): Answer {
  const account = findAccount(world, params.username!);
  if (account === undefined) throw notFound();
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  const profile = {
    name: account.login,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
  };
  const dates = {
    created_at: world.app.createdAt.toISOString(),
    updated_at: world.app.createdAt.toISOString(),
  };
  return ok({ ...accountShape(world, account), ...profile, ...counts, ...dates });
}

function listInstallations({ world, url }: Call): Answer {
  const { items, headers } = page(world.installations, url);
  return { status: 200, headers, body: items.map((one) => installationShape(world, one)) };
}

export const appRoutes: readonly Route[] = [
  { operation: "GET /app", as: "app", handle: ({ world }) => ok(appShape(world)) },
  { operation: "GET /app/installations", as: "app", handle: listInstallations },
  {
    operation: "GET /app/installations/{installation_id}",
    as: "app",
    handle: (call) => ok(installationShape(call.world, installationById(call))),
  },
  { operation: "POST /app/installations/{installation_id}/access_tokens", as: "app", handle: createToken },
  { operation: "GET /repos/{owner}/{repo}/installation", as: "app", handle: repositoryInstallation },
  { operation: "GET /installation/repositories", as: "installation", handle: installationRepositories },
  { operation: "DELETE /installation/token", as: "installation", handle: revokeToken },
  { operation: "GET /users/{username}", as: "anyone", handle: user },
  {
    operation: "GET /repos/{owner}/{repo}",
    as: "repository",
    needs: { metadata: "read" },
    handle: ({ world, repository }) => ok(fullRepositoryShape(world, repository)),
  },
];
