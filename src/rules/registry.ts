// Every rule there is: a new one is a file beside this and a line here.

import { anonymousBind } from "./access-control/anonymous-bind.js";
import { anyOrigin } from "./access-control/any-origin.js";
import { corsWildcard } from "./access-control/cors-wildcard.js";
import { csrfExempt } from "./access-control/csrf-exempt.js";
import { lateAccessCheck } from "./access-control/late-access-check.js";
import { missingAuthorization } from "./access-control/missing-authorization.js";
import { permissiveMode } from "./access-control/permissive-mode.js";
import { removedAuthorization } from "./access-control/removed-authorization.js";
import { removedOwnerFilter } from "./access-control/removed-owner-filter.js";
import { uncheckedChild } from "./access-control/unchecked-child.js";
import { unscopedLookup } from "./access-control/unscoped-lookup.js";
import { unusedAccessCheck } from "./access-control/unused-access-check.js";
import { awaitUnderLock } from "./deadlock/await-under-lock.js";
import { blockingInCoroutine } from "./deadlock/blocking-in-coroutine.js";
import { blockingUnderLock } from "./deadlock/blocking-under-lock.js";
import { checkThenAct } from "./deadlock/check-then-act.js";
import { joinUnderLock } from "./deadlock/join-under-lock.js";
import { lockNotReleased } from "./deadlock/lock-not-released.js";
import { lockOrder } from "./deadlock/lock-order.js";
import { lockTakenTwice } from "./deadlock/lock-taken-twice.js";
import { pipeDeadlock } from "./deadlock/pipe-deadlock.js";
import { removedLock } from "./deadlock/removed-lock.js";
import { removedRetry } from "./deadlock/removed-retry.js";
import { slowCallInTransaction } from "./deadlock/slow-call-in-transaction.js";
import { failsOpen } from "./exception-handling/fails-open.js";
import { finallyDiscardsException } from "./exception-handling/finally-discards-exception.js";
import { ignoredRevocation } from "./exception-handling/ignored-revocation.js";
import { incompleteReraise } from "./exception-handling/incomplete-reraise.js";
import { invalidException } from "./exception-handling/invalid-exception.js";
import { missingRollback } from "./exception-handling/missing-rollback.js";
import { refusalSwallowed } from "./exception-handling/refusal-swallowed.js";
import { removedErrorTrace } from "./exception-handling/removed-error-trace.js";
import { removedHandler } from "./exception-handling/removed-handler.js";
import { silencedFailure } from "./exception-handling/silenced-failure.js";
import { swallowedError } from "./exception-handling/swallowed-error.js";
import { swallowedInTransaction } from "./exception-handling/swallowed-in-transaction.js";
import { swallowsExit } from "./exception-handling/swallows-exit.js";
import { unexaminedTask } from "./exception-handling/unexamined-task.js";
import { unsetAfterFailure } from "./exception-handling/unset-after-failure.js";
import { widenedHandler } from "./exception-handling/widened-handler.js";
import { bindsAllInterfaces } from "./information-leakage/binds-all-interfaces.js";
import { clearTextProtocol } from "./information-leakage/clear-text-protocol.js";
import { constantNonce } from "./information-leakage/constant-nonce.js";
import { debugMode } from "./information-leakage/debug-mode.js";
import { exposedError } from "./information-leakage/exposed-error.js";
import { hardCodedSecret } from "./information-leakage/hard-coded-secret.js";
import { insecureCookie } from "./information-leakage/insecure-cookie.js";
import { insecureRandom } from "./information-leakage/insecure-random.js";
import { permissionsSetLate } from "./information-leakage/permissions-set-late.js";
import { removedFileMode } from "./information-leakage/removed-file-mode.js";
import { removedMasking } from "./information-leakage/removed-masking.js";
import { secretInArguments } from "./information-leakage/secret-in-arguments.js";
import { secretInException } from "./information-leakage/secret-in-exception.js";
import { secretInRepr } from "./information-leakage/secret-in-repr.js";
import { secretInResponse } from "./information-leakage/secret-in-response.js";
import { secretInUrl } from "./information-leakage/secret-in-url.js";
import { secretLogged } from "./information-leakage/secret-logged.js";
import { timingUnsafeComparison } from "./information-leakage/timing-unsafe-comparison.js";
import { unmarkedSecretOption } from "./information-leakage/unmarked-secret-option.js";
import { weakCipher } from "./information-leakage/weak-cipher.js";
import { weakHash } from "./information-leakage/weak-hash.js";
import { weakKey } from "./information-leakage/weak-key.js";
import { weakTlsVersion } from "./information-leakage/weak-tls-version.js";
import { archiveExtraction } from "./input-validation/archive-extraction.js";
import { argumentInjection } from "./input-validation/argument-injection.js";
import { assertAsValidation } from "./input-validation/assert-as-validation.js";
import { attributeInjection } from "./input-validation/attribute-injection.js";
import { autoescapeOff } from "./input-validation/autoescape-off.js";
import { codeInjection } from "./input-validation/code-injection.js";
import { commandInjection } from "./input-validation/command-injection.js";
import { configLineInjection } from "./input-validation/config-line-injection.js";
import { crossSiteScripting } from "./input-validation/cross-site-scripting.js";
import { csvFormulaInjection } from "./input-validation/csv-formula-injection.js";
import { formatStringInjection } from "./input-validation/format-string-injection.js";
import { headerInjection } from "./input-validation/header-injection.js";
import { ldapInjection } from "./input-validation/ldap-injection.js";
import { logInjection } from "./input-validation/log-injection.js";
import { mailHeaderInjection } from "./input-validation/mail-header-injection.js";
import { massAssignment } from "./input-validation/mass-assignment.js";
import { openRedirect } from "./input-validation/open-redirect.js";
import { partialHostCheck } from "./input-validation/partial-host-check.js";
import { partialPathCheck } from "./input-validation/partial-path-check.js";
import { pathTraversal } from "./input-validation/path-traversal.js";
import { regexInjection } from "./input-validation/regex-injection.js";
import { removedSanitizer } from "./input-validation/removed-sanitizer.js";
import { removedValidation } from "./input-validation/removed-validation.js";
import { removedVerification } from "./input-validation/removed-verification.js";
import { serverSideRequestForgery } from "./input-validation/server-side-request-forgery.js";
import { superLinearRegex } from "./input-validation/super-linear-regex.js";
import { templateInjection } from "./input-validation/template-injection.js";
import { unanchoredValidation } from "./input-validation/unanchored-validation.js";
import { unfilteredExtraction } from "./input-validation/unfiltered-extraction.js";
import { unsafeDeserialization } from "./input-validation/unsafe-deserialization.js";
import { unsafeLoader } from "./input-validation/unsafe-loader.js";
import { unsafeXmlParser } from "./input-validation/unsafe-xml-parser.js";
import { unusedVerification } from "./input-validation/unused-verification.js";
import { unverifiedCertificate } from "./input-validation/unverified-certificate.js";
import { unverifiedHostKey } from "./input-validation/unverified-host-key.js";
import { unverifiedSignature } from "./input-validation/unverified-signature.js";
import { xmlExternalEntities } from "./input-validation/xml-external-entities.js";
import { xpathInjection } from "./input-validation/xpath-injection.js";
import { xsltInjection } from "./input-validation/xslt-injection.js";
import { cachedMethod } from "./resource-management/cached-method.js";
import { heldAcrossYield } from "./resource-management/held-across-yield.js";
import { missingCompensation } from "./resource-management/missing-compensation.js";
import { missingTimeout } from "./resource-management/missing-timeout.js";
import { pathRace } from "./resource-management/path-race.js";
import { predictableTemporaryFile } from "./resource-management/predictable-temporary-file.js";
import { removedLimit } from "./resource-management/removed-limit.js";
import { removedRelease } from "./resource-management/removed-release.js";
import { resourceLeak } from "./resource-management/resource-leak.js";
import type { Rule } from "./rule.js";
import { nosqlInjection } from "./sql-injection/nosql-injection.js";
import { removedQueryParameters } from "./sql-injection/removed-query-parameters.js";
import { sqlIdentifierInjection } from "./sql-injection/sql-identifier-injection.js";
import { sqlInjection } from "./sql-injection/sql-injection.js";

