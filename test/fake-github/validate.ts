// Holds requests and answers against GitHub's own description, so that the fake cannot become wishful thinking.
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Answer } from "./http.js";
import type { Operation } from "./operations.js";

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: { readonly type?: string };
}

interface DescribedOperation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, object>> };
  readonly responses: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

interface Description {
  readonly operations: Readonly<Record<string, DescribedOperation>>;
  readonly webhooks: Readonly<Record<string, object>>;
  readonly schemas: Record<string, object>;
}

/**
 * Where the real API departs from its description: an outdated comment has null for its lines, and so has a comment on
 * a file ("Pull request review comments" in the REST documentation, and every outdated comment one looks at).
 */
const alsoNull: Readonly<Record<string, readonly string[]>> = {
  "review-comment": ["line", "original_line"],
  "pull-request-review-comment": ["position", "line", "original_line"],
};

type Schema = { readonly [key: string]: unknown };

/** Objects with named properties take no others: neither the app nor the fake may invent a field. */
function closed(node: unknown, schemas: Description["schemas"]): unknown {
  if (Array.isArray(node)) return node.map((item) => closed(item, schemas));
  if (typeof node !== "object" || node === null) return node;
  if ("allOf" in node && Array.isArray(node.allOf)) return closedUnion(node.allOf, schemas);
  const copy: Schema = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, closed(value, schemas)]),
  );
  const named =
    typeof copy.properties === "object" && copy.properties !== null && !("additionalProperties" in copy);
  return named && isSchemaOfObject(copy) ? { ...copy, additionalProperties: false } : copy;
}

/** The parts of an `allOf` know nothing of each other's properties: only their union is closed. */
function closedUnion(parts: readonly unknown[], schemas: Description["schemas"]): Schema {
  const allOf = parts.map((part) => {
    const schema = part as { readonly $ref?: string; readonly properties?: object };
    const resolved = schema.$ref === undefined ? schema : schemas[schema.$ref.replace("#/schemas/", "")];
    return resolved as { readonly properties?: object };
  });
  const names = allOf.flatMap(({ properties = {} }) => Object.keys(properties));
  return {
    allOf,
    properties: Object.fromEntries(names.map((name) => [name, true])),
    additionalProperties: false,
  };
}

/** A property may itself be called "properties": then its parent is no schema. */
const isSchemaOfObject = (schema: Schema): boolean =>
  schema.type === "object" || (Array.isArray(schema.type) && schema.type.includes("object"));

function load(): Description {
  const text = readFileSync(new URL("./openapi/github-api.json", import.meta.url), "utf8");
  const description = JSON.parse(text) as Description;
  for (const [name, properties] of Object.entries(alsoNull)) {
    const schema = description.schemas[name] as { properties: Record<string, { type?: unknown }> };
    for (const property of properties) schema.properties[property] = { type: ["integer", "null"] };
  }
  // The list of events in this one webhook is older than the merge queue.
  const rerequested = description.schemas["webhook-check-suite-rerequested"]!;
  description.schemas["webhook-check-suite-rerequested"] = withoutEventNames(rerequested);
  // The account of a listed installation is described as user AND enterprise; elsewhere, and in fact, it is either.
  const installations = description.operations["GET /app/installations"]!.responses["200"] as Record<
    string,
    object
  >;
  installations["application/json"] = { type: "array", items: { $ref: "#/schemas/installation" } };
  return description;
}

/** The schema without the enumeration of the names of events. */
function withoutEventNames(schema: object): object {
  const text = JSON.stringify(schema, (_, value: unknown) => {
    const names = typeof value === "object" && value !== null && "enum" in value ? value.enum : undefined;
    return Array.isArray(names) && names.includes("workflow_job") ? { type: "string" } : value;
  });
  return JSON.parse(text) as object;
}

export interface Validator {
  /** @returns one sentence for each thing that GitHub's description does not allow; none when all is well */
  request(
    operation: Operation,
    params: Readonly<Record<string, string>>,
    query: URLSearchParams,
    body: unknown,
  ): readonly string[];
  response(operation: Operation, answer: Answer): readonly string[];
  /** @param name "event.action", or "event" */
  webhook(name: string, payload: unknown): readonly string[];
}

