// Every rule there is: a new one is a file beside this and a line here.

import { anonymousBind } from "./anonymous-bind.js";
import { archiveExtraction } from "./archive-extraction.js";
import { argumentInjection } from "./argument-injection.js";
import { assertAsValidation } from "./assert-as-validation.js";
import { attributeInjection } from "./attribute-injection.js";
import { autoescapeOff } from "./autoescape-off.js";
import { bindsAllInterfaces } from "./binds-all-interfaces.js";
import { blockingInCoroutine } from "./blocking-in-coroutine.js";
import { clearTextProtocol } from "./clear-text-protocol.js";
import { codeInjection } from "./code-injection.js";
import { commandInjection } from "./command-injection.js";
import { configLineInjection } from "./config-line-injection.js";
import { constantNonce } from "./constant-nonce.js";
import { corsWildcard } from "./cors-wildcard.js";
import { crossSiteScripting } from "./cross-site-scripting.js";
import { csrfExempt } from "./csrf-exempt.js";
import { csvFormulaInjection } from "./csv-formula-injection.js";
import { debugMode } from "./debug-mode.js";
import { exposedError } from "./exposed-error.js";
import { failsOpen } from "./fails-open.js";
import { finallyDiscardsException } from "./finally-discards-exception.js";
import { formatStringInjection } from "./format-string-injection.js";
import { hardCodedSecret } from "./hard-coded-secret.js";
import { headerInjection } from "./header-injection.js";
import { ignoredRevocation } from "./ignored-revocation.js";
import { incompleteReraise } from "./incomplete-reraise.js";
import { insecureCookie } from "./insecure-cookie.js";
import { insecureRandom } from "./insecure-random.js";
import { ldapInjection } from "./ldap-injection.js";
import { lockNotReleased } from "./lock-not-released.js";
import { lockOrder } from "./lock-order.js";
import { lockTakenTwice } from "./lock-taken-twice.js";
import { logInjection } from "./log-injection.js";
import { mailHeaderInjection } from "./mail-header-injection.js";
import { massAssignment } from "./mass-assignment.js";
import { missingAuthorization } from "./missing-authorization.js";
import { missingRollback } from "./missing-rollback.js";
import { missingTimeout } from "./missing-timeout.js";
import { nosqlInjection } from "./nosql-injection.js";
import { openRedirect } from "./open-redirect.js";
import { partialHostCheck } from "./partial-host-check.js";
import { pathTraversal } from "./path-traversal.js";
import { permissionsSetLate } from "./permissions-set-late.js";
import { permissiveMode } from "./permissive-mode.js";
import { predictableTemporaryFile } from "./predictable-temporary-file.js";
import { refusalSwallowed } from "./refusal-swallowed.js";
import { regexInjection } from "./regex-injection.js";
import { removedAuthorization } from "./removed-authorization.js";
import { removedLimit } from "./removed-limit.js";
import { removedLock } from "./removed-lock.js";
import { removedMasking } from "./removed-masking.js";
import { removedQueryParameters } from "./removed-query-parameters.js";
import { removedRelease } from "./removed-release.js";
import { removedSanitizer } from "./removed-sanitizer.js";
import { removedValidation } from "./removed-validation.js";
import { removedVerification } from "./removed-verification.js";
import { resourceLeak } from "./resource-leak.js";
import type { Rule } from "./rule.js";
import { secretInArguments } from "./secret-in-arguments.js";
import { secretInException } from "./secret-in-exception.js";
import { secretInRepr } from "./secret-in-repr.js";
import { secretInResponse } from "./secret-in-response.js";
import { secretInUrl } from "./secret-in-url.js";
import { secretLogged } from "./secret-logged.js";
import { serverSideRequestForgery } from "./server-side-request-forgery.js";
import { silencedFailure } from "./silenced-failure.js";
import { sqlIdentifierInjection } from "./sql-identifier-injection.js";
import { sqlInjection } from "./sql-injection.js";
import { superLinearRegex } from "./super-linear-regex.js";
import { swallowedError } from "./swallowed-error.js";
import { swallowedInTransaction } from "./swallowed-in-transaction.js";
import { swallowsExit } from "./swallows-exit.js";
import { templateInjection } from "./template-injection.js";
import { timingUnsafeComparison } from "./timing-unsafe-comparison.js";
import { unanchoredValidation } from "./unanchored-validation.js";
import { unexaminedTask } from "./unexamined-task.js";
import { unfilteredExtraction } from "./unfiltered-extraction.js";
import { unmarkedSecretOption } from "./unmarked-secret-option.js";
import { unsafeDeserialization } from "./unsafe-deserialization.js";
import { unsafeLoader } from "./unsafe-loader.js";
import { unsafeXmlParser } from "./unsafe-xml-parser.js";
import { unscopedLookup } from "./unscoped-lookup.js";
import { unusedVerification } from "./unused-verification.js";
import { unverifiedCertificate } from "./unverified-certificate.js";
import { unverifiedHostKey } from "./unverified-host-key.js";
import { unverifiedSignature } from "./unverified-signature.js";
import { weakCipher } from "./weak-cipher.js";
import { weakHash } from "./weak-hash.js";
import { weakKey } from "./weak-key.js";
import { weakTlsVersion } from "./weak-tls-version.js";
import { widenedHandler } from "./widened-handler.js";
import { xmlExternalEntities } from "./xml-external-entities.js";
import { xpathInjection } from "./xpath-injection.js";
import { xsltInjection } from "./xslt-injection.js";

