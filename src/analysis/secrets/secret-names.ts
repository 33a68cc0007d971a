// Names that say that what they hold is secret: by their words, with the words around them that say otherwise.
import { wordsOf } from "../../base/words.js";

/** A word that is enough. */
const SECRET = new Set(
  "password passwd passphrase passcode pwd secret secrets credential credentials apikey privatekey authtoken accesstoken passwords".split(
    " ",
  ),
);
/** What makes a key, token or code a secret one. */
const QUALIFIES = new Set(
  "api private secret signing encryption access auth authorization authentication session master ssh aws client shared refresh bearer csrf xsrf jwt oauth oauth2 personal reset login service admin bot webhook account decryption hmac fernet".split(
    " ",
  ),
);
const QUALIFIED = new Set(["key", "token", "tokens", "cookie", "cookies"]);
/** URLs in which credentials stand. */
const CONNECTS = new Set(
  "db database broker redis amqp mongo mongodb postgres postgresql mysql sqlalchemy rabbitmq transport".split(
    " ",
  ),
);
const ADDRESS = new Set(["url", "uri", "dsn"]);

/** What is said about a secret, and is none: its number, age, place, rules, or a question about it. */
const HARMLESS = new Set(
  `count name names type types id ids url uri urls path paths file files filename dir folder field fields length len
   size max min num number expiry expire expires expired expiration ttl timeout lifetime age at date time changed
   created updated modified required enabled disabled valid invalid is has have had use uses using used need needs
   check checked checks verify verified validate validated policy policies validator validators form forms hash hashed
   hasher hashes digest public prompt label help prefix suffix index position error errors exception exceptions status
   state manager store storage provider backend class cls model serializer view template regex pattern algorithm alg
   strength hint set column param params parameter env var variable getter setter callback function func handler
   endpoint method version match matches matched mismatch missing reset forgot forgotten generator factory usage limit
   limits scope scopes scheme format encoding bits rotation mask masked redacted encrypted ciphertext test fake dummy
   placeholder example title text message msg description subject link page kind mode option options input widget
   protected free less based ok fail failed success result results flag flags attempts retries history visible show
   hide hidden visibility location ref reference arn alias row rows table list`
    .split(/\s+/)
    .filter(Boolean),
);
/** What credentials say besides their secret: whose they are, and where they are used. */
const PUBLIC_PARTS = new Set(
  "username user login email domain host hostname server port region zone account tenant project organization org bucket issuer audience subject".split(
    " ",
  ),
);
/** Names of actions: what they give is another question. */
const ACTS = new Set(
  "get set check verify validate change update create generate make delete remove load save read write require requires ask send show handle on do must can should no not without".split(
    " ",
  ),
);

/** Names under which a token is a secret: of modules and functions that deal with who somebody is. */
const ACCESS_CONTEXT =
  /auth|login|signin|session|oauth|jwt|account|security|registration|invit|reset|webhook|credential|identity|saml|oidc|sso|totp|otp|mfa/i;

/** No name without one of these is one of a secret: most names need no closer look. */
const HINTS = new RegExp([...SECRET, ...QUALIFIED, ...ADDRESS].join("|"), "i");

/** Does this name of a value say that the value is secret? `context`: the dotted name and path around it. */
export function namesSecret(name: string, context: string): boolean {
  if (!HINTS.test(name)) return false;
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || words.length > 5 || ACTS.has(words[0]!)) return false;
  if (ADDRESS.has(last) && words.length > 1) return CONNECTS.has(words.at(-2)!);
  if (last === "dsn") return true;
  if (words.some((word) => HARMLESS.has(word))) {
    // "reset_token" and "encryption_key" are secrets although the first word alone is harmless.
    const rest = words.filter((word) => !HARMLESS.has(word));
    return last === "token" && words.length === 2 && words[0] === "reset" && rest.length === 1;
  }
  if (words.some((word) => SECRET.has(word))) return !isClassName(name);
  if (QUALIFIED.has(last)) {
    if (words.length > 1) return QUALIFIES.has(words.at(-2)!) && !isClassName(name);
    return last === "token" && ACCESS_CONTEXT.test(context);
  }
  return false;
}

/** `PasswordField` is a class, `API_KEY` is not. */
function isClassName(name: string): boolean {
  return /^[A-Z][a-z]/.test(name);
}

const HEADERS = /^(proxy-)?authorization$|^cookie$|^set-cookie$|^x-[a-z-]*(token|key|secret|auth)$/i;

/** Does what stands under this key of a mapping have to stay secret: "password", "Authorization"? */
export function keyIsSecret(key: string, context: string): boolean {
  return HEADERS.test(key) || (/^[\w.\- ]+$/.test(key) && namesSecret(key, context));
}

const MASKS =
  /mask|redact|saniti[sz]e|scrub|obfuscat|censor|anonymi[sz]|hash|digest|encrypt|crypt$|fingerprint|hide|strip_?\w*(pass|secret|cred|url)|safe_?(url|repr|uri|str|dict)|without_?(pass|secret|cred)|remove_?\w*(pass|secret|cred)|truncat|shorten|sign\b|hexdigest|quote_password|filter|clean/i;

/** Is what a function of this name gives no longer secret: masked, hashed, encrypted? */
export function masksSecrets(functionName: string): boolean {
  return MASKS.test(functionName);
}

const CONTENT = new Set(
  "value values data raw content body payload key keys token tokens auth code pem pin".split(" "),
);

/** May the entry of credentials or secrets under this key be the secret itself? One that says something else is not. */
export function mayHoldSecret(key: string): boolean {
  const words = wordsOf(key);
  return words.some((word) => CONTENT.has(word) || SECRET.has(word)) && !partIsPublic(key);
}

/** Is the member of this name of credentials or secrets for everybody: `credential.username`, `secret.arn`? */
export function partIsPublic(name: string): boolean {
  const words = wordsOf(name);
  return (
    words.some((word) => HARMLESS.has(word) || PUBLIC_PARTS.has(word)) &&
    !words.some((word) => SECRET.has(word))
  );
}

const FETCHES = new Set(
  "get load read fetch generate create make new retrieve find lookup decrypt ask".split(" "),
);

/** Does a function of this name give a secret: `get_password()`, `load_private_key()`? */
export function givesSecret(functionName: string, context: string): boolean {
  const words = wordsOf(functionName);
  if (!FETCHES.has(words[0] ?? "") || words.length < 2 || words.length > 4) return false;
  const rest = words.slice(1).join("_");
  return rest !== "token" && rest !== "credentials" && namesSecret(rest, context);
}
