// What a test may look back on: every request, and everything that GitHub's description does not allow.
import type { Operation } from "./operations.js";

export interface LoggedRequest {
  /** When it came in, by the fake's clock. */
  readonly at: Date;
  readonly method: string;
  /** Without "/api/v3" and without the query. */
  readonly path: string;
  readonly query: string;
  /** Undefined: GraphQL, a download, or a route that does not exist. */
  readonly operation?: Operation;
  readonly body: unknown;
  /** Whether it asks for a change that people see: not a GET, a query, or a request for a token. */
  readonly writes: boolean;
  /** Whether it took effect: false when it was refused, or a fault came first. */
  readonly performed: boolean;
  /** 0: cut or never answered. */
  readonly status: number;
}

/** Something that GitHub's description does not allow, or that the fake does not know. */
export interface Violation {
  readonly kind: "request" | "response" | "webhook" | "unknown-route";
  /** "METHOD /path", the operation, or the event. */
  readonly where: string;
  readonly what: string;
}

export interface Log {
  readonly requests: LoggedRequest[];
  readonly violations: Violation[];
}

/** @param body of the request, parsed */
export function isWrite(method: string, path: string, body: unknown): boolean {
  if (path === "/graphql") return isMutation(body);
  return method !== "GET" && !path.endsWith("/access_tokens");
}

function isMutation(body: unknown): boolean {
  const query = typeof body === "object" && body !== null && "query" in body ? body.query : undefined;
  return typeof query === "string" && /^\s*mutation\b/.test(query);
}
