// The environment, parsed once: what is wrong with it is said in one line that names the variable.
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { z } from "zod";

/** `web` takes webhooks, `worker` does the work; both may run any number of times on one DATABASE_URL. */
type Role = "web" | "worker" | "all";

export interface Environment {
  readonly role: Role;
  readonly appId: number;
  /** PEM, PKCS#8. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal";
  /** Folder of the blobs, and of the database when it is embedded. */
  readonly dataFolder: string;
  /** How much the file contents in the data folder may take, in bytes. */
  readonly cacheSize: number;
  /** "postgres://…": queue and store are shared by every process that has the same; undefined: embedded. */
  readonly databaseUrl: string | undefined;
  /** Where GitHub's REST API is, without a slash at the end. */
  readonly apiUrl: string;
  /** How many analyses run beside each other. */
  readonly concurrency: number;
  /** Milliseconds of analysis that one review may take. */
  readonly reviewTime: number;
  /** Megabytes of heap that one review may take. */
  readonly reviewMemory: number;
  /** Milliseconds after which the job of a dead process is taken up by another. */
  readonly leaseTime: number;
  /** Milliseconds that running jobs get to end after a signal to stop. */
  readonly grace: number;
  /** Milliseconds for which a new installation only says what it would do. */
  readonly advisoryTime: number;
  /** Whether findings go to GitHub's code scanning, too, where an installation grants it. */
  readonly uploadsSarif: boolean;
  /** Whether requests are spaced as GitHub asks. */
  readonly throttle: boolean;
}

/** The message is one line that begins with the name of the variable. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

const WEAK_SECRET = "is too weak: use 16 characters or more, made by chance (openssl rand -hex 32)";
const NO_KEY = "is missing: set it to the app's private key (PEM), or PRIVATE_KEY_PATH to its file";

const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

const schema = z.object({
  WEBHOOK_SECRET: z
    .string({ error: "is missing: set it to the webhook secret of the GitHub App" })
    .refine(isStrong, {
      error: WEAK_SECRET,
    }),
  APP_ID: z
    .string({ error: "is missing: set it to the ID of the GitHub App" })
    .regex(/^[1-9][0-9]*$/, { error: "is not a number" })
    .transform(Number),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("localhost"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).default("info"),
  HOGNOSE_DATA: z.string().default("data"),
  HOGNOSE_CACHE_MB: count(5000, 10_000_000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "is not a URL of PostgreSQL" }).optional(),
  GHE_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, { error: "is not a host name" })
    .optional(),
  GITHUB_API_URL: z.url({ protocol: /^https?$/, error: "is not a URL" }).optional(),
  HOGNOSE_ROLE: z.enum(["web", "worker", "all"]).default("all"),
  HOGNOSE_GRACE_SECONDS: count(7, 3600),
  HOGNOSE_CONCURRENCY: count(availableParallelism(), 256),
  HOGNOSE_REVIEW_SECONDS: count(120, 3600),
  HOGNOSE_REVIEW_MEMORY_MB: count(1024, 65_536),
  HOGNOSE_LEASE_SECONDS: count(30, 3600),
  HOGNOSE_SARIF: z.enum(["on", "off"]).default("off"),
  HOGNOSE_ADVISORY_DAYS: z.coerce.number().min(0).max(3650).default(0),
  HOGNOSE_THROTTLE: z.enum(["on", "off"]).default("on"),
});

/** @throws EnvironmentError for the first variable that is missing or wrong */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = schema.safeParse(withoutEmpty(variables));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new EnvironmentError(`${path.join(".")} ${message.replace(/\s+/g, " ")}`);
  }
  const values = parsed.data;
  if (values.HOGNOSE_ROLE !== "all" && values.DATABASE_URL === undefined) {
    throw new EnvironmentError(
      `DATABASE_URL is missing: a process that is only ${values.HOGNOSE_ROLE} needs it`,
    );
  }
  return {
    role: values.HOGNOSE_ROLE,
    appId: values.APP_ID,
    privateKey: readPrivateKey(values.PRIVATE_KEY, values.PRIVATE_KEY_PATH),
    webhookSecret: values.WEBHOOK_SECRET,
    port: values.PORT,
    host: values.HOST,
    logLevel: values.LOG_LEVEL,
    dataFolder: values.HOGNOSE_DATA,
    cacheSize: values.HOGNOSE_CACHE_MB * 1024 * 1024,
    databaseUrl: values.DATABASE_URL,
    apiUrl: apiUrl(values.GITHUB_API_URL, values.GHE_HOST),
    concurrency: values.HOGNOSE_CONCURRENCY,
    reviewTime: values.HOGNOSE_REVIEW_SECONDS * 1000,
    reviewMemory: values.HOGNOSE_REVIEW_MEMORY_MB,
    leaseTime: values.HOGNOSE_LEASE_SECONDS * 1000,
    grace: values.HOGNOSE_GRACE_SECONDS * 1000,
    uploadsSarif: values.HOGNOSE_SARIF === "on",
    advisoryTime: values.HOGNOSE_ADVISORY_DAYS * 24 * 3_600_000,
    throttle: values.HOGNOSE_THROTTLE === "on",
  };
}

/** `NAME=` in a file means that it is not set. */
function withoutEmpty(variables: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}

/** "development" is what probot falls back to, and so is known to everybody. */
function isStrong(secret: string): boolean {
  return secret.length >= 16 && new Set(secret).size >= 6 && !secret.startsWith("development");
}

function apiUrl(url: string | undefined, enterpriseHost: string | undefined): string {
  if (url !== undefined) return url.replace(/\/+$/, "");
  return enterpriseHost === undefined ? "https://api.github.com" : `https://${enterpriseHost}/api/v3`;
}

function readPrivateKey(value: string | undefined, path: string | undefined): string {
  if (value !== undefined) return toPkcs8(value, "PRIVATE_KEY");
  if (path === undefined) throw new EnvironmentError(`PRIVATE_KEY ${NO_KEY}`);
  return toPkcs8(readKeyFile(path), "PRIVATE_KEY_PATH");
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new EnvironmentError(`PRIVATE_KEY_PATH names a file that cannot be read: ${path}`);
  }
}

/** Takes PEM, PEM on one line with "\n" spelled out, and either in base64. */
function toPkcs8(value: string, variable: string): string {
  const isPem = value.includes("-----BEGIN");
  const text = (isPem ? value : Buffer.from(value, "base64").toString("utf8")).replaceAll("\\n", "\n");
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === "rsa") return key.export({ type: "pkcs8", format: "pem" }).toString();
  } catch {
    // Node's message says nothing that the line below does not; and it may quote the key.
  }
  throw new EnvironmentError(`${variable} is not an RSA private key in PEM format`);
}
