// The little of the GraphQL API that has no REST: review threads, and resolving them. Queries are checked against the schema.
import { buildSchema, GraphQLError, graphqlSync } from "graphql";
import { placeNow } from "./anchors.js";
import type { Answer } from "./http.js";
import type { Identity } from "./identity.js";
import { findRepository, nodeId } from "./lookups.js";
import { authorize, covers, hasPermission } from "./permissions.js";
import { setResolved } from "./resolution.js";
import { pullWebUrl } from "./shapes/pull.js";
import type { Account, Pull, ReviewComment, Thread, World } from "./world.js";

/** Cut from GitHub's public schema: what is here has GitHub's names and types, and what is not here does not exist. */
const schema = buildSchema(`
  scalar DateTime
  scalar URI
  scalar BigInt
  enum DiffSide { LEFT RIGHT }
  enum PullRequestReviewThreadSubjectType { FILE LINE }
  interface Node { id: ID! }
  interface Actor { login: String! }
  type User implements Node & Actor { id: ID! login: String! databaseId: Int }
  type Bot implements Node & Actor { id: ID! login: String! databaseId: Int }
  type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }
  type PullRequestReviewComment implements Node {
    id: ID! databaseId: Int fullDatabaseId: BigInt body: String! author: Actor url: URI! createdAt: DateTime! updatedAt: DateTime!
    path: String! outdated: Boolean!
  }
  type PullRequestReviewCommentConnection { nodes: [PullRequestReviewComment] pageInfo: PageInfo! totalCount: Int! }
  type PullRequestReviewThread implements Node {
    id: ID! isResolved: Boolean! isOutdated: Boolean! isCollapsed: Boolean! path: String! line: Int originalLine: Int
    startLine: Int originalStartLine: Int diffSide: DiffSide! subjectType: PullRequestReviewThreadSubjectType!
    resolvedBy: User viewerCanResolve: Boolean! viewerCanUnresolve: Boolean! viewerCanReply: Boolean!
    comments(first: Int, last: Int, after: String, before: String): PullRequestReviewCommentConnection!
  }
  type PullRequestReviewThreadConnection { nodes: [PullRequestReviewThread] pageInfo: PageInfo! totalCount: Int! }
  type PullRequest implements Node {
    id: ID! databaseId: Int number: Int! headRefOid: String! isDraft: Boolean!
    reviewThreads(first: Int, last: Int, after: String, before: String): PullRequestReviewThreadConnection!
  }
  type Repository implements Node { id: ID! nameWithOwner: String! pullRequest(number: Int!): PullRequest }
  type Query {
    repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
    node(id: ID!): Node
    viewer: Bot!
  }
  input ResolveReviewThreadInput { clientMutationId: String threadId: ID! }
  input UnresolveReviewThreadInput { clientMutationId: String threadId: ID! }
  type ResolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }
  type UnresolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }
  type Mutation {
    resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
    unresolveReviewThread(input: UnresolveReviewThreadInput!): UnresolveReviewThreadPayload
  }
`);

type ErrorType = "NOT_FOUND" | "FORBIDDEN";

const failure = (type: ErrorType, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });

/**
 * @param body of the request: `{query, variables?}`
 * @returns status 200 also for errors in fields, as on GitHub; their `type` is beside the message. Without `data`, the query is not valid
 */
export function answerGraphql(world: World, identity: Identity, body: unknown): Answer {
  if (identity.kind !== "installation")
    return { status: 401, body: { message: "This endpoint requires you to be authenticated." } };
  const { query, variables = {} } = (body ?? {}) as GraphqlRequest;
  if (typeof query !== "string")
    return { status: 400, body: { message: "A query attribute must be specified and must be a string." } };
  const result = graphqlSync({
    schema,
    source: query,
    variableValues: variables,
    rootValue: root(world, identity),
  });
  const errors = result.errors?.map(errorShape);
  const data = result.data === undefined ? {} : { data: result.data };
  return { status: 200, body: { ...data, ...(errors === undefined ? {} : { errors }) } };
}

interface GraphqlRequest {
  readonly query?: unknown;
  readonly variables?: Readonly<Record<string, unknown>>;
}

function errorShape({ message, path, locations, extensions: { type } }: GraphQLError) {
  return { ...(type === undefined ? {} : { type }), path, locations, message };
}

type InstallationIdentity = Extract<Identity, { kind: "installation" }>;
interface ThreadInput {
  readonly input: { readonly threadId: string; readonly clientMutationId?: string };
}

function root(world: World, identity: InstallationIdentity) {
  const set = ({ input }: ThreadInput, resolved: boolean) => {
    const thread = threadById(world, identity, input.threadId);
    resolve(world, identity, thread, resolved);
    return { clientMutationId: input.clientMutationId ?? null, thread: threadNode(world, identity, thread) };
  };
  return {
    viewer: () => actor(world.app.bot),
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) =>
      repositoryNode(world, identity, owner, name),
    node: ({ id }: { readonly id: string }) => threadNode(world, identity, threadById(world, identity, id)),
    resolveReviewThread: (args: ThreadInput) => set(args, true),
    unresolveReviewThread: (args: ThreadInput) => set(args, false),
  };
}