export const RULES: readonly Rule[] = [
  archiveExtraction,
  argumentInjection,
  attributeInjection,
  blockingInCoroutine,
  awaitUnderLock,
  blockingUnderLock,
  joinUnderLock,
  slowCallInTransaction,
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
  lateAccessCheck,
  missingAuthorization,
  missingCompensation,
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
  uncheckedChild,
  unscopedLookup,
  xmlExternalEntities,
  xpathInjection,
  xsltInjection,
  failsOpen,
  finallyDiscardsException,
  ignoredRevocation,
  incompleteReraise,
  invalidException,
  missingRollback,
  refusalSwallowed,
  removedErrorTrace,
  removedHandler,
  silencedFailure,
  swallowedInTransaction,
  swallowsExit,
  unexaminedTask,
  unsetAfterFailure,
  removedValidation,
  removedSanitizer,
  removedVerification,
  removedAuthorization,
  removedOwnerFilter,
  removedQueryParameters,
  removedFileMode,
  removedMasking,
  removedRelease,
  removedLimit,
  removedLock,
  removedRetry,
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
  anyOrigin,
  bindsAllInterfaces,
  clearTextProtocol,
  corsWildcard,
  csrfExempt,
  permissiveMode,
  predictableTemporaryFile,
  cachedMethod,
  heldAcrossYield,
  checkThenAct,
  pathRace,
  pipeDeadlock,
  unfilteredExtraction,
  unsafeLoader,
  assertAsValidation,
  partialHostCheck,
  partialPathCheck,
  unusedAccessCheck,
  unusedVerification,
];
