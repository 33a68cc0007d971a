// The DataStax driver for Cassandra. Its statements are CQL, as injectable as SQL.
// Facts: https://docs.datastax.com/en/developer/python-driver/latest/api/
import { argument, type LibraryModel, type SymbolModel } from "./model.js";
import { connects } from "./pep249.js";
import { gives, RELEASES, ROWS, SILENT } from "./shapes.js";

/** `timeout` is 10 seconds by default. */
const RUNS: SymbolModel = {
  call: {
    sinks: [{ kind: "sql", argument: argument(0, "query") }],
    source: "database",
    propagates: "none",
    waits: { on: "database" },
  },
};
const CONCURRENT: SymbolModel = {
  call: {
    sinks: [{ kind: "sql", argument: argument(1, "statement") }],
    propagates: "none",
    waits: { on: "database" },
  },
};

export const cassandra: LibraryModel = {
  library: "cassandra",
  symbols: {
    "cassandra.cluster.Cluster": {},
    "cassandra.cluster.Cluster.connect": connects("cassandra.cluster.Session"),
    "cassandra.cluster.Cluster.shutdown": RELEASES,
    "cassandra.cluster.Session": {},
    "cassandra.cluster.Session.execute": RUNS,
    "cassandra.cluster.Session.execute_async": {
      call: {
        sinks: [{ kind: "sql", argument: argument(0, "query") }],
        propagates: "none",
        returns: "cassandra.cluster.ResponseFuture",
      },
    },
    "cassandra.cluster.Session.execute_graph": {
      call: {
        sinks: [{ kind: "nosql", argument: argument(0, "query") }],
        source: "database",
        propagates: "none",
      },
    },
    "cassandra.cluster.Session.execute_concurrent_with_args": {
      call: { sinks: [{ kind: "sql", argument: argument(0, "statement") }], propagates: "none" },
    },
    "cassandra.cluster.Session.prepare": {
      call: {
        sinks: [{ kind: "sql", argument: argument(0, "query") }],
        propagates: "none",
        returns: "cassandra.query.PreparedStatement",
      },
    },
    // Quotes the name where it needs it.
    "cassandra.cluster.Session.set_keyspace": SILENT,
    "cassandra.cluster.Session.shutdown": RELEASES,
    "cassandra.cluster.ResponseFuture": {},
    "cassandra.cluster.ResponseFuture.result": {
      call: { ...ROWS.call, waits: { on: "database" } },
    },
    "cassandra.query.SimpleStatement": {
      call: {
        sinks: [{ kind: "sql", argument: argument(0, "query_string") }],
        propagates: "none",
        returns: "cassandra.query.Statement",
      },
    },
    "cassandra.query.Statement": {},
    "cassandra.query.PreparedStatement": {},
    "cassandra.query.PreparedStatement.bind": gives("cassandra.query.Statement"),
    "cassandra.query.BatchStatement": {},
    "cassandra.query.BatchStatement.add": {
      call: { sinks: [{ kind: "sql", argument: argument(0, "statement") }], propagates: "none" },
    },
    "cassandra.concurrent.execute_concurrent_with_args": CONCURRENT,
    "cassandra.cqlengine.connection.execute": RUNS,
  },
};
