// Other addresses of the same things: GitHub Enterprise Server's prefix, repositories by id, and by a former name.
import type { Answer } from "./http.js";
import { findRepository, fullName } from "./lookups.js";
import type { Repository, World } from "./world.js";

/** GitHub Enterprise Server has its API below /api/v3, and GraphQL at /api/graphql: both are understood. */
export function withoutPrefix(target: string): string {
  return target.replace(/^\/api\/v3(?=\/|$)/, "").replace(/^\/api\/graphql$/, "/graphql");
}

const idPath = /^\/repositories\/(\d+)(?=\/|$)/;

/** "/repositories/ID/…" as "/repos/owner/name/…"; any other path as it is. */
export function withoutRepositoryId(world: World, path: string): string {
  const id = Number(idPath.exec(path)?.[1]);
  const repository = world.repositories.find((one) => one.id === id);
  return repository === undefined ? path : path.replace(idPath, `/repos/${fullName(repository)}`);
}

/** A former name: reads are redirected with 301, writes with 307, to the address with the id. */
export function redirect(world: World, method: string, url: URL): Answer | undefined {
  const [, owner = "", name = "", rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
  if (name === "" || findRepository(world, owner, name) !== undefined) return undefined;
  const now = formerly(world, owner, name);
  if (now === undefined) return undefined;
  const location = `${world.url}/repositories/${now.id}${rest}${url.search}`;
  const body = {
    message: "Moved Permanently",
    url: location,
    documentation_url: "https://docs.github.com/rest",
  };
  return { status: method === "GET" ? 301 : 307, headers: { location }, body };
}

function formerly(world: World, owner: string, name: string): Repository | undefined {
  return world.repositories.find((one) => one.owner.login === owner && one.formerNames.includes(name));
}