let shared: Validator | undefined;

/** The description is large and compiled on demand: all servers of a process use one. */
export function sharedValidator(): Validator {
  shared ??= createValidator(load());
  return shared;
}

function createValidator(description: Description): Validator {
  const strict = compiler(closed(description, description.schemas) as Description);
  const lenient = compiler(description);
  return {
    request(name, params, query, body) {
      const operation = description.operations[name]!;
      const pathErrors = Object.entries(params).flatMap(([key, value]) =>
        parameterErrors(lenient, name, operation, "path", key, value),
      );
      const queryErrors = [...query].flatMap(([key, value]) =>
        parameterErrors(lenient, name, operation, "query", key, value),
      );
      return [...pathErrors, ...queryErrors, ...bodyErrors(strict, name, operation, body)];
    },
    response(name, answer) {
      const { status } = answer;
      const described = description.operations[name]!.responses[String(status)];
      if (described === undefined)
        return status < 400 ? [`status ${status} is not described`] : plainErrors(answer);
      // Errors carry more than is described ("status"), so they are not closed.
      return contentErrors(
        status < 400 ? strict : lenient,
        `/operations/${pointerPart(name)}/responses/${status}`,
        described,
        answer,
      );
    },
    webhook(name, payload) {
      if (description.webhooks[name] === undefined) return [`there is no webhook ${name}`];
      return strict(`/webhooks/${pointerPart(name)}`, payload);
    },
  };
}

/** JSON Pointer, in a URI fragment. */
const pointerPart = (key: string): string =>
  encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

type Check = (pointer: string, value: unknown) => readonly string[];

/** @returns a function that validates against the schema at a JSON pointer of `description` */
function compiler(description: Description): Check {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  formats.default(ajv);
  ajv.addSchema(description, "github");
  const compiled = new Map<string, ValidateFunction>();
  return (pointer, value) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `github#${pointer}` });
    compiled.set(pointer, validate);
    return validate(value) ? [] : sentences(validate.errors ?? []);
  };
}

function sentences(errors: readonly ErrorObject[]): readonly string[] {
  const all = errors.map(
    ({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`,
  );
  return [...new Set(all)].slice(0, 20);
}

function parameterErrors(
  check: Check,
  name: string,
  operation: DescribedOperation,
  place: "path" | "query",
  key: string,
  value: string,
): readonly string[] {
  const index = operation.parameters.findIndex(
    (parameter) => parameter.in === place && parameter.name === key,
  );
  if (index < 0) return [`the ${place} parameter ${key} is not described`];
  const typed = coerce(operation.parameters[index]!.schema.type, value);
  return check(`/operations/${pointerPart(name)}/parameters/${index}/schema`, typed).map(
    (error) => `${place} parameter ${key}: ${error}`,
  );
}

function coerce(type: string | undefined, value: string): unknown {
  if ((type === "integer" || type === "number") && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

/** @param body undefined when the request has none */
function bodyErrors(
  check: Check,
  name: string,
  operation: DescribedOperation,
  body: unknown,
): readonly string[] {
  const { requestBody } = operation;
  if (body === undefined) return requestBody?.required === true ? ["a body is required"] : [];
  if (requestBody === undefined) return ["no body is described"];
  return check(
    `/operations/${pointerPart(name)}/requestBody/content/${pointerPart("application/json")}`,
    body,
  );
}

function contentErrors(
  check: Check,
  pointer: string,
  described: Readonly<Record<string, object>>,
  answer: Answer,
): readonly string[] {
  const { body, status } = answer;
  const json = described["application/json"];
  if (Buffer.isBuffer(body)) return [];
  if (body === undefined) return json === undefined || status === 304 ? [] : ["a body is missing"];
  if (json === undefined) return status >= 400 ? plainErrors(answer) : ["no JSON body is described"];
  return check(`${pointer}/${pointerPart("application/json")}`, body);
}

/** Every error has at least a message. */
function plainErrors({ body, status }: Answer): readonly string[] {
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : undefined;
  return typeof message === "string" ? [] : [`an error ${status} without a message`];
}
