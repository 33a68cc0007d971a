// Finding things in the world, and naming them.
import type { Account, Installation, Repository, World } from "./world.js";

/** An opaque id as GraphQL has it, for instance "PRRT_kgDOAAAAKg". */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_${Buffer.from(`kgDO:${id}`).toString("base64url")}`;
}

export const fullName = (repository: Repository): string => `${repository.owner.login}/${repository.name}`;

/** A repository by owner and name, in any case; a former name is not followed here. */
export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return world.repositories.find((repository) => fullName(repository).toLowerCase() === wanted);
}

export function findAccount(world: World, login: string): Account | undefined {
  return world.accounts.find((account) => account.login.toLowerCase() === login.toLowerCase());
}

/** The installation that covers `repository`; undefined when the app is not installed there. */
export function installationOf(world: World, repository: Repository): Installation | undefined {
  return world.installations.find(
    ({ account, selection }) =>
      account.id === repository.owner.id && (selection === "all" || selection.has(repository.id)),
  );
}
