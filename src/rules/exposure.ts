// The threat model of library code: what a caller may pass in, and where that is the defect of the library.
//
// A function that opens the path it is given does what it is for: which path that is, is the caller's business. A
// function that writes what it is given into the text of a statement, a command or a page decides itself that this
// text means something: it has to quote. So for most kinds of place only data that was mixed into a larger text counts;
// for formats that run what they read, the whole value does, where its name says that it is content and no file.
import type { Arrival } from "../analysis/taint/arrival.js";
import type { Trail } from "../analysis/values/value.js";
import type { World } from "../analysis/world.js";
import { wordsOf } from "../base/words.js";
import type { SinkKind } from "../models/kinds.js";
import type { Confidence } from "./finding.js";
import { isPublicFunction, isTrustedParameter, parameterName } from "./public-code.js";
import { stepsOf } from "./trail.js";

interface Exposure {
  /** How sure it is when the data became a part of a larger text; undefined: not reported. */
  readonly mixed?: Confidence;
  /** How sure it is when the data is all of the value. */
  readonly whole?: Confidence;
  /** Only parameters whose name has one of these words. */
  readonly roles?: RegExp;
  /** Never parameters whose name has one of these words. */
  readonly except?: RegExp;
}

const FILE_WORDS =
  /^(path|paths|file|filename|filepath|fname|fp|fd|fh|fobj|dir|directory|folder|location|f)$/;
const NAME_WORDS =
  /^(name|names|filename|fname|basename|key|member|entry|username|user|slug|title|id|identifier)$/;

const DIRECTORY_WORDS =
  /^(filter|filters|query|search|base|dn|basedn|suffix|attribute|attributes|attr|attrs|mapping|class|objectclass|scope|rdn|ou)$/;

/** By kind of place; kinds that are absent are the caller's business. */
const EXPOSURES: Readonly<Partial<Record<SinkKind, Exposure>>> = {
  sql: { mixed: "medium" },
  shell: { mixed: "medium" },
  code: { mixed: "medium", whole: "low", roles: /./ },
  html: { mixed: "medium" },
  xpath: { mixed: "medium" },
  // Filters, bases and names of attributes are what administrators configure.
  "ldap-filter": { mixed: "medium", except: DIRECTORY_WORDS },
  "ldap-dn": { mixed: "medium", except: DIRECTORY_WORDS },
  template: { mixed: "low" },
  // A name below a folder must stay below it; a path that is only lengthened is as good as the one passed in.
  path: { mixed: "low", roles: NAME_WORDS },
  xml: { mixed: "medium", whole: "medium", except: FILE_WORDS },
  deserialize: {
    whole: "medium",
    roles:
      /^(data|payload|body|message|msg|content|blob|buffer|buf|raw|serialized|pickled|cookie|token|value|text)$/,
    except: FILE_WORDS,
  },
};

/** How sure it is that what a caller passes in does harm where it arrived; undefined when it is no defect. */
export function exposureOf(world: World, arrival: Arrival): Confidence | undefined {
  const { taint, root, kind } = arrival;
  const exposure = EXPOSURES[kind];
  if (taint.origin.kind !== "parameter" || !exposure) return undefined;
  const holder = taint.origin.of ?? root;
  if (holder.kind !== "function" || !isPublicFunction(world, holder)) return undefined;
  if (isTrustedParameter(world, holder, taint.origin)) return undefined;
  const words = wordsOf(parameterName(holder, taint.origin));
  if (exposure.roles && !words.some((word) => exposure.roles!.test(word))) return undefined;
  if (exposure.except && words.some((word) => exposure.except!.test(word))) return undefined;
  if (isToldByCallee(world, arrival)) return undefined;
  const sure = stepsOf(taint.trail).some(({ mixes }) => mixes) ? exposure.mixed : exposure.whole;
  return sure && taint.uncertain ? "low" : sure;
}

/** Was the data mixed, or used whole, by a function that is itself called from outside? Then that one is reported. */
function isToldByCallee(world: World, { taint, body }: Arrival): boolean {
  const steps = stepsOf(taint.trail);
  const call = steps.findIndex(({ role }) => role === "call");
  const mixing = steps.findIndex(({ mixes }) => mixes);
  if (call < 0 || (mixing >= 0 && mixing < call)) return false;
  return body.kind === "function" && isPublicFunction(world, body);
}

/** The first place where the data became a part of a larger text. */
export function mixingStep(trail: Trail): Trail | undefined {
  return stepsOf(trail).find(({ mixes }) => mixes);
}
