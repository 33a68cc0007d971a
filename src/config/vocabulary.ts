// The vocabulary of models as a schema. Every key of the types is named here: one that is forgotten does not compile.
import { z } from "zod";
import {
  GUARD_KINDS,
  MISUSE_KINDS,
  RESOURCE_KINDS,
  SINK_KINDS,
  SOURCE_KINDS,
  WAIT_KINDS,
} from "../models/kinds.js";
import type {
  ArgumentPlace,
  CallModel,
  Condition,
  EntryModel,
  MemberModel,
  MisuseModel,
  SinkModel,
  SymbolModel,
  WrittenArgument,
} from "../models/model.js";

type RequiredKeys<Model> = {
  [Key in keyof Model]-?: Record<never, never> extends Pick<Model, Key> ? never : Key;
}[keyof Model];
type Shape<Model> = { readonly [Key in keyof Model]-?: z.ZodType<Exclude<Model[Key], undefined>> };

/** A mapping with exactly the keys of `Model`. */
function entry<Model>(
  required: Shape<Pick<Model, RequiredKeys<Model>>>,
  optional: Shape<Omit<Model, RequiredKeys<Model>>>,
): z.ZodType<Model> {
  const free = Object.entries<z.ZodType>(optional).map(([key, schema]) => [key, schema.optional()]);
  const shape: Record<string, z.ZodType> = { ...required, ...Object.fromEntries(free) };
  return z.strictObject(shape) as unknown as z.ZodType<Model>;
}

const text = z.string();
const flag = z.boolean();
const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const sourceKind = z.enum(SOURCE_KINDS);
const sinkKind = z.enum(SINK_KINDS);
const sinkKinds = z.array(sinkKind);
const guardKind = z.enum(GUARD_KINDS);
const misuseKind = z.enum(MISUSE_KINDS);
const resourceKind = z.enum(RESOURCE_KINDS);
const someOrAll = z.union([z.literal("all"), sinkKinds], {
  error: 'must be "all" or a list of kinds of sink',
});
const whenProved = z.union([flag, z.literal("returns")], { error: 'must be true, false or "returns"' });

const writtenArgument = entry<WrittenArgument>(
  {},
  { position: z.int().min(0), name: text, from: z.int().min(0), unpacked: z.enum(["mapping", "sequence"]) },
);
const argumentPlace: z.ZodType<ArgumentPlace> = z.union([z.literal(["receiver", "any"]), writtenArgument], {
  error: 'must be "receiver", "any" or an argument such as {position: 0, name: query}',
});
const argumentPlaces = z.array(argumentPlace);

const condition = entry<Condition>(
  { argument: writtenArgument },
  {
    element: z.union([z.int(), text]),
    missing: flag,
    is: z.array(constant),
    not: z.array(constant),
    begins: z.array(text),
    contains: z.array(constant),
    refersTo: z.array(text),
    notRefersTo: z.array(text),
    bits: z.int(),
    below: z.number(),
  },
);
const conditions = z.array(condition);

const sink = entry<SinkModel>(
  { kind: sinkKind, argument: argumentPlace },
  { when: conditions, element: z.int(), form: z.enum(["string", "sequence"]), exceptUnder: z.array(text) },
);
const misuse = entry<MisuseModel>({ kind: misuseKind }, { when: conditions });

const entryPoint = entry<EntryModel>(
  { protocol: z.enum(["http", "websocket", "rpc", "message", "command", "schedule"]) },
  {
    parameters: sourceKind,
    types: z.record(text, text),
    routeArgument: writtenArgument,
    convertsByAnnotation: flag,
    injectedBy: z.array(text),
    injectedTypes: z.array(text),
    answers: sinkKinds,
    inner: flag,
    surrounds: flag,
  },
);

const call = entry<CallModel>(
  {},
  {
    returns: text,
    sourceWhen: conditions,
    returnsWhen: z.array(z.strictObject({ when: conditions, type: text })),
    returnsMany: flag,
    source: sourceKind,
    sinks: z.array(sink),
    propagates: z.union([argumentPlaces, z.literal("none")], {
      error: 'must be "none" or a list of arguments',
    }),
    composes: argumentPlace,
    keeps: z.strictObject({ pattern: writtenArgument, flags: writtenArgument }),
    fills: argumentPlaces,
    calls: z.strictObject({ callback: writtenArgument, with: argumentPlaces }),
    converts: writtenArgument,
    registers: z.strictObject({ callback: writtenArgument, entry: entryPoint }),
    callsIn: z.enum(["thread", "process", "event-loop", "signal-handler"]),
    reads: writtenArgument,
    normalizes: sinkKind,
    normalizesWhen: conditions,
    confines: z.strictObject({ argument: argumentPlace, kind: sinkKind, when: whenProved }),
    parses: flag,
    exposes: someOrAll,
    matches: entry<NonNullable<CallModel["matches"]>>(
      { text: writtenArgument, anchors: z.enum(["none", "start", "both"]) },
      { pattern: writtenArgument, flags: writtenArgument },
    ),
    inspects: argumentPlace,
    sanitizes: someOrAll,
    validates: z.strictObject({ argument: argumentPlace, kinds: someOrAll, when: whenProved }),
    misuses: z.array(misuse),
    acquires: resourceKind,
    reentrant: flag,
    identity: writtenArgument,
    releases: argumentPlace,
    waits: entry<NonNullable<CallModel["waits"]>>(
      { on: z.enum(WAIT_KINDS) },
      {
        timeout: writtenArgument,
        limitedWhen: conditions,
        unlimitedWhen: conditions,
        suspends: flag,
        unlocks: flag,
      },
    ),
    unbounded: entry<NonNullable<CallModel["unbounded"]>>({}, { limit: writtenArgument }),
    limits: z.strictObject({
      of: z.enum(["argument", "block", "receiver", "result", "everything"]),
      timeout: writtenArgument,
    }),
    defers: entry<NonNullable<CallModel["defers"]>>({}, { when: conditions }),
    swallows: argumentPlace,
    reraises: flag,
    decides: guardKind,
    neverReturns: flag,
  },
);

const member = entry<MemberModel>(
  {},
  {
    type: text,
    source: sourceKind,
    stores: sinkKinds,
    sanitizes: someOrAll,
    misuses: z.array(
      entry<NonNullable<MemberModel["misuses"]>[number]>(
        { kind: misuseKind },
        { is: z.array(constant), refersTo: z.array(text) },
      ),
    ),
  },
);

export const symbolModel = entry<SymbolModel>(
  {},
  {
    call,
    member,
    decorates: entryPoint,
    subclassEntries: entry<NonNullable<SymbolModel["subclassEntries"]>>(
      { methods: z.array(text), entry: entryPoint },
      { prefixes: z.array(text), hooks: z.array(text), guardAttributes: z.array(text) },
    ),
    guards: guardKind,
    holds: resourceKind,
    otherMembers: text,
    elements: text,
    guardsWhen: conditions,
    alias: text,
    extends: z.array(text),
  },
);
