// What a route gives back, and GitHub's ways to refuse.
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes of `content-type` in the headers; undefined: no body. */
  readonly body?: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };

export function bytes(contentType: string, body: Uint8Array | string, status = 200): Answer {
  return { status, headers: { "content-type": contentType }, body: Buffer.from(body) };
}

/** A body as it goes over the wire. */
export function serialize(body: unknown): Buffer | string {
  if (body === undefined) return "";
  return Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** An error in GitHub's shape; thrown by routes, turned into an answer by the server. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly unknown[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  toAnswer(): Answer {
    const errors = this.errors === undefined ? {} : { errors: this.errors };
    const documentation = { documentation_url: "https://docs.github.com/rest", status: String(this.status) };
    return {
      status: this.status,
      headers: this.headers,
      body: { message: this.message, ...errors, ...documentation },
    };
  }
}

export const notFound = (): GitHubError => new GitHubError(404, "Not Found");
/** @param needs the permissions of which each would do, as "checks=write" */
export const notAccessible = (...needs: readonly string[]): GitHubError => {
  const headers = needs.length === 0 ? {} : { "x-accepted-github-permissions": needs.join("; ") };
  return new GitHubError(403, "Resource not accessible by integration", undefined, headers);
};
export const badCredentials = (): GitHubError => new GitHubError(401, "Bad credentials");

/** 422 with an object for each wrong field, as most resources answer. */
export function invalid(resource: string, field: string, message: string): GitHubError {
  return new GitHubError(422, "Validation Failed", [{ resource, field, code: "custom", message }]);
}

/** 422 with sentences, as reviews answer. */
export const unprocessable = (sentence: string): GitHubError =>
  new GitHubError(422, "Unprocessable Entity", [sentence]);

/**
 * The page of `items` that `page` (1-based) and `per_page` (30 unless said, 100 at most) ask for, with GitHub's Link header.
 * @param url of the request, with its query
 */
export function page<Item>(
  items: readonly Item[],
  url: URL,
): { items: readonly Item[]; headers: Record<string, string> } {
  const size = Math.min(Math.max(Number(url.searchParams.get("per_page") ?? 30), 1), 100);
  const number = Math.max(Number(url.searchParams.get("page") ?? 1), 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const link = (to: number, relation: string): string => {
    const target = new URL(url);
    target.searchParams.set("page", String(to));
    return `<${target.href}>; rel="${relation}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, "prev")] : []),
    ...(number < last ? [link(number + 1, "next"), link(last, "last")] : []),
    ...(number > 1 ? [link(1, "first")] : []),
  ];
  const headers = links.length === 0 ? {} : { link: links.join(", ") };
  return { items: items.slice((number - 1) * size, number * size), headers };
}

/** A page of `items` as the whole body. */
export function list<Item>(items: readonly Item[], url: URL, shape: (item: Item) => unknown): Answer {
  const { items: shown, headers } = page(items, url);
  return { status: 200, headers, body: shown.map(shape) };
}

/** What `since`, `sort` and `direction` of a listing of comments ask for; by creation, oldest first, unless said. */
export function sorted<Item extends { readonly createdAt: Date; readonly updatedAt: Date }>(
  items: readonly Item[],
  query: URLSearchParams,
): readonly Item[] {
  const since = new Date(query.get("since") ?? 0);
  const time = (item: Item): number =>
    (query.get("sort") === "updated" ? item.updatedAt : item.createdAt).getTime();
  const sign = query.get("direction") === "desc" ? -1 : 1;
  return items.filter(({ updatedAt }) => updatedAt >= since).sort((a, b) => sign * (time(a) - time(b)));
}
