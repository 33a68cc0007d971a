// Ciphers, keys and hashes: cryptography, pycryptodome (Crypto, Cryptodome), nacl, rsa, bcrypt, passlib.
// Facts: https://cryptography.io/en/latest/, https://pycryptodome.readthedocs.io/en/latest/,
// https://pynacl.readthedocs.io/en/latest/, https://stuvel.eu/python-rsa-doc/, https://passlib.readthedocs.io/en/stable/
import {
  argument,
  each,
  keyword,
  type LibraryModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";
import { does, gives, moved, refersTo, SILENT, wrong } from "./shorthand.js";

const PRIMITIVES = "cryptography.hazmat.primitives";
const ASYMMETRIC = `${PRIMITIVES}.asymmetric`;
const CIPHERS = `${PRIMITIVES}.ciphers`;
const DECAYED = `cryptography.hazmat.decrepit.ciphers`;

/** A key of fewer bits than an attacker with a budget needs. */
function keySize(place: WrittenArgument, below = 2048) {
  return { misuses: [wrong("weak-key", { argument: place, below })] };
}

/** Written in the program, and so the same for every message. */
function constantNonce(...places: readonly WrittenArgument[]) {
  return places.map((place) => wrong("constant-nonce", { argument: place, not: [null] }));
}

const WEAK_CIPHER: SymbolModel = does({ misuses: [wrong("weak-cipher")] });
const VERIFIES: SymbolModel = does({ decides: "signature" });
const DECRYPTS: SymbolModel = { call: { propagates: [argument(0)], decides: "signature" } };

/** Encryption that also signs: its nonce must never come twice. */
function aead(name: string): Record<string, SymbolModel> {
  const type = `${CIPHERS}.aead.${name}`;
  return {
    [type]: gives(type),
    [`${type}.encrypt`]: does({ misuses: constantNonce(argument(0, "nonce")) }),
    [`${type}.decrypt`]: { call: { propagates: [argument(1, "data")], decides: "signature" } },
  };
}

const cryptography: Record<string, SymbolModel> = {
  [`${ASYMMETRIC}.rsa.generate_private_key`]: gives(
    `${ASYMMETRIC}.rsa.RSAPrivateKey`,
    keySize(argument(1, "key_size")),
  ),
  [`${ASYMMETRIC}.dsa.generate_private_key`]: gives(
    `${ASYMMETRIC}.dsa.DSAPrivateKey`,
    keySize(argument(0, "key_size")),
  ),
  [`${ASYMMETRIC}.ec.generate_private_key`]: does({
    misuses: [
      wrong(
        "weak-key",
        refersTo(
          argument(0, "curve"),
          ...["SECP192R1", "SECT163K1", "SECT163R2"].map((curve) => `${ASYMMETRIC}.ec.${curve}`),
        ),
      ),
    ],
  }),
  ...each(`${ASYMMETRIC}.rsa.RSAPublicKey`, "verify", VERIFIES),
  ...each(`${ASYMMETRIC}.dsa.DSAPublicKey`, "verify", VERIFIES),
  ...each(`${ASYMMETRIC}.ec.EllipticCurvePublicKey`, "verify", VERIFIES),
  ...each(`${ASYMMETRIC}.ed25519.Ed25519PublicKey`, "verify", VERIFIES),
  ...each(
    `${PRIMITIVES}.hashes`,
    "MD5 SHA1",
    gives(`${PRIMITIVES}.hashes.HashAlgorithm`, {
      misuses: [wrong("weak-hash")],
    }),
  ),
  ...each(`${CIPHERS}.algorithms`, "ARC4 Blowfish CAST5 IDEA RC2 SEED TripleDES", WEAK_CIPHER),
  ...each(`${DECAYED}.algorithms`, "ARC4 Blowfish CAST5 IDEA RC2 SEED TripleDES", WEAK_CIPHER),
  [`${CIPHERS}.modes.ECB`]: WEAK_CIPHER,
  ...each(
    `${CIPHERS}.modes`,
    "CBC CFB CFB8 OFB",
    does({
      misuses: constantNonce(argument(0, "initialization_vector")),
    }),
  ),
  [`${CIPHERS}.modes.CTR`]: does({ misuses: constantNonce(argument(0, "nonce")) }),
  [`${CIPHERS}.modes.GCM`]: does({ misuses: constantNonce(argument(0, "initialization_vector")) }),
  ...Object.assign({}, ...["AESGCM", "AESCCM", "AESGCMSIV", "AESOCB3", "ChaCha20Poly1305"].map(aead)),
  [`${PRIMITIVES}.kdf.pbkdf2.PBKDF2HMAC`]: gives(`${PRIMITIVES}.kdf.pbkdf2.PBKDF2HMAC`, {
    misuses: [
      ...constantNonce(argument(2, "salt")),
      wrong("weak-key", { argument: argument(3, "iterations"), below: 100_000 }),
    ],
  }),
  [`${PRIMITIVES}.kdf.scrypt.Scrypt`]: gives(`${PRIMITIVES}.kdf.scrypt.Scrypt`, {
    misuses: constantNonce(argument(0, "salt")),
  }),
  ...each(`${PRIMITIVES}.kdf.pbkdf2.PBKDF2HMAC`, "verify", does({ decides: "authentication" })),
  ...each(`${PRIMITIVES}.kdf.scrypt.Scrypt`, "verify", does({ decides: "authentication" })),
  [`${PRIMITIVES}.hmac.HMAC`]: gives(`${PRIMITIVES}.hmac.HMAC`),
  [`${PRIMITIVES}.hmac.HMAC.verify`]: VERIFIES,
  [`${PRIMITIVES}.constant_time.bytes_eq`]: VERIFIES,
  "cryptography.fernet.Fernet": gives("cryptography.fernet.Fernet"),
  "cryptography.fernet.MultiFernet": {
    ...gives("cryptography.fernet.Fernet"),
    extends: ["cryptography.fernet.Fernet"],
  },
  "cryptography.fernet.Fernet.generate_key": does({ source: "secret" }),
  "cryptography.fernet.Fernet.encrypt": SILENT,
  "cryptography.fernet.Fernet.decrypt": DECRYPTS,
};

const CRYPTO = "Crypto";
const CIPHER = "Crypto.Cipher.Object";
/** The modes by name; positions are `new(key, mode, iv)`. */
const ECB = ["Crypto.Cipher.AES.MODE_ECB", "Cryptodome.Cipher.AES.MODE_ECB"];
const NONCES = constantNonce(argument(2, "iv"), keyword("nonce"), keyword("IV"));
const WEAK_CIPHER_OBJECT = gives(CIPHER, { misuses: [wrong("weak-cipher"), ...NONCES] });

const pycryptodome: Record<string, SymbolModel> = {
  [`${CRYPTO}.Cipher.AES.new`]: gives(CIPHER, {
    misuses: [
      wrong("weak-cipher", { argument: argument(1, "mode"), refersTo: ECB }),
      wrong("weak-cipher", { argument: argument(1, "mode"), is: [1] }),
      ...NONCES,
    ],
  }),
  ...each(`${CRYPTO}.Cipher`, "DES.new DES3.new Blowfish.new CAST.new ARC2.new", WEAK_CIPHER_OBJECT),
  ...each(`${CRYPTO}.Cipher`, "ARC4.new XOR.new", gives(CIPHER, { misuses: [wrong("weak-cipher")] })),
  ...each(
    `${CRYPTO}.Cipher`,
    "ChaCha20.new ChaCha20_Poly1305.new Salsa20.new",
    gives(CIPHER, {
      misuses: constantNonce(keyword("nonce")),
    }),
  ),
  [`${CIPHER}.decrypt`]: { call: { propagates: [argument(0)] } },
  [`${CIPHER}.decrypt_and_verify`]: DECRYPTS,
  [`${CIPHER}.verify`]: VERIFIES,
  ...each(CIPHER, "digest encrypt encrypt_and_digest hexdigest update", SILENT),
  ...each(
    `${CRYPTO}.Hash`,
    "MD2.new MD4.new MD5.new SHA.new SHA1.new",
    gives("hashlib.Hash", {
      misuses: [wrong("weak-hash")],
    }),
  ),
  ...each(
    `${CRYPTO}.Hash`,
    "SHA224.new SHA256.new SHA384.new SHA512.new SHA3_256.new SHA3_512.new",
    gives("hashlib.Hash"),
  ),
  ...each(
    `${CRYPTO}.PublicKey`,
    "RSA.generate DSA.generate ElGamal.generate",
    does(keySize(argument(0, "bits"))),
  ),
  [`${CRYPTO}.Protocol.KDF.PBKDF2`]: does({
    misuses: [
      ...constantNonce(argument(1, "salt")),
      wrong("weak-key", { argument: argument(3, "count"), missing: true, below: 100_000 }),
    ],
  }),
  [`${CRYPTO}.Protocol.KDF.scrypt`]: does({ misuses: constantNonce(argument(1, "salt")) }),
  ...each(
    `${CRYPTO}.Signature`,
    "pkcs1_15.new pss.new PKCS1_v1_5.new PKCS1_PSS.new",
    gives("Crypto.Signature.Scheme"),
  ),
  "Crypto.Signature.Scheme.verify": VERIFIES,
  [`${CRYPTO}.Random.get_random_bytes`]: SILENT,
};

const BOX = "nacl.secret.SecretBox";
const nacl: Record<string, SymbolModel> = {
  ...each("nacl", "secret.SecretBox secret.Aead public.Box public.SealedBox", {
    ...gives(BOX),
    extends: [BOX],
  }),
  [BOX]: gives(BOX),
  [`${BOX}.encrypt`]: does({ misuses: constantNonce(argument(1, "nonce")) }),
  [`${BOX}.decrypt`]: DECRYPTS,
  "nacl.signing.VerifyKey": gives("nacl.signing.VerifyKey"),
  "nacl.signing.VerifyKey.verify": DECRYPTS,
  ...each("nacl.pwhash", "verify argon2id.verify scrypt.verify", does({ decides: "authentication" })),
  "nacl.utils.random": SILENT,
};

const passwords: Record<string, SymbolModel> = {
  "rsa.newkeys": does(keySize(argument(0, "nbits"))),
  "rsa.verify": VERIFIES,
  "rsa.decrypt": { call: { propagates: [argument(0)] } },
  ...each("bcrypt", "checkpw", does({ decides: "authentication" })),
  "bcrypt.hashpw": does({ misuses: constantNonce(argument(1, "salt")) }),
  "bcrypt.gensalt": does({ misuses: [wrong("weak-key", { argument: argument(0, "rounds"), below: 10 })] }),
  "passlib.context.CryptContext": gives("passlib.context.CryptContext"),
  ...each("passlib.context.CryptContext", "verify verify_and_update", does({ decides: "authentication" })),
  ...each("passlib.context.CryptContext", "encrypt hash needs_update", SILENT),
  ...each(
    "passlib.hash",
    "argon2.verify bcrypt.verify pbkdf2_sha256.verify pbkdf2_sha512.verify scrypt.verify sha256_crypt.verify sha512_crypt.verify",
    does({ decides: "authentication" }),
  ),
  ...each(
    "passlib.hash",
    "argon2.hash bcrypt.hash pbkdf2_sha256.hash pbkdf2_sha512.hash scrypt.hash",
    SILENT,
  ),
  ...each(
    "passlib.hash",
    "des_crypt.hash hex_md5.hash hex_sha1.hash ldap_md5.hash ldap_sha1.hash lmhash.hash md5_crypt.hash nthash.hash plaintext.hash",
    does({ misuses: [wrong("weak-hash")] }),
  ),
  "argon2.PasswordHasher": gives("argon2.PasswordHasher"),
  "argon2.PasswordHasher.verify": does({ decides: "authentication" }),
  "argon2.PasswordHasher.hash": SILENT,
};

export const crypto: LibraryModel = {
  library: "crypto",
  symbols: {
    ...cryptography,
    ...pycryptodome,
    ...moved(pycryptodome, CRYPTO, "Cryptodome"),
    ...nacl,
    ...passwords,
  },
};