export const RULES: readonly Rule[] = [
  archiveExtraction,
  argumentInjection,
  attributeInjection,
  blockingInCoroutine,
  lockOrder,
  lockTakenTwice,
  codeInjection,
  commandInjection,
  configLineInjection,
  crossSiteScripting,
  csvFormulaInjection,
  formatStringInjection,
  headerInjection,
  ldapInjection,
  lockNotReleased,
  logInjection,
  mailHeaderInjection,
  massAssignment,
  missingAuthorization,
  missingTimeout,
  nosqlInjection,
  openRedirect,
  pathTraversal,
  regexInjection,
  resourceLeak,
  serverSideRequestForgery,
  sqlIdentifierInjection,
  sqlInjection,
  templateInjection,
  unsafeDeserialization,
  unscopedLookup,
  xmlExternalEntities,
  xpathInjection,
  xsltInjection,
  failsOpen,
  finallyDiscardsException,
  ignoredRevocation,
  incompleteReraise,
  missingRollback,
  refusalSwallowed,
  silencedFailure,
  swallowedInTransaction,
  swallowsExit,
  unexaminedTask,
  removedValidation,
  removedSanitizer,
  removedVerification,
  removedAuthorization,
  removedQueryParameters,
  removedMasking,
  removedRelease,
  removedLimit,
  removedLock,
  widenedHandler,
  autoescapeOff,
  constantNonce,
  debugMode,
  insecureCookie,
  insecureRandom,
  superLinearRegex,
  unanchoredValidation,
  unsafeXmlParser,
  unverifiedCertificate,
  unverifiedHostKey,
  unverifiedSignature,
  weakCipher,
  weakHash,
  weakKey,
  weakTlsVersion,
  exposedError,
  hardCodedSecret,
  permissionsSetLate,
  secretInArguments,
  secretInException,
  secretInRepr,
  secretInResponse,
  secretInUrl,
  secretLogged,
  timingUnsafeComparison,
  unmarkedSecretOption,
  swallowedError,
  anonymousBind,
  bindsAllInterfaces,
  clearTextProtocol,
  corsWildcard,
  csrfExempt,
  permissiveMode,
  predictableTemporaryFile,
  unfilteredExtraction,
  unsafeLoader,
  assertAsValidation,
  partialHostCheck,
  unusedVerification,
];
