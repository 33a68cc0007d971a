// A repository at the moment of its creation.
import { GitRepository } from "./repository.js";
import type { Repository, World } from "./world.js";

type Settings = Pick<Repository, "owner" | "name" | "defaultBranch" | "private"> & {
  readonly parent?: Repository;
};

export function newRepository(world: World, settings: Settings): Repository {
  const now = world.now();
  return {
    ...settings,
    id: world.nextId(),
    formerNames: [],
    archived: false,
    git: new GitRepository(settings.defaultBranch),
    collaborators: new Map(),
    pulls: new Map(),
    checkRuns: [],
    checkSuites: new Map(),
    sarifs: [],
    nextNumber: 1,
    createdAt: now,
    pushedAt: now,
  };
}
