// Shapes that the models of several web frameworks share.
import {
  type ArgumentPlace,
  argument,
  type MisuseModel,
  type SinkModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";

/** Reading it gives what the client sent. */
export const CLIENT_VALUE: SymbolModel = { member: { source: "http-request" } };
/** Calling it gives what the client sent. */
export const CLIENT_CALL: SymbolModel = { call: { source: "http-request", propagates: "none" } };
/** Its result holds nothing of what went in. */
export const UNRELATED: SymbolModel = { call: { propagates: "none" } };

export const AUTHENTICATION: SymbolModel = { guards: "authentication" };
export const AUTHORIZATION: SymbolModel = { guards: "authorization" };

/** The same type under another name: a re-export. */
export function sameType(type: string): SymbolModel {
  return { extends: [type] };
}

/** `from flask.ext.login import …`, as it was written before Flask 1.0: all of `symbols` below another name. */
export function formerly(
  name: string,
  former: string,
  symbols: Readonly<Record<string, SymbolModel>>,
): Record<string, SymbolModel> {
  return Object.fromEntries(
    Object.entries(symbols)
      .filter(([key]) => key.startsWith(`${name}.`))
      .map(([key, { alias }]) => [former + key.slice(name.length), { alias: alias ?? key }]),
  );
}

/** Content types that a browser runs scripts in; null where the framework's default is HTML. */
const MARKUP_TYPES = [
  null,
  ..."text/html application/xhtml+xml image/svg+xml text/xml application/xml".split(" "),
  ..."text/html;charset=utf-8 text/html;charset=UTF-8".split(" "),
  "text/html; charset=utf-8",
  "text/html; charset=UTF-8",
];

/**
 * A body that is shown as HTML unless one of `types` names another content type.
 * @param absent arguments that may carry a content type in a way a condition cannot see (`headers={…}`).
 */
export function markupBody(
  body: WrittenArgument,
  types: readonly WrittenArgument[],
  absent: readonly WrittenArgument[] = [],
): SinkModel {
  return {
    kind: "html",
    argument: body,
    form: "string",
    when: [
      ...types.map((argument) => ({ argument, missing: true, is: MARKUP_TYPES })),
      ...absent.map((argument) => ({ argument, missing: true, is: [null] })),
    ],
  };
}

/** What a client is answered with. */
export function answer(...places: ArgumentPlace[]): readonly SinkModel[] {
  return places.map((argument) => ({ kind: "response", argument }));
}

/** Sets a header by its name; the one that sends the client elsewhere is a redirection too. */
export const SETS_HEADER: SymbolModel = {
  call: {
    sinks: [
      { kind: "header", argument: argument(0, "name") },
      {
        kind: "redirect",
        argument: argument(1, "value"),
        when: [{ argument: argument(0, "name"), is: ["Location", "location"] }],
      },
    ],
    propagates: "none",
  },
};

/** A cookie that travels in clear text, or that scripts can read, unless these arguments say otherwise. */
export function cookieFlags(secure: WrittenArgument, httpOnly: WrittenArgument): readonly MisuseModel[] {
  return [secure, httpOnly].map((argument) => ({
    kind: "insecure-cookie",
    when: [{ argument, missing: true, is: [false, null] }],
  }));
}

/** Configuration keys with the value that is wrong: for `config[key] = value`, and for `config.update(key=value)`. */
export function wrongSettings(
  entries: readonly (readonly [key: string, wrong: boolean, kind: MisuseModel["kind"]])[],
): { readonly set: readonly MisuseModel[]; readonly update: readonly MisuseModel[] } {
  return {
    set: entries.map(([key, wrong, kind]) => ({
      kind,
      when: [
        { argument: { position: 0 }, is: [key] },
        { argument: { position: 1 }, is: [wrong] },
      ],
    })),
    update: entries.map(([key, wrong, kind]) => ({ kind, when: [{ argument: { name: key }, is: [wrong] }] })),
  };
}

/** Addresses that mean every network interface. */
export const EVERY_INTERFACE = ["0.0.0.0", "::", ""];
