// What a library does, as data: one entry per dotted name, so that a typo in a kind does not compile.
//
// Names: "sqlite3.connect" is a symbol of a module; "sqlite3.Connection.execute" is the member "execute" of every
// instance of the type "sqlite3.Connection"; "a.make()" is the type of what the unmodelled "a.make" returns, so
// that "a.make().run" can be modelled without inventing a type for it. A symbol whose last word starts with a
// capital letter is a class: calling it gives an object of that type unless `returns` says otherwise.
// Special methods stand for the syntax that calls them: "flask.Config.__setitem__" is `config["DEBUG"] = True`.
import type { GuardKind, MisuseKind, ResourceKind, SinkKind, SourceKind, WaitKind } from "./kinds.js";

/** Position (0-based, the receiver not counted) and keyword name of an argument, or all positional ones from one on. */
export interface WrittenArgument {
  readonly position?: number;
  readonly name?: string;
  readonly from?: number;
  /**
   * What is unpacked into the call: `**these` or `*these`. Only data that chooses the names (or the number) counts,
   * not the values of a mapping whose keys the program wrote.
   */
  readonly unpacked?: "mapping" | "sequence";
}

/** "receiver" is the object whose method is called; "any" is every written argument. */
export type ArgumentPlace = "receiver" | "any" | WrittenArgument;

/** A test of what is written at a call. All parts that are given must hold. */
export interface Condition {
  readonly argument: WrittenArgument;
  /** Of a sequence or mapping argument, only this element is looked at: the host of `("0.0.0.0", 80)`. */
  readonly element?: number | string;
  /** What the outcome is when the argument is not written at all; false when absent. */
  readonly missing?: boolean;
  /** It is one of these constants. */
  readonly is?: readonly (string | number | boolean | null)[];
  /** It is a constant, and none of these. */
  readonly not?: readonly (string | number | boolean | null)[];
  /** It is a constant text that begins with one of these. */
  readonly begins?: readonly string[];
  /** It is a list, tuple or set with one of these constants in it (`allow_origins=["*"]`), or is one of them itself. */
  readonly contains?: readonly (string | number | boolean | null)[];
  /** It refers to one of these dotted names (`Loader=yaml.SafeLoader`). */
  readonly refersTo?: readonly string[];
  /** It refers to none of these. */
  readonly notRefersTo?: readonly string[];
  /** It is a constant number that has one of these bits: a file mode. */
  readonly bits?: number;
  /** It is a constant number below this: the size of a key. */
  readonly below?: number;
}

export interface SinkModel {
  readonly kind: SinkKind;
  readonly argument: ArgumentPlace;
  /** The sink is one only under these conditions, all of them. */
  readonly when?: readonly Condition[];
  /** Of a sequence argument, only this element counts: the program of `["git", …]`. */
  readonly element?: number;
  /** Only a string, or only a sequence, is dangerous here. */
  readonly form?: "string" | "sequence";
  /** What stands under these keys of a mapping, at any depth, is only compared with: `{"name": {"$eq": x}}`. */
  readonly exceptUnder?: readonly string[];
}

export interface MisuseModel {
  readonly kind: MisuseKind;
  /** Always when absent. */
  readonly when?: readonly Condition[];
}

