// Reactions to comments: one of each kind per user; the second time GitHub answers 200 instead of 201.
import { issueCommentOf } from "./comments.js";
import { type Answer, created, list, noContent, notFound, ok } from "./http.js";
import { reviewCommentOf } from "./review-comments.js";
import type { Needs, RepositoryCall, Route } from "./router.js";
import { reactionShape } from "./shapes/reactions.js";
import type { Reaction, ReactionContent } from "./world.js";
import { writer } from "./writer.js";

type ReactionsOf = (call: RepositoryCall) => Reaction[];

const listReactions =
  (reactionsOf: ReactionsOf) =>
  (call: RepositoryCall): Answer => {
    const content = call.url.searchParams.get("content");
    const chosen = reactionsOf(call).filter((reaction) => content === null || reaction.content === content);
    return list(chosen, call.url, (reaction) => reactionShape(call.world, reaction));
  };

const createReaction =
  (reactionsOf: ReactionsOf) =>
  (call: RepositoryCall): Answer => {
    const { world } = call;
    const { content } = call.body as { readonly content: ReactionContent };
    const user = writer(call);
    const reactions = reactionsOf(call);
    const existing = reactions.find((reaction) => reaction.user === user && reaction.content === content);
    if (existing !== undefined) return ok(reactionShape(world, existing));
    const reaction: Reaction = { id: world.nextId(), user, content, createdAt: world.now() };
    reactions.push(reaction);
    return created(reactionShape(world, reaction));
  };

const deleteReaction =
  (reactionsOf: ReactionsOf) =>
  (call: RepositoryCall): Answer => {
    const reactions = reactionsOf(call);
    const user = writer(call);
    const index = reactions.findIndex(
      ({ id, user: by }) => id === Number(call.params.reaction_id) && by === user,
    );
    if (index < 0) throw notFound();
    reactions.splice(index, 1);
    return noContent;
  };

/** Either permission will do for the conversation; the diff needs the one for pull requests. */
const conversation = (access: "read" | "write"): Needs => ({ issues: access, pull_requests: access });
const onIssue: ReactionsOf = (call) => issueCommentOf(call).reactions;
const onDiff: ReactionsOf = (call) => reviewCommentOf(call).reactions;
const issue = "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions";
const diff = "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions";

export const reactionRoutes: readonly Route[] = [
  {
    operation: `GET ${issue}`,
    as: "repository",
    needs: conversation("read"),
    handle: listReactions(onIssue),
  },
  {
    operation: `POST ${issue}`,
    as: "repository",
    needs: conversation("write"),
    handle: createReaction(onIssue),
  },
  {
    operation: `DELETE ${issue}/{reaction_id}`,
    as: "repository",
    needs: conversation("write"),
    handle: deleteReaction(onIssue),
  },
  {
    operation: `GET ${diff}`,
    as: "repository",
    needs: { pull_requests: "read" },
    handle: listReactions(onDiff),
  },
  {
    operation: `POST ${diff}`,
    as: "repository",
    needs: { pull_requests: "write" },
    handle: createReaction(onDiff),
  },
  {
    operation: `DELETE ${diff}/{reaction_id}`,
    as: "repository",
    needs: { pull_requests: "write" },
    handle: deleteReaction(onDiff),
  },
];
