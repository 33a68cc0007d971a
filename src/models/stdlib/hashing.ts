// Hashes, random numbers, encodings and passwords: hashlib, hmac, secrets, random, uuid, base64, binascii, getpass.
// Facts: https://docs.python.org/3/library/hashlib.html, https://docs.python.org/3/library/hmac.html,
// https://docs.python.org/3/library/secrets.html, https://docs.python.org/3/library/random.html,
// https://docs.python.org/3/library/base64.html, https://docs.python.org/3/library/uuid.html
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "../model.js";
import { absentOr, does, FIRST, gives, is, PUNCTUATION_KINDS, SILENT, wrong, yields } from "../shorthand.js";

const HASH = "hashlib.Hash";
const WEAK = "md2 md4 md5 sha sha1 MD4 MD5 SHA SHA1 sha-1 SHA-1".split(" ");
/** "Not for security" said in the call. */
const FOR_SECURITY = absentOr(keyword("usedforsecurity"), true);
const STRONG_NAMES =
  "sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 shake_128 shake_256 blake2b blake2s";
const WEAK_HASH: SymbolModel = gives(HASH, { misuses: [wrong("weak-hash", FOR_SECURITY)] });

const hashes: Record<string, SymbolModel> = {
  [HASH]: {},
  ...each("hashlib", "md5 sha1", WEAK_HASH),
  ...each("hashlib", STRONG_NAMES, gives(HASH)),
  "hashlib.new": gives(HASH, {
    misuses: [wrong("weak-hash", is(argument(0, "name"), ...WEAK), FOR_SECURITY)],
  }),
  "hashlib.file_digest": gives(HASH, { misuses: [wrong("weak-hash", is(argument(1, "digest"), ...WEAK))] }),
  ...each(HASH, "digest hexdigest copy update", SILENT),
  "hashlib.pbkdf2_hmac": does({
    misuses: [
      wrong("weak-key", { argument: argument(3, "iterations"), below: 100_000 }),
      wrong("constant-nonce", { argument: argument(2, "salt"), not: [] }),
    ],
  }),
  "hashlib.scrypt": does({ misuses: [wrong("constant-nonce", { argument: keyword("salt"), not: [] })] }),
  ...each("md5", "md5 new", WEAK_HASH),
  ...each("sha", "sha new", WEAK_HASH),
  "hmac.new": gives("hmac.HMAC", {
    misuses: [wrong("weak-hash", is(argument(2, "digestmod"), "md4", "md5", "MD5"))],
  }),
  "hmac.digest": SILENT,
  ...each("hmac.HMAC", "digest hexdigest copy update", SILENT),
  "hmac.compare_digest": does({ decides: "signature" }),
  "secrets.compare_digest": does({ decides: "signature" }),
  "crypt.crypt": does({ misuses: [wrong("weak-hash", { argument: argument(1, "salt"), not: [] })] }),
};

const GUESSABLE = { misuses: [wrong("insecure-random")] };
const PICKS = "choice choices sample";
const NUMBERS =
  "betavariate expovariate gauss getrandbits normalvariate randbytes randint random randrange triangular uniform";

const chance: Record<string, SymbolModel> = {
  ...each("random", NUMBERS, does(GUESSABLE)),
  ...each("random", PICKS, { call: { propagates: [argument(0)], ...GUESSABLE } }),
  "random.shuffle": does(GUESSABLE),
  "random.seed": SILENT,
  ...each("random.Random", NUMBERS, does(GUESSABLE)),
  ...each("random.Random", PICKS, { call: { propagates: [argument(0)], ...GUESSABLE } }),
  "random.Random.shuffle": does(GUESSABLE),
  ...each("random.SystemRandom", `${NUMBERS} shuffle`, SILENT),
  ...each("random.SystemRandom", PICKS, FIRST),
  ...each("secrets", "token_bytes token_hex token_urlsafe", yields("secret")),
  "secrets.choice": FIRST,
  ...each("secrets", "randbelow randbits", SILENT),
  ...each("secrets.SystemRandom", `${NUMBERS} shuffle`, SILENT),
  ...each("secrets.SystemRandom", PICKS, FIRST),
  "uuid.UUID": gives("uuid.UUID"),
  ...each("uuid", "uuid1 uuid3 uuid4 uuid5 uuid6 uuid7 uuid8", gives("uuid.UUID")),
};

const ENCODES: SymbolModel = {
  call: { propagates: [argument(0)], returns: "builtins.bytes", sanitizes: PUNCTUATION_KINDS },
};
/** Letters and digits only. */
const ENCODES_PLAIN: SymbolModel = {
  call: { propagates: [argument(0)], returns: "builtins.bytes", sanitizes: "all" },
};
const DECODES: SymbolModel = {
  call: { propagates: [argument(0)], returns: "builtins.bytes", exposes: "all" },
};

const encodings: Record<string, SymbolModel> = {
  // The first of these break lines.
  ...each("base64", "encodestring encodebytes", FIRST),
  ...each("base64", "b64encode standard_b64encode urlsafe_b64encode", ENCODES),
  ...each("base64", "b16encode b32encode b32hexencode", ENCODES_PLAIN),
  ...each(
    "base64",
    "a85decode b16decode b32decode b32hexdecode b64decode b85decode decodebytes decodestring",
    DECODES,
  ),
  ...each("base64", "standard_b64decode urlsafe_b64decode z85decode", DECODES),
  ...each("base64", "a85encode b85encode z85encode", FIRST),
  ...each("binascii", "hexlify b2a_hex", ENCODES_PLAIN),
  ...each("binascii", "unhexlify a2b_hex a2b_base64", DECODES),
  "binascii.b2a_base64": FIRST,
  "binascii.crc32": SILENT,
};

const passwords: Record<string, SymbolModel> = {
  "getpass.getpass": yields("secret", { waits: { on: "user", unlimitedWhen: [] } }),
  "getpass.getuser": yields("local"),
  "keyring.get_password": yields("secret"),
  "keyring.get_credential": yields("secret"),
  ...each("keyring", "set_password delete_password", SILENT),
};

export const hashing: LibraryModel = {
  library: "hashing",
  symbols: { ...hashes, ...chance, ...encodings, ...passwords },
};
