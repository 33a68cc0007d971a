// Every number that GitHub sets, and where it says so. Nothing else in the shell names one.
// [rest] docs.github.com/en/rest (API version 2022-11-28), the page of the operation
// [limits] docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
// [hooks] docs.github.com/en/webhooks
// [seen] observed behaviour or an error text of GitHub's, where the documentation is silent

/** Items per page of every list. [rest] */
export const PAGE_SIZE = 100;
/** `pulls.listFiles` lists no more files than this. [rest] */
export const MAX_LISTED_FILES = 3000;

/** Characters of a comment's or review's body. Bytes are never fewer, so that cutting to bytes is safe. [seen] 422 */
export const MAX_BODY_BYTES = 65_536;
/** Annotations per request; a later request appends. [rest] checks/runs */
export const MAX_ANNOTATIONS_PER_REQUEST = 50;
/** Of a check run's summary, in bytes. [rest] says characters, the error text [seen] says bytes. */
export const MAX_SUMMARY_BYTES = 65_535;
/** Of an annotation's message, in bytes. [rest] 64 KB */
export const MAX_ANNOTATION_BYTES = 64_000;
/** Of an annotation's title, in characters. [rest] */
export const MAX_ANNOTATION_TITLE = 255;

/** Of a webhook's body, in bytes. [hooks] payload cap */
export const MAX_WEBHOOK_BYTES = 25 * 1024 * 1024;

/** How long to wait after a secondary limit without a retry-after header, in milliseconds. [limits] "at least one minute" */
export const SECONDARY_LIMIT_WAIT = 60_000;
/** An installation token is valid for an hour. In milliseconds. [rest] apps/installations */
export const TOKEN_LIFETIME = 3_600_000;

/** Secondary limits of an installation. [limits] */
export const POINTS_PER_MINUTE = 900;
export const POINTS_OF_A_READ = 1;
export const POINTS_OF_A_WRITE = 5;
/** Of content, that is what creates notifications. [limits] "in general" */
export const WRITES_PER_MINUTE = 80;
export const HOURLY_WRITES = 500;
