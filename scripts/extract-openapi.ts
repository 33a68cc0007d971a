// Cuts the operations that the fake GitHub plays out of GitHub's OpenAPI description, as JSON Schema.
//
//   npm i --ignore-scripts --prefix /tmp/openapi @octokit/openapi     (400 MB, never a dependency)
//   npx tsx scripts/extract-openapi.ts /tmp/openapi/node_modules/@octokit/openapi
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operations, webhooks } from "../test/fake-github/operations.js";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const document = "api.github.com.json";
const output = new URL("../test/fake-github/openapi/github-api.json", import.meta.url);

/** Keys that are prose, or that JSON Schema does not know. */
const prose = new Set([
  "description",
  "example",
  "examples",
  "externalDocs",
  "title",
  "summary",
  "deprecated",
  "discriminator",
  "readOnly",
  "writeOnly",
  "default",
]);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** @param pointer for instance "#/components/schemas/check-run" */
function resolve(api: JsonObject, pointer: string): JsonObject {
  return pointer
    .slice(2)
    .split("/")
    .reduce((node, key) => objectOf(node[key.replaceAll("~1", "/").replaceAll("~0", "~")]), api);
}

const dereference = (api: JsonObject, node: Json | undefined): JsonObject => {
  const object = objectOf(node);
  return typeof object.$ref === "string" ? resolve(api, object.$ref) : object;
};

/** OpenAPI 3.0 says `nullable`; JSON Schema says so in `type`, `enum` or one more alternative. */
function withNull(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  if (nullable !== true) return rest;
  const enumeration =
    Array.isArray(rest.enum) && !rest.enum.includes(null) ? { enum: [...rest.enum, null] } : {};
  if (typeof rest.type === "string") return { ...rest, ...enumeration, type: [rest.type, "null"] };
  return { anyOf: [rest, { type: "null" }] };
}

/** Converts a schema and notes in `wanted` the components that it refers to. */
function toJsonSchema(node: Json, wanted: Set<string>): Json {
  if (Array.isArray(node)) return node.map((item: Json) => toJsonSchema(item, wanted));
  if (!isObject(node)) return node;
  if (typeof node.$ref === "string") {
    const name = node.$ref.replace("#/components/schemas/", "");
    wanted.add(name);
    return { $ref: `#/schemas/${name}` };
  }
  const converted = Object.entries(node)
    .filter(([key]) => !prose.has(key) && !key.startsWith("x-"))
    .map(([key, value]) => [
      key,
      key === "properties" ? properties(value, wanted) : toJsonSchema(value, wanted),
    ]);
  return withNull(Object.fromEntries(converted));
}

/** The keys of `properties` are names, not keywords: a property may be called "title". */
function properties(node: Json, wanted: Set<string>): Json {
  const entries = Object.entries(objectOf(node)).map(([name, schema]) => [
    name,
    toJsonSchema(schema, wanted),
  ]);
  return Object.fromEntries(entries);
}

function contentSchemas(content: Json | undefined, wanted: Set<string>): JsonObject {
  const entries = Object.entries(objectOf(content)).map(([type, media]) => [
    type,
    toJsonSchema(objectOf(media).schema ?? {}, wanted),
  ]);
  return Object.fromEntries(entries);
}

function extractOperation(api: JsonObject, name: string, wanted: Set<string>): JsonObject {
  const [method = "", path = ""] = name.split(" ");
  const operation = objectOf(objectOf(objectOf(api.paths)[path])[method.toLowerCase()]);
  if (operation.responses === undefined) throw new Error(`GitHub's description has no operation ${name}`);
  const parameters = (Array.isArray(operation.parameters) ? operation.parameters : []).map((raw: Json) => {
    const parameter = dereference(api, raw);
    const { name: key = "", in: place = "", required = false } = parameter;
    return { name: key, in: place, required, schema: toJsonSchema(parameter.schema ?? {}, wanted) };
  });
  const responses = Object.entries(objectOf(operation.responses)).map(([status, raw]) => [
    status,
    contentSchemas(dereference(api, raw).content, wanted),
  ]);
  const body = dereference(api, operation.requestBody);
  const request =
    body.content === undefined
      ? {}
      : { requestBody: { required: body.required ?? false, content: contentSchemas(body.content, wanted) } };
  return { parameters, ...request, responses: Object.fromEntries(responses) };
}

function extractWebhook(api: JsonObject, name: string, wanted: Set<string>): Json {
  const entry = objectOf(objectOf(objectOf(api["x-webhooks"])[name.replace(/[_.]/g, "-")]).post);
  const schema = contentSchemas(objectOf(entry.requestBody).content, wanted)["application/json"];
  if (schema === undefined) throw new Error(`GitHub's description has no webhook ${name}`);
  return schema;
}

/** Every component in `wanted`, and those that they need in turn. */
function extractSchemas(api: JsonObject, wanted: Set<string>): JsonObject {
  const schemas: Record<string, Json> = {};
  // A Set is iterated in order of insertion, including what is added on the way.
  for (const name of wanted)
    schemas[name] = toJsonSchema(resolve(api, `#/components/schemas/${name}`), wanted);
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function extract(folder: string): JsonObject {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const api = JSON.parse(readFileSync(join(folder, "generated", document), "utf8")) as JsonObject;
  const wanted = new Set<string>();
  const extractedOperations = operations.map((name) => [name, extractOperation(api, name, wanted)]);
  const extractedWebhooks = webhooks.map((name) => [name, extractWebhook(api, name, wanted)]);
  return {
    source: { package: "@octokit/openapi", version, document },
    operations: Object.fromEntries(extractedOperations),
    webhooks: Object.fromEntries(extractedWebhooks),
    schemas: extractSchemas(api, wanted),
  };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: tsx scripts/extract-openapi.ts NODE_MODULES/@octokit/openapi");
  process.exit(2);
}
const text = `${JSON.stringify(extract(folder), null, 1)}\n`;
writeFileSync(output, text);
console.log(`${output.pathname}: ${Math.round(text.length / 1024)} KB`);
