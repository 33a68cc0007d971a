// Options that protect, by the names under which libraries take them: in a call or in a dictionary.
import type { Protection } from "./loss.js";

export interface Protective {
  readonly protection: Protection;
  readonly did: string;
  /** Values that protect; without it, all but `None`. */
  readonly value?: RegExp;
  /** Only of calls of this name. */
  readonly of?: RegExp;
  /** Only where the function, of the repository, does without it by default. */
  readonly isDefault?: true;
  /** Normal text of a new statement that looks after it otherwise. */
  readonly unless?: RegExp;
}

const PROTECTIVE: Readonly<Record<string, Protective>> = {
  timeout: { protection: "timeout", did: "bounds the wait" },
  connect_timeout: { protection: "timeout", did: "bounds the wait" },
  read_timeout: { protection: "timeout", did: "bounds the wait" },
  max_length: { protection: "limit", did: "bounds the size" },
  max_size: { protection: "limit", did: "bounds the size" },
  max_bytes: { protection: "limit", did: "bounds the size" },
  max_content_length: { protection: "limit", did: "bounds the size" },
  check_hostname: { protection: "verification", did: "checks the host", value: /^True$/ },
  cert_reqs: { protection: "verification", did: "asks for a certificate", value: /REQUIRED/ },
  verify_signature: { protection: "verification", did: "verifies the signature", value: /^True$/ },
  algorithms: { protection: "verification", did: "fixes the algorithms", of: /decode/ },
  usedforsecurity: { protection: "verification", did: "says what the hash is for", value: /^True$/ },
  secure: { protection: "masking", did: "keeps the cookie to HTTPS", value: /^True$/, of: /cookie/ },
  httponly: { protection: "masking", did: "keeps the cookie from scripts", value: /^True$/, of: /cookie/ },
  autoescape: { protection: "sanitizer", did: "escapes what templates show" },
  write_only: { protection: "masking", did: "keeps the field out of answers", value: /^True$/ },
  raise_exception: {
    protection: "validation",
    did: "makes failed validation an error",
    value: /^True$/,
    of: /is_valid/,
  },
  filter: { protection: "validation", did: "refuses unsafe members", of: /^extract(all)?$/ },
  check: {
    protection: "errors",
    did: "makes a failed command an error",
    value: /^True$/,
    of: /^run$/,
    unless: /returncode|check_returncode/,
  },
  max_age: {
    protection: "verification",
    did: "refuses what is too old",
    of: /^(loads|unsign|get_signed_cookie)$/,
  },
  allow_redirects: {
    protection: "verification",
    did: "stays at the address that was asked for",
    value: /^False$/,
    of: /^(get|post|put|head|request)$/,
  },
  verify: { protection: "verification", did: "verifies the peer", value: /^True$/, isDefault: true },
  verify_ssl: { protection: "verification", did: "verifies the peer", value: /^True$/, isDefault: true },
  validate: { protection: "validation", did: "has the value checked", value: /^True$/, isDefault: true },
  repr: {
    protection: "masking",
    did: "keeps the field from being printed",
    value: /^False$/,
    of: /^(field|Field|attrib|ib)$/,
  },
  exclude: {
    protection: "masking",
    did: "leaves secrets out",
    value: /passw|secret|token|private|credential/i,
  },
  samesite: { protection: "masking", did: "keeps the cookie to its site", of: /cookie/ },
  max_redirects: { protection: "limit", did: "bounds the redirects" },
  max_depth: { protection: "limit", did: "bounds the depth" },
  resolve_entities: { protection: "verification", did: "ignores entities", value: /^False$/ },
};

/** Keywords by which loggers and runners are told what to hide (`nolog=`, `mask_inputs_keys=`). */
const HIDES =
  /^(no_?log(_\w+)?|hide_(input|passwords?|parameters|values|secrets?)|is_sensitive|sensitive|(mask|redact|scrub|obfuscate|censor|anonymi[sz]e)_(\w+_)?(keys?|inputs?|outputs?|secrets?|passwords?|fields?|params|parameters|values|headers|credentials|patterns?|logs?))$/;

/** What an option of this name protects; undefined for any other. */
export function protectiveOf(name: string): Protective | undefined {
  if (Object.hasOwn(PROTECTIVE, name)) return PROTECTIVE[name];
  return HIDES.test(name) ? HIDING : undefined;
}

const HIDING: Protective = {
  protection: "masking",
  did: "keeps secrets out of what is shown",
  value: /^(?!None$|False$|0$|[[({][\])}]$)/,
};
