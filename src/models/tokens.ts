// Signed tokens and sign-in protocols: PyJWT, python-jose, authlib, itsdangerous, oauthlib.
// Facts: https://pyjwt.readthedocs.io/en/stable/api.html, https://python-jose.readthedocs.io/en/latest/,
// https://docs.authlib.org/en/latest/jose/jwt.html, https://itsdangerous.palletsprojects.com/en/stable/,
// https://oauthlib.readthedocs.io/en/latest/
import { argument, type CallModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, is, SILENT, wrong } from "./shorthand.js";

/** What the token says is as trustworthy as its signer. */
const CLAIMS: CallModel = { decides: "signature" };
const UNSIGNED: SymbolModel = {
  call: { propagates: [argument(0)], misuses: [wrong("signature-unverified")], exposes: "all" },
};

/** Where both are accepted, the public key serves as the shared one of a forged token. */
const SHARED_KEY = "HS256 HS384 HS512".split(" ");
const PUBLIC_KEY = "RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512 EdDSA".split(" ");

/** `decode(token, key, algorithms, options, verify)`: the last until version 2, at varying places. */
const DECODES: SymbolModel = does({
  ...CLAIMS,
  misuses: [
    wrong("signature-unverified", {
      argument: argument(3, "options"),
      element: "verify_signature",
      is: [false],
    }),
    wrong("signature-unverified", is(argument(2, "verify"), false)),
    wrong("signature-unverified", { argument: argument(2, "algorithms"), contains: ["none"] }),
    wrong(
      "signature-unverified",
      { argument: argument(2, "algorithms"), contains: SHARED_KEY },
      { argument: argument(2, "algorithms"), contains: PUBLIC_KEY },
    ),
  ],
});
const ENCODES: SymbolModel = does({
  misuses: [wrong("signature-unverified", is(argument(2, "algorithm"), "none", null))],
});

const jwt: Record<string, SymbolModel> = {
  "jwt.decode": DECODES,
  "jwt.encode": ENCODES,
  "jwt.decode_complete": DECODES,
  "jwt.api_jwt.decode": DECODES,
  "jwt.get_unverified_header": UNSIGNED,
  "jwt.PyJWT": gives("jwt.PyJWT"),
  "jwt.PyJWT.decode": DECODES,
  "jwt.PyJWT.encode": ENCODES,
  "jwt.PyJWKClient": gives("jwt.PyJWKClient"),
};

const jose: Record<string, SymbolModel> = {
  "jose.jwt.decode": does(CLAIMS),
  "jose.jwt.encode": SILENT,
  "jose.jws.verify": does({
    ...CLAIMS,
    misuses: [wrong("signature-unverified", is(argument(3, "verify"), false))],
  }),
  ...each(
    "jose",
    "jwt.get_unverified_claims jwt.get_unverified_header jwt.get_unverified_headers jws.get_unverified_claims jws.get_unverified_header",
    UNSIGNED,
  ),
};

const WEB_TOKEN = "authlib.jose.JsonWebToken";
const authlib: Record<string, SymbolModel> = {
  "authlib.jose.jwt": { member: { type: WEB_TOKEN } },
  [WEB_TOKEN]: gives(WEB_TOKEN),
  [`${WEB_TOKEN}.decode`]: does({ ...CLAIMS, returns: "authlib.jose.JWTClaims" }),
  [`${WEB_TOKEN}.encode`]: SILENT,
  ...each(
    "authlib.jose.JWTClaims",
    "validate validate_aud validate_exp",
    does({ decides: "authentication" }),
  ),
};

const SIGNER = "itsdangerous.Signer";
const SERIALIZER = "itsdangerous.Serializer";
const itsdangerous: Record<string, SymbolModel> = {
  [SIGNER]: gives(SIGNER),
  "itsdangerous.TimestampSigner": { ...gives(SIGNER), extends: [SIGNER] },
  [`${SIGNER}.unsign`]: does({ decides: "signature" }),
  [`${SIGNER}.validate`]: does({ decides: "signature" }),
  [`${SIGNER}.sign`]: SILENT,
  [SERIALIZER]: gives(SERIALIZER),
  ...each(
    "itsdangerous",
    "JSONWebSignatureSerializer TimedJSONWebSignatureSerializer TimedSerializer URLSafeSerializer URLSafeTimedSerializer",
    { ...gives(SERIALIZER), extends: [SERIALIZER] },
  ),
  ...each(SERIALIZER, "load loads", does({ decides: "signature" })),
  ...each(SERIALIZER, "load_unsafe loads_unsafe", UNSIGNED),
  ...each(SERIALIZER, "dump dumps", SILENT),
};

const oauth: Record<string, SymbolModel> = {
  ...each(
    "oauthlib.oauth2.RequestValidator",
    "authenticate_client validate_bearer_token validate_client_id validate_code validate_grant_type validate_redirect_uri validate_refresh_token validate_scopes validate_user",
    does({ decides: "authentication" }),
  ),
  "oauthlib.oauth2.Server.verify_request": does({ decides: "authorization" }),
  ...each(
    "oauthlib.oauth1.rfc5849.signature",
    "verify_hmac_sha1 verify_rsa_sha1 verify_plaintext",
    does({
      decides: "signature",
    }),
  ),
};

export const tokens: LibraryModel = {
  library: "tokens",
  symbols: { ...jwt, ...jose, ...authlib, ...itsdangerous, ...oauth },
};
