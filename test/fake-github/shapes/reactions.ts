// Reactions and their roll-up as the API shows them.
import { nodeId, type Reaction, reactionContents, type World } from "../world.js";
import { accountShape } from "./account.js";

export function reactionShape(world: World, { id, user, content, createdAt }: Reaction) {
  const created_at = createdAt.toISOString();
  return { id, node_id: nodeId("REA", id), user: accountShape(world, user), content, created_at };
}

/** @param url of the comment */
export function rollup(url: string, reactions: readonly Reaction[]) {
  const counts = reactionContents.map((content) => [
    content,
    reactions.filter((one) => one.content === content).length,
  ]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}
