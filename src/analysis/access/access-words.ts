// The words by which code that nobody modelled says that it asks who the client is, or that it need not.
import { lastPart, wordsOf } from "../../base/words.js";

/** Words that speak of access by themselves. */
const ALONE = new Set(
  (
    "acl admin administrator auth authenticated authenticate authentication authorise authorised authorization authorize " +
    "authorized enforce forbidden login perm permission permissions permitted perms privilege privileges protected rbac " +
    "restricted role roles staff superuser superusers"
  ).split(" "),
);

/** Words that speak of access beside one of ASKING. */
const TOGETHER = new Set(
  "access account actor apikey group identity jwt key member membership owner ownership principal scope scopes session tenant token user".split(
    " ",
  ),
);

const ASKING = new Set(
  (
    "allow allowed allows assert can check checked checks deny ensure guard has is may must only require required requires " +
    "restrict test validate verify"
  ).split(" "),
);

/** Words after which a name speaks of other things: `permission_form`, `role_list`, `login_url`. */
const THINGS = new Set(
  (
    "cache choices class config count error exception fail failed fields file form id ids label level list message model name " +
    "names page path queryset redirect schema serializer success template type url urls view views"
  ).split(" "),
);

/**
 * Does a decorator, function or attribute of this name ask who the client is? `loosely`: a name that stands where only a
 * check can stand (a decorator, a condition that rejects) needs no word that asks.
 */
export function namesAccessCheck(name: string, loosely: boolean): boolean {
  const words = wordsOf(lastPart(name));
  const last = words.at(-1);
  if (last === undefined || THINGS.has(last)) return false;
  const asks = words.some((word) => ASKING.has(word));
  // `is_default_user`, `has_token`: what somebody is or has, and no right.
  const isState = /^(is|has)$/.test(words[0]!) && words.filter((word) => ASKING.has(word)).length === 1;
  const alone = words.some((word) => ALONE.has(word));
  if (alone && (loosely || asks || words.some((word) => ENFORCING.has(word)))) return true;
  return (
    asks && words.some((word) => TOGETHER.has(word) && !(isState && OF_STATE.has(word))) && words.length > 1
  );
}

/** Beside `is` or `has`, these say nothing of rights. */
const OF_STATE = new Set("account actor apikey group jwt key principal session tenant token user".split(" "));

/** Decorators by which a handler says that it is there for everybody. */
const OPENING =
  /(^|_)(public|exempt|anonymous|unauthenticated|unprotected)(_|$)|^(login_not_required|no_auth|no_login|skip_auth|allow_any)/;

export function saysPublic(name: string): boolean {
  return OPENING.test(name) && !/csrf|throttle|ratelimit/.test(name);
}

const ENFORCING = new Set("authenticate authorise authorize enforce".split(" "));

/** Functions and addresses that are there for everybody: the way in, the state of the service, what is static. */
const PUBLIC = new Set(
  (
    "about anonymous callback captcha confirm cron docs error errors favicon feed forgot handshake health healthcheck healthz " +
    "home hook hooks index info login logout manifest metrics oauth oidc openapi ping public ready readyz register " +
    "registration reset robots rss saml schema signin signout signup sitemap sso static status swagger token version " +
    "webhook webhooks"
  ).split(" "),
);

/** "sign_out", "LogIn", "reset_password": words that say it together. */
const PUBLIC_TOGETHER =
  /\b((sign|log)[ -]?(in|out|on|off|up)|(forgot|reset|lost) password|password (reset|forgotten))\b/;

/**
 * Words that say it of what only answers: whoever changes the status, or revokes a token, is not everybody. Of routes, they
 * say it alone.
 */
const PUBLIC_TO_READ = new Set(
  "about callback cron docs error errors feed home hook hooks index info manifest metrics reset schema status token version".split(
    " ",
  ),
);

/**
 * @param name of the function
 * @param others the names of its class and its routes
 */
export function isPublicByDesign(name: string, others: readonly string[]): boolean {
  const isPublic = (each: string, changes: boolean) => {
    const words = wordsOf(each);
    if (PUBLIC_TOGETHER.test(words.join(" "))) return true;
    return words.some((word) => PUBLIC.has(word) && !(changes && PUBLIC_TO_READ.has(word)));
  };
  return [name, ...others].some((each) => isPublic(each, namesWrite(name)));
}

const WRITING = new Set(
  (
    "activate add allocate append apply approve archive assign attach bulk cancel change clear clone close configure create " +
    "deactivate delete destroy detach disable disconnect edit enable execute grant import insert install invite kill merge " +
    "move patch post promote publish purge put register reject release remove rename replace reset resize restart restore " +
    "revoke rotate run save send set start stop store submit suspend terminate transfer trigger unassign uninstall unlock " +
    "unpublish update upgrade upload write"
  ).split(" "),
);

/** Does a function of this name change something? Its first word counts. */
export function namesWrite(name: string): boolean {
  const [first] = wordsOf(name);
  return first !== undefined && WRITING.has(first);
}