function repositoryNode(world: World, identity: InstallationIdentity, owner: string, name: string) {
  const repository = findRepository(world, owner, name);
  if (repository === undefined || (repository.private && !covers(identity.token, repository)))
    throw failure("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  return {
    __typename: "Repository",
    id: nodeId("R", repository.id),
    nameWithOwner: `${repository.owner.login}/${repository.name}`,
    pullRequest: ({ number }: { readonly number: number }) => {
      const pull = repository.pulls.get(number);
      if (pull === undefined)
        throw failure("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
      return pullNode(world, identity, pull);
    },
  };
}

function pullNode(world: World, identity: InstallationIdentity, pull: Pull) {
  const threads = pull.threads.filter(({ comments }) => comments[0]?.review.state !== "PENDING");
  return {
    __typename: "PullRequest",
    id: nodeId("PR", pull.id),
    databaseId: pull.id,
    number: pull.number,
    headRefOid: pull.head.sha,
    isDraft: pull.draft,
    reviewThreads: (args: PageArguments) =>
      connection(args, threads, (thread) => threadNode(world, identity, thread)),
  };
}

function threadNode(world: World, identity: InstallationIdentity, thread: Thread) {
  const { subject, pull } = thread;
  const place = placeNow(thread);
  const mayResolve =
    covers(identity.token, pull.repository) && hasPermission(identity.token, { contents: "write" });
  const lines = subject.kind === "lines" ? subject : undefined;
  return {
    __typename: "PullRequestReviewThread",
    id: nodeId("PRRT", thread.id),
    isResolved: thread.resolvedBy !== undefined,
    isOutdated: place.outdated,
    isCollapsed: thread.resolvedBy !== undefined || place.outdated,
    path: place.path,
    line: place.line ?? null,
    originalLine: lines?.line ?? null,
    startLine: place.startLine ?? null,
    originalStartLine: lines?.startLine ?? null,
    diffSide: lines?.side ?? "RIGHT",
    subjectType: lines === undefined ? "FILE" : "LINE",
    resolvedBy: thread.resolvedBy === undefined ? null : actor(thread.resolvedBy),
    viewerCanResolve: mayResolve && thread.resolvedBy === undefined,
    viewerCanUnresolve: mayResolve && thread.resolvedBy !== undefined,
    viewerCanReply: true,
    comments: (args: PageArguments) =>
      connection(args, thread.comments, (comment) => commentNode(world, comment)),
  };
}

function commentNode(world: World, comment: ReviewComment) {
  const { id, body, user, thread } = comment;
  const place = placeNow(thread);
  return {
    __typename: "PullRequestReviewComment",
    id: nodeId("PRRC", id),
    databaseId: id,
    fullDatabaseId: String(id),
    body,
    author: actor(user),
    url: `${pullWebUrl(world, thread.pull)}#discussion_r${id}`,
    createdAt: comment.createdAt.toISOString(),
    updatedAt: comment.updatedAt.toISOString(),
    path: place.path,
    outdated: place.outdated,
  };
}

/** GraphQL calls a bot by its slug: what REST calls "hognose[bot]" is "hognose" here. */
function actor({ id, login, type }: Account) {
  const name = login.replace(/\[bot\]$/, "");
  return { __typename: type === "Bot" ? "Bot" : "User", id: nodeId("U", id), login: name, databaseId: id };
}

interface PageArguments {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string | null;
}

function connection<Item>(args: PageArguments, items: readonly Item[], node: (item: Item) => unknown) {
  const { first, last, after } = args;
  if (first === undefined && last === undefined)
    throw new GraphQLError("You must provide a `first` or `last` value to properly paginate the connection.");
  if ((first ?? last ?? 0) > 100)
    throw new GraphQLError("Requesting more than 100 records on the connection exceeds the limit.");
  const start =
    after === undefined || after === null ? 0 : Number(Buffer.from(after, "base64").toString()) || 0;
  const from = first === undefined ? Math.max(items.length - last!, start) : start;
  const end = first === undefined ? items.length : Math.min(start + first, items.length);
  const cursor = (index: number): string => Buffer.from(String(index)).toString("base64");
  return {
    nodes: items.slice(from, end).map(node),
    totalCount: items.length,
    pageInfo: {
      startCursor: cursor(from),
      endCursor: cursor(end),
      hasNextPage: end < items.length,
      hasPreviousPage: from > 0,
    },
  };
}

function threadById(world: World, identity: InstallationIdentity, id: string): Thread {
  const pulls = world.repositories.flatMap((repository) => [...repository.pulls.values()]);
  const thread = pulls.flatMap(({ threads }) => threads).find((one) => nodeId("PRRT", one.id) === id);
  if (
    thread === undefined ||
    (thread.pull.repository.private && !covers(identity.token, thread.pull.repository))
  )
    throw failure("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
  return thread;
}

/** Needs write access to the contents, of all things. */
function resolve(world: World, identity: InstallationIdentity, thread: Thread, resolved: boolean): void {
  const { repository } = thread.pull;
  try {
    authorize(repository, identity, { pull_requests: "write" }, "POST");
    authorize(repository, identity, { contents: "write" }, "POST");
  } catch {
    // Every refusal of REST has this one form in GraphQL.
    throw failure("FORBIDDEN", "Resource not accessible by integration");
  }
  setResolved(world, thread, resolved ? world.app.bot : undefined, world.app.bot);
}
