// What an app is told: the events it subscribed to, where it is installed, in the shape that every webhook has.
import { installationShape } from "./apps.js";
import { installationOf, nodeId } from "./lookups.js";
import { accountShape } from "./shapes/account.js";
import { repositoryShape } from "./shapes/repository.js";
import type { Happening, World } from "./world.js";

/** @returns the payload; undefined when the app is not told */
export function payloadOf(world: World, happening: Happening): Readonly<Record<string, unknown>> | undefined {
  const { event, action, repository, sender, payload } = happening;
  const installation = happening.installation ?? (repository && installationOf(world, repository));
  if (installation === undefined) return undefined;
  const aboutItself = event === "installation" || event === "installation_repositories";
  if (!aboutItself && !installation.events.includes(event)) return undefined;
  const reference = { id: installation.id, node_id: nodeId("MDIz", installation.id) };
  return {
    ...(action === undefined ? {} : { action }),
    ...payload,
    ...(repository === undefined ? {} : { repository: repositoryShape(world, repository) }),
    installation: aboutItself ? installationShape(world, installation) : reference,
    sender: accountShape(world, sender),
  };
}
