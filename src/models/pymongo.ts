// MongoDB: pymongo, motor, flask_pymongo, mongoengine. A client's JSON object in a filter brings its own operators.
// Facts: https://pymongo.readthedocs.io/en/stable/api/pymongo/collection.html, https://motor.readthedocs.io/en/stable/,
// https://docs.mongoengine.org/guide/querying.html
import { argument, each, keyword, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";
import { gives, likeType, memberOfType, named, RELEASES, SILENT } from "./shapes.js";

const COLLECTION = "pymongo.collection.Collection";
const DATABASE = "pymongo.database.Database";
const CLIENT = "pymongo.MongoClient";
const CURSOR = "pymongo.cursor.Cursor";

/** Whatever comes after `$eq` is a value, operators in it included. */
const COMPARED = ["$eq"];
const FILTER: SinkModel = { kind: "nosql", argument: argument(0, "filter"), exceptUnder: COMPARED };
/** Older names of the first parameter. */
const SPEC: SinkModel = { kind: "nosql", argument: keyword("spec"), exceptUnder: COMPARED };

function asks(sinks: readonly SinkModel[], more: NonNullable<SymbolModel["call"]> = {}): SymbolModel {
  return { call: { sinks, propagates: "none", waits: { on: "database" }, ...more } };
}

const FINDS = gives(CURSOR, { sinks: [FILTER, SPEC] });
const FINDS_ONE = asks([FILTER, SPEC], { source: "database" });
/** What is set may hold operators too; a pipeline certainly does. */
const UPDATES = asks([FILTER, SPEC, { kind: "nosql", argument: argument(1, "update") }]);
const REPLACES = asks([FILTER]);
const DELETES = asks([FILTER]);
const AGGREGATES = gives(CURSOR, { sinks: [{ kind: "nosql", argument: argument(0, "pipeline") }] });

/** What a collection does to documents that a client picks. */
const BY_FILTER: Readonly<Record<string, SymbolModel>> = {
  find_one: FINDS_ONE,
  find_one_and_delete: FINDS_ONE,
  find_one_and_replace: FINDS_ONE,
  find_one_and_update: asks([FILTER, { kind: "nosql", argument: argument(1, "update") }], {
    source: "database",
  }),
  find_one_or_404: FINDS_ONE,
  find_and_modify: asks([FILTER, { kind: "nosql", argument: keyword("query") }], { source: "database" }),
  find_raw_batches: FINDS,
  update_one: UPDATES,
  update_many: UPDATES,
  replace_one: REPLACES,
  delete_one: DELETES,
  delete_many: DELETES,
  count_documents: asks([FILTER]),
  aggregate_raw_batches: AGGREGATES,
  // Strings of JavaScript, run by the server.
  map_reduce: asks([
    { kind: "nosql", argument: argument(0, "map") },
    { kind: "nosql", argument: argument(1, "reduce") },
    { kind: "nosql", argument: keyword("query") },
  ]),
  inline_map_reduce: asks([
    { kind: "nosql", argument: argument(0, "map") },
    { kind: "nosql", argument: argument(1, "reduce") },
  ]),
};
/** The same, under names that other libraries have too. */
const BY_COMMON_NAME: Readonly<Record<string, SymbolModel>> = {
  find: FINDS,
  update: UPDATES,
  remove: asks([{ kind: "nosql", argument: argument(0, "spec_or_id") }]),
  count: asks([FILTER]),
  distinct: asks([{ kind: "nosql", argument: argument(1, "filter") }], { source: "database" }),
  aggregate: AGGREGATES,
  group: asks([{ kind: "nosql", argument: argument(1, "condition") }]),
};

function members(type: string, models: Readonly<Record<string, SymbolModel>>): Record<string, SymbolModel> {
  return Object.fromEntries(Object.entries(models).map(([name, model]) => [`${type}.${name}`, model]));
}

const mongo: Record<string, SymbolModel> = {
  // serverSelectionTimeoutMS is 30 seconds by default.
  [CLIENT]: {
    call: {
      returns: CLIENT,
      propagates: "none",
      acquires: "connection",
      misuses: [
        { kind: "tls-unverified", when: [{ argument: keyword("tlsAllowInvalidCertificates"), is: [true] }] },
        { kind: "tls-unverified", when: [{ argument: keyword("tlsAllowInvalidHostnames"), is: [true] }] },
        { kind: "tls-unverified", when: [{ argument: keyword("tlsInsecure"), is: [true] }] },
        {
          kind: "tls-unverified",
          when: [{ argument: keyword("ssl_cert_reqs"), refersTo: ["ssl.CERT_NONE"] }],
        },
      ],
    },
    otherMembers: DATABASE,
    elements: DATABASE,
  },
  ...named(
    [
      "pymongo.mongo_client.MongoClient",
      "pymongo.Connection",
      "pymongo.MongoReplicaSetClient",
      "pymongo.AsyncMongoClient",
      "motor.motor_asyncio.AsyncIOMotorClient",
      "motor.motor_tornado.MotorClient",
      "motor.MotorClient",
    ],
    gives(CLIENT, { acquires: "connection" }),
  ),
  [`${CLIENT}.close`]: RELEASES,
  ...each(CLIENT, "get_database get_default_database", gives(DATABASE)),
  [`${CLIENT}.start_session`]: gives("pymongo.client_session.ClientSession", { acquires: "session" }),
  ...each(CLIENT, "list_database_names database_names server_info drop_database", SILENT),
  "pymongo.client_session.ClientSession": {},
  "pymongo.client_session.ClientSession.start_transaction": {
    call: { propagates: "none", acquires: "transaction" },
  },
  ...each(
    "pymongo.client_session.ClientSession",
    "commit_transaction abort_transaction end_session",
    RELEASES,
  ),
  [DATABASE]: { otherMembers: COLLECTION, elements: COLLECTION },
  ...each(DATABASE, "get_collection create_collection", gives(COLLECTION)),
  [`${DATABASE}.command`]: asks([{ kind: "nosql", argument: argument(0, "command") }], {
    source: "database",
  }),
  // JavaScript, run by the server; until 3.x.
  [`${DATABASE}.eval`]: asks([{ kind: "nosql", argument: argument(0, "code") }]),
  [`${DATABASE}.aggregate`]: AGGREGATES,
  [COLLECTION]: { otherMembers: COLLECTION, elements: COLLECTION },
  ...members(COLLECTION, BY_FILTER),
  ...members(COLLECTION, BY_COMMON_NAME),
  ...each(COLLECTION, "insert insert_one insert_many save bulk_write create_index drop", {
    call: { propagates: "none", waits: { on: "database" } },
  }),
  ...each(COLLECTION, "estimated_document_count index_information", SILENT),
  [CURSOR]: {},
  ...each(CURSOR, "sort limit skip batch_size hint rewind clone max_time_ms", gives(CURSOR)),
  // JavaScript, run by the server.
  [`${CURSOR}.where`]: gives(CURSOR, { sinks: [{ kind: "nosql", argument: argument(0, "code") }] }),
  ...each(CURSOR, "next to_list distinct", {
    call: { source: "database", propagates: "none", waits: { on: "database" } },
  }),
  [`${CURSOR}.count`]: SILENT,
  [`${CURSOR}.close`]: RELEASES,
  "bson.code.Code": {
    call: { sinks: [{ kind: "nosql", argument: argument(0, "code") }], propagates: "none" },
  },
  // Refuses everything but 24 hexadecimal digits.
  ...named(["bson.ObjectId", "bson.objectid.ObjectId", "pymongo.objectid.ObjectId"], {
    call: { propagates: [argument(0)], sanitizes: "all" },
  }),
  "flask_pymongo.PyMongo": {},
  "flask_pymongo.PyMongo.db": memberOfType(DATABASE),
  "flask_pymongo.PyMongo.cx": memberOfType(CLIENT),
  "mongosanitizer.sanitizer.sanitize": {
    call: {
      propagates: [argument(0)],
      sanitizes: ["nosql"],
      validates: { argument: argument(0), kinds: ["nosql"], when: "returns" },
    },
  },
};

/** `Movie.objects(**request.json)`, `Movie.objects(__raw__=request.json)`. */
const QUERY_SET = "mongoengine.queryset.QuerySet";
const LOOKS_UP = gives(QUERY_SET, {
  sinks: [
    { kind: "nosql", argument: keyword("__raw__") },
    { kind: "nosql", argument: { unpacked: "mapping" } },
  ],
});
const DOCUMENT = "mongoengine.Document";
const engine: Record<string, SymbolModel> = {
  [DOCUMENT]: {
    call: {
      sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
      propagates: "none",
      returns: DOCUMENT,
    },
  },
  [`${DOCUMENT}.objects`]: { member: { type: QUERY_SET }, call: LOOKS_UP.call! },
  ...named(
    ["mongoengine.DynamicDocument", "mongoengine.document.Document", "mongoengine.EmbeddedDocument"],
    likeType(DOCUMENT),
  ),
  "flask_mongoengine.MongoEngine": {},
  "flask_mongoengine.MongoEngine.get_db": gives(DATABASE),
  "flask_mongoengine.MongoEngine.Document": likeType(DOCUMENT),
  "flask_mongoengine.MongoEngine.DynamicDocument": likeType(DOCUMENT),
  [QUERY_SET]: {},
  ...each(QUERY_SET, "filter get first __call__ exclude only order_by limit skip all", LOOKS_UP),
  [`${QUERY_SET}.aggregate`]: asks([{ kind: "nosql", argument: argument(0, "pipeline") }]),
  [`${QUERY_SET}.where`]: gives(QUERY_SET, {
    sinks: [{ kind: "nosql", argument: argument(0, "where_clause") }],
  }),
  [`${QUERY_SET}.exec_js`]: asks([{ kind: "nosql", argument: argument(0, "code") }]),
  ...each(QUERY_SET, "update update_one", asks([{ kind: "nosql", argument: keyword("__raw__") }])),
  "mongoengine.Q": { call: { sinks: LOOKS_UP.call!.sinks!, propagates: "none" } },
  ...named(["mongoengine.connect", "mongoengine.connection.connect"], gives(CLIENT)),
  ...named(["mongoengine.get_db", "mongoengine.connection.get_db"], gives(DATABASE)),
};

const COLLECTION_NAME = /^(.*_)?(coll|collection|col|mongo|db)\d?$|^(.*\W)?(db|database|mongo)\[.*\]$/i;

export const pymongo: LibraryModel = {
  library: "pymongo",
  symbols: { ...mongo, ...engine },
  ducks: [
    ...Object.entries(BY_FILTER).map(([method, model]) => ({ methods: [method], receiver: /./, model })),
    ...Object.entries(BY_COMMON_NAME).map(([method, model]) => ({
      methods: [method],
      receiver: COLLECTION_NAME,
      model,
    })),
  ],
};
