import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EnvironmentError, readEnvironment } from "../../src/app/environment.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pkcs1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const good = { APP_ID: "42", PRIVATE_KEY: pkcs1, WEBHOOK_SECRET: "3a7bd3e2360a3d29eea436fc" };

function complaint(variables: Record<string, string | undefined>): string {
  try {
    readEnvironment({ ...good, ...variables });
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("the environment", () => {
  it("is complete with the three required variables", () => {
    expect(readEnvironment(good)).toMatchObject({
      appId: 42,
      privateKey: pkcs8,
      port: 3000,
      host: "localhost",
      apiUrl: "https://api.github.com",
      throttle: true,
    });
  });

  it("is refused when a process that is only web or worker has no database to share", () => {
    const shared = { DATABASE_URL: "postgres://localhost/hognose" };
    for (const HOGNOSE_ROLE of ["web", "worker"]) {
      expect(complaint({ HOGNOSE_ROLE })).toMatch(/^DATABASE_URL is missing[^\n]*$/);
      expect(readEnvironment({ ...good, ...shared, HOGNOSE_ROLE })).toMatchObject({ role: HOGNOSE_ROLE });
    }
    expect(complaint({ DATABASE_URL: "mysql://localhost/hognose" })).toMatch(/^DATABASE_URL is not a URL/);
  });

  for (const variable of ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]) {
    it(`is refused without ${variable}, or with an empty one, in one line that begins with its name`, () => {
      for (const value of [undefined, ""]) {
        expect(complaint({ [variable]: value })).toMatch(new RegExp(`^${variable} is missing[^\\n]*$`));
      }
    });
  }

  for (const secret of ["development", "development-secret", "short", "aaaaaaaaaaaaaaaaaaaaaaaa"]) {
    it(`is refused with the webhook secret "${secret}"`, () => {
      expect(complaint({ WEBHOOK_SECRET: secret })).toMatch(/^WEBHOOK_SECRET is too weak[^\n]*$/);
    });
  }

  for (const id of ["abc", "0", "-1", "1.5", " 1"]) {
    it(`is refused with the app id "${id}"`, () => {
      expect(complaint({ APP_ID: id })).toMatch(/^APP_ID is not a number$/);
    });
  }

  it("is refused with a key that is not one, and does not repeat it", () => {
    const broken = `-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----`;
    expect(complaint({ PRIVATE_KEY: broken })).toBe("PRIVATE_KEY is not an RSA private key in PEM format");
    expect(complaint({ PRIVATE_KEY: "nonsense" })).toBe(
      "PRIVATE_KEY is not an RSA private key in PEM format",
    );
  });

  it("is refused with a key of another kind", () => {
    const { privateKey: other } = generateKeyPairSync("ed25519");
    const pem = other.export({ type: "pkcs8", format: "pem" }).toString();
    expect(complaint({ PRIVATE_KEY: pem })).toMatch(/^PRIVATE_KEY is not an RSA/);
  });

  it("takes a key on one line, or in base64", () => {
    expect(readEnvironment({ ...good, PRIVATE_KEY: pkcs1.replaceAll("\n", "\\n") }).privateKey).toBe(pkcs8);
    const base64 = Buffer.from(pkcs8).toString("base64");
    expect(readEnvironment({ ...good, PRIVATE_KEY: base64 }).privateKey).toBe(pkcs8);
  });

  it("reads the key from a file, and names the variable when it cannot", () => {
    const folder = mkdtempSync(join(tmpdir(), "hognose-key-"));
    const path = join(folder, "key.pem");
    writeFileSync(path, pkcs1);
    const variables = { ...good, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path };
    expect(readEnvironment(variables).privateKey).toBe(pkcs8);
    rmSync(folder, { recursive: true });
    expect(complaint(variables)).toMatch(/^PRIVATE_KEY_PATH names a file that cannot be read/);
  });

  it("names a variable that is no number", () => {
    expect(complaint({ PORT: "http" })).toMatch(/^PORT /);
    expect(complaint({ HOGNOSE_CONCURRENCY: "0" })).toMatch(/^HOGNOSE_CONCURRENCY /);
  });

  it("finds the API of an Enterprise Server", () => {
    expect(readEnvironment({ ...good, GHE_HOST: "github.acme.com" }).apiUrl).toBe(
      "https://github.acme.com/api/v3",
    );
    expect(complaint({ GHE_HOST: "https://github.acme.com/" })).toMatch(/^GHE_HOST is not a host name/);
  });
});
