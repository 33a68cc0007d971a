// Installing and uninstalling the app, and choosing its repositories; the app is told of each.
import { fullName, installationOf, nodeId } from "./lookups.js";
import type { Installation, Repository, World } from "./world.js";

export function addInstallation(
  world: World,
  settings: Omit<Installation, "id" | "createdAt" | "suspended">,
): Installation {
  const installation = { ...settings, id: world.nextId(), createdAt: world.now(), suspended: false };
  world.installations.push(installation);
  announce(world, installation, "created");
  return installation;
}

/** Its tokens are dead at once. */
export function removeInstallation(world: World, installation: Installation): void {
  announce(world, installation, "deleted");
  world.installations.splice(world.installations.indexOf(installation), 1);
}

function announce(world: World, installation: Installation, action: "created" | "deleted"): void {
  const repositories = covered(world, installation).map(reference);
  const payload = { repositories, requester: null };
  world.happen({ event: "installation", action, installation, sender: installation.account, payload });
}

const covered = (world: World, installation: Installation): readonly Repository[] =>
  world.repositories.filter((repository) => installationOf(world, repository) === installation);

/** From now on the installation is for exactly these repositories. */
export function selectRepositories(
  world: World,
  installation: Installation,
  chosen: readonly Repository[],
): void {
  const before = covered(world, installation);
  installation.selection = new Set(chosen.map(({ id }) => id));
  const added = chosen.filter((repository) => !before.includes(repository));
  const removed = before.filter((repository) => !chosen.includes(repository));
  const common = { repository_selection: "selected", requester: null };
  const { account: sender } = installation;
  const tell = (action: "added" | "removed"): void => {
    const lists = { repositories_added: added.map(reference), repositories_removed: removed.map(reference) };
    const empty = action === "added" ? { repositories_removed: [] } : { repositories_added: [] };
    const payload = { ...common, ...lists, ...empty };
    world.happen({ event: "installation_repositories", action, installation, sender, payload });
  };
  if (added.length > 0) tell("added");
  if (removed.length > 0) tell("removed");
}

function reference(repository: Repository) {
  const { id, name } = repository;
  return { id, node_id: nodeId("R", id), name, full_name: fullName(repository), private: repository.private };
}
