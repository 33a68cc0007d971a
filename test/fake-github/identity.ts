// Who is asking: the app by a JWT signed with its key, or an installation by a token that GitHub gave out.
import { createVerify } from "node:crypto";
import { badCredentials, GitHubError } from "./http.js";
import type { AccessToken, World } from "./world.js";

export type Identity =
  | { readonly kind: "anonymous" }
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly token: AccessToken };

/**
 * @param authorization the header: "Bearer …" or "token …"
 * @throws GitHubError 401 for a JWT that is not the app's, is too old or lives too long, and for an unknown or expired token
 */
export function identify(world: World, authorization: string | undefined): Identity {
  if (authorization === undefined) return { kind: "anonymous" };
  const [, credential = ""] = /^(?:bearer|token) +(\S+)$/i.exec(authorization.trim()) ?? [];
  if (credential.startsWith("ghs_")) return { kind: "installation", token: liveToken(world, credential) };
  if (credential.split(".").length !== 3) throw badCredentials();
  verifyJwt(world, credential);
  return { kind: "app" };
}

function liveToken(world: World, credential: string): AccessToken {
  const token = world.tokens.get(credential);
  if (token === undefined || token.expiresAt <= world.now()) throw badCredentials();
  if (!world.installations.includes(token.installation)) throw badCredentials();
  if (token.installation.suspended) throw new GitHubError(403, "This installation has been suspended");
  return token;
}

/** GitHub's rules: RS256, `iat` not in the future, `exp` in the future by at most 10 minutes; clocks may differ by a minute. */
function verifyJwt(world: World, jwt: string): void {
  const [header = "", payload = "", signature = ""] = jwt.split(".");
  const { alg } = decodePart(header);
  const { iss, iat, exp } = decodePart(payload);
  const undecodable = new GitHubError(401, "A JSON web token could not be decoded");
  if (alg !== "RS256") throw undecodable;
  const verifier = createVerify("RSA-SHA256").update(`${header}.${payload}`);
  if (!verifier.verify(world.app.publicKey, signature, "base64url")) throw undecodable;
  if (String(iss) !== String(world.app.id) && iss !== world.app.clientId)
    throw new GitHubError(401, "'Issuer' claim ('iss') must be an Integer");
  const now = world.now().getTime() / 1000;
  if (typeof iat !== "number" || iat > now + 60)
    throw new GitHubError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  if (typeof exp !== "number" || exp <= now)
    throw new GitHubError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > now + 660 || exp - iat > 720)
    throw new GitHubError(401, "'Expiration time' claim ('exp') is too far in the future");
}

function decodePart(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // Not JSON: the same answer as for a wrong signature.
    return {};
  }
}