export interface CallModel {
  /** The type of the result, a name of this vocabulary; "receiver" for the receiver's own type (fluent interfaces). */
  readonly returns?: string;
  /** Another type of the result where all conditions hold; the first that fits counts, before `returns`. */
  readonly returnsWhen?: readonly { readonly when: readonly Condition[]; readonly type: string }[];
  /** The result is an iterable, or awaitable, of `returns`. */
  readonly returnsMany?: boolean;
  /** The result is untrusted, or secret. */
  readonly source?: SourceKind;
  /** It comes from `source` only under these conditions, all of them: `environ["PATH_INFO"]`. */
  readonly sourceWhen?: readonly Condition[];
  readonly sinks?: readonly SinkModel[];
  /** Arguments whose content is in the result. Absent: all and the receiver (an unknown function passes data on). */
  readonly propagates?: readonly ArgumentPlace[] | "none";
  /**
   * Arguments that become a part of a longer text or path, unless the receiver is constant and has no text of its own.
   * `propagates` leaves them out: what stands before them may fix the host of an address.
   */
  readonly composes?: ArgumentPlace;
  /** Arguments whose content is in the receiver afterwards: `items.append(x)`. */
  readonly fills?: readonly ArgumentPlace[];
  /** The argument is a function that is called with the content of these. */
  readonly calls?: { readonly callback: WrittenArgument; readonly with: readonly ArgumentPlace[] };
  /**
   * An argument through which the result goes: what calling it makes of a value, it makes of the result
   * (`request.args.get("page", type=int)`).
   */
  readonly converts?: WrittenArgument;
  /** The argument is a function, or a class of views, that becomes an entry point: `add_url_rule(…, view_func=show)`. */
  readonly registers?: { readonly callback: WrittenArgument; readonly entry: EntryModel };
  /** Where the function of `calls` runs, when not within the call itself. */
  readonly callsIn?: "thread" | "process" | "event-loop" | "signal-handler";
  /** The result is what the receiver holds under this key, or what `propagates` names: `settings.get("x")`. */
  readonly reads?: WrittenArgument;
  /**
   * The result is in the one normal form of this kind: now its beginning may be tested (`realpath`), or has one slash
   * where one is put before it (redirects).
   */
  readonly normalizes?: SinkKind;
  /** It does so only under these conditions, all of them: `path.lstrip("/")`. */
  readonly normalizesWhen?: readonly Condition[];
  /** It tests the beginning of this argument: of a normalised one that proves it harmless for `kind`. */
  readonly confines?: {
    readonly argument: ArgumentPlace;
    readonly kind: SinkKind;
    readonly when: boolean | "returns";
  };
  /** It reads text in which objects are written: where text went in, a mapping or list may come out. */
  readonly parses?: boolean;
  /** Kinds for which the result is dangerous again, whatever was made harmless before: `unquote(quote(x))`. */
  readonly exposes?: readonly SinkKind[] | "all";
  /** It matches text against a regular expression; without `pattern` that is the receiver's. */
  readonly matches?: {
    readonly pattern?: WrittenArgument;
    readonly text: WrittenArgument;
    readonly flags?: WrittenArgument;
    readonly anchors: "none" | "start" | "both";
  };
  /** The result is a pattern made ready: its members `pattern` and `flags` are these arguments. */
  readonly keeps?: { readonly pattern: WrittenArgument; readonly flags: WrittenArgument };
  /** It looks at what is at this path, so that acting on the path later is a race. */
  readonly inspects?: ArgumentPlace;
  /** Kinds for which the result is harmless whatever went in; "all" for conversions to numbers and the like. */
  readonly sanitizes?: readonly SinkKind[] | "all";
  /**
   * What the call proves of an argument: as a condition that is `true` or `false`, or by returning at all
   * ("returns": it raises otherwise).
   */
  readonly validates?: {
    readonly argument: ArgumentPlace;
    readonly kinds: readonly SinkKind[] | "all";
    readonly when: boolean | "returns";
  };
  readonly misuses?: readonly MisuseModel[];

  /** The result (for a lock: the receiver) must be released. */
  readonly acquires?: ResourceKind;
  /** Whoever holds the lock may take it again. */
  readonly reentrant?: boolean;
  /** Two calls with the same constant here mean the same lock. */
  readonly identity?: WrittenArgument;
  /** The receiver, or this argument, is released. */
  readonly releases?: ArgumentPlace;
  /** It keeps the calling thread waiting. */
  readonly waits?: {
    readonly on: WaitKind;
    /** The argument that limits the wait; a call without it (or with None) waits for ever. Absent: always limited. */
    readonly timeout?: WrittenArgument;
    /** Other conditions under which the wait is limited: `acquire(blocking=False)`. */
    readonly limitedWhen?: readonly Condition[];
    /** The wait has a limit by default and has none only under these conditions; without any, never has one. */
    readonly unlimitedWhen?: readonly Condition[];
    /** Only the coroutine or green thread waits; others run on. */
    readonly suspends?: boolean;
    /** While it waits it gives back the lock of its receiver: a condition. */
    readonly unlocks?: boolean;
  };
  /** It reads as much as the other side sends, unless this argument limits it. */
  readonly unbounded?: { readonly limit?: WrittenArgument };
  /** Waits of these end after `timeout`: of the awaited argument, the `with` block, an object, or the process. */
  readonly limits?: {
    readonly of: "argument" | "block" | "receiver" | "result" | "everything";
    readonly timeout: WrittenArgument;
  };
  /** It starts work whose failure shows only to whoever asks the result; always, or under these conditions. */
  readonly defers?: { readonly when?: readonly Condition[] };
  /** Used in a `with`, exceptions of these classes end there. */
  readonly swallows?: ArgumentPlace;
  /** Used in a `with` inside a handler, the handled exception is raised again at its end. */
  readonly reraises?: boolean;
  /** It comes to a security decision, so that swallowing its failure grants what it should refuse. */
  readonly decides?: GuardKind;
  /** It never returns: it raises or ends the process. */
  readonly neverReturns?: boolean;
}

/** A member that is read and not called: `request.args`, `os.environ`. */
export interface MemberModel {
  readonly type?: string;
  readonly source?: SourceKind;
  /** What is assigned to it does this harm: `response.location = …`. */
  readonly stores?: readonly SinkKind[];
  /** Reading it leaves behind what is harmful for these kinds: `path.name` has no directories. */
  readonly sanitizes?: readonly SinkKind[] | "all";
  /** Assigning one of these constants, or one of these dotted names, to it is wrong. */
  readonly misuses?: readonly {
    readonly kind: MisuseKind;
    readonly is?: readonly (string | number | boolean | null)[];
    readonly refersTo?: readonly string[];
  }[];
}

