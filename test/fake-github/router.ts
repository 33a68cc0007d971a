// Operations by method and path, spelled as in GitHub's OpenAPI description, so that each can be validated against it.

import type { Answer } from "./http.js";
import type { Identity } from "./identity.js";
import type { Operation } from "./operations.js";
import type { Access, Repository, World } from "./world.js";

/** One request to a known operation, after the checks of identity, permission and shape. */
export interface Call {
  readonly world: World;
  /** Decoded path parameters. */
  readonly params: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly identity: Identity;
  /** Already valid by GitHub's description; {} when there was none. */
  readonly body: unknown;
  /** The media type asked for, lower case. */
  readonly accept: string;
}

export interface RepositoryCall extends Call {
  readonly repository: Repository;
}

/** Permissions of which one is enough, for instance `{ issues: "write", pull_requests: "write" }`. */
export type Needs = Readonly<Record<string, Access>>;

export type Route =
  /** With the app's own JWT. */
  | { readonly operation: Operation; readonly as: "app"; readonly handle: (call: Call) => Answer }
  /** With an installation token, and no repository. */
  | {
      readonly operation: Operation;
      readonly as: "installation" | "anyone";
      readonly handle: (call: Call) => Answer;
    }
  /** With an installation token that has one of the needed permissions on the repository. */
  | {
      readonly operation: Operation;
      readonly as: "repository";
      readonly needs: Needs;
      readonly handle: (call: RepositoryCall) => Answer;
    };

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** These may hold slashes, sent as "/" or as "%2F". */
const manySegments = new Set(["path", "ref", "basehead"]);

/** @returns the route of a request, or undefined: GitHub has it not, or the fake does not play it. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const compiled = routes.map((route) => {
    const [method = "", template = ""] = route.operation.split(" ");
    return { route, method, pattern: toPattern(template) };
  });
  return (method, path) => {
    for (const { route, method: own, pattern } of compiled) {
      const match = own === method ? pattern.exec(path) : null;
      if (match === null) continue;
      const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
      const params = Object.entries(groups).map(([name, value = ""]) => [name, decodeURIComponent(value)]);
      return { route, params: Object.fromEntries(params) };
    }
    return undefined;
  };
}

/** A last parameter that may be empty may also be missing with its slash: the root of `contents`, the default of `tarball`. */
function toPattern(template: string): RegExp {
  const source = template.replace(/\/\{(\w+)\}/g, (whole, name: string, offset: number) => {
    if (manySegments.has(name))
      return offset + whole.length === template.length ? `(?:/(?<${name}>.*))?` : `/(?<${name}>.+)`;
    if (name.endsWith("_id") || name.endsWith("_number")) return `/(?<${name}>\\d+)`;
    return `/(?<${name}>[^/]+)`;
  });
  return new RegExp(`^${source}$`);
}