/** How a client reaches a function, and which of its parameters the client fills. */
export interface EntryModel {
  readonly protocol: "http" | "websocket" | "rpc" | "message" | "command" | "schedule";
  /** Every parameter that no other line speaks of (the receiver excepted). */
  readonly parameters?: SourceKind;
  /** Parameters whose type the framework fixes, by 0-based position (the receiver not counted) or name. */
  readonly types?: Readonly<Record<string, string>>;
  /** URL converters (`<int:id>`, in this argument of the decorator) that cannot carry an attack. */
  readonly routeArgument?: WrittenArgument;
  /** Parameters annotated as numbers, UUIDs, dates or enumerations arrive converted. */
  readonly convertsByAnnotation?: boolean;
  /** A parameter whose default is a call of one of these is filled by the framework, not by the client. */
  readonly injectedBy?: readonly string[];
  /** A parameter annotated with one of these types is filled by the framework: it is an object, not untrusted itself. */
  readonly injectedTypes?: readonly string[];
  /** What the function returns (or yields) goes to the client, and does this harm there. */
  readonly answers?: readonly SinkKind[];
  /** Other entry points of the framework call it with what they were sent: whoever reaches it passed their guards. */
  readonly inner?: boolean;
  /** It runs around the other entry points of its application, class or router: what it checks guards them too. */
  readonly surrounds?: boolean;
}

/** One dotted name may be several things at once: a class that is called, decorates, and has members. */
export interface SymbolModel {
  readonly call?: CallModel;
  readonly member?: MemberModel;
  /** Used as a decorator, it makes the function an entry point. */
  readonly decorates?: EntryModel;
  /** Methods of classes that derive from it are entry points. */
  readonly subclassEntries?: {
    readonly methods: readonly string[];
    /** Methods whose name begins so are entries too: "resolve_". */
    readonly prefixes?: readonly string[];
    readonly entry: EntryModel;
    /** Methods that run before each of them and can refuse the client: `dispatch`, `prepare`. */
    readonly hooks?: readonly string[];
    /** Class attributes that list guards: `permission_classes`, `decorators`. */
    readonly guardAttributes?: readonly string[];
  };
  /** Used as a decorator, called, inherited or depended upon, it lets only some clients through. */
  readonly guards?: GuardKind;
  /**
   * Used as a decorator or in a `with`, the body runs while this is held and gives it back at its end:
   * `@transaction.atomic`, `@synchronized("name")`.
   */
  readonly holds?: ResourceKind;
  /**
   * The type of members of its instances that no other line speaks of: `client.shop`. Where that name is modelled as a
   * member with a source, they come from there.
   */
  readonly otherMembers?: string;
  /** The type of what its instances hold: of `client["shop"]`, and of what iterating gives. */
  readonly elements?: string;
  /** It guards only where these hold of its call: `jwt_required(optional=True)` lets everybody through. */
  readonly guardsWhen?: readonly Condition[];
  /** The same as another name: a re-export or an old spelling. */
  readonly alias?: string;
  /** Types whose members this type has too. */
  readonly extends?: readonly string[];
}

/**
 * Methods that are known by their name when the type of their object is not: `cursor.execute(…)` on a parameter.
 * `receiver` is tried on the last word of the object's expression ("self.db.cursor" gives "cursor").
 */
export interface DuckModel {
  readonly methods: readonly string[];
  readonly receiver: RegExp;
  readonly model: SymbolModel;
}

/** Parameters that are known by their name where a module imports the library: `def view(request)` in Django. */
export interface ParameterModel {
  readonly name: RegExp;
  readonly type: string;
  /** The first word of a module that the file imports; absent where any file may hold such a function. */
  readonly whenImporting?: string;
  /** The parameters after it are called so, and there are no others: `def handler(event, context)`. */
  readonly followedBy?: readonly RegExp[];
}

/** A name in a module of settings that is wrong with some values: `DEBUG = True`. */
export interface SettingModel {
  readonly name: string;
  readonly is: readonly (string | number | boolean | null)[];
  readonly misuse: MisuseKind;
}

/** One library: one file in this folder. */
export interface LibraryModel {
  readonly library: string;
  readonly symbols: Readonly<Record<string, SymbolModel>>;
  readonly ducks?: readonly DuckModel[];
  readonly parameters?: readonly ParameterModel[];
  readonly settings?: readonly SettingModel[];
}

/** Position and keyword name of an argument. */
export function argument(position: number, name?: string): WrittenArgument {
  return name === undefined ? { position } : { position, name };
}

/** An argument that can only be given by name. */
export function keyword(name: string): WrittenArgument {
  return { name };
}

/** Argument number `from` and all later positional ones. */
export function rest(from: number): WrittenArgument {
  return { from };
}

/** One symbol of model for each of `names`, below `prefix`. */
export function each(prefix: string, names: string, model: SymbolModel): Record<string, SymbolModel> {
  return Object.fromEntries(names.split(" ").map((name) => [`${prefix}.${name}`, model]));
}
