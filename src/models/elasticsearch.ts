// Elasticsearch and OpenSearch: query strings, request bodies put together as text, and their SQL interface.
// Facts: https://elasticsearch-py.readthedocs.io/en/stable/api/elasticsearch.html, https://opensearch-project.github.io/opensearch-py/
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, isBuiltText, memberOfType, named, RELEASES } from "./shapes.js";

const CLIENT = "elasticsearch.Elasticsearch";

/** Client and server give up after 10 seconds by default. `q` is in Lucene's query language. */
function searches(body: number): SymbolModel {
  return {
    call: {
      sinks: [
        { kind: "nosql", argument: keyword("q") },
        { kind: "nosql", argument: argument(body, "body"), when: [isBuiltText(argument(body, "body"))] },
      ],
      source: "database",
      propagates: "none",
      waits: { on: "network" },
    },
  };
}
const RETURNS_STORED: SymbolModel = {
  call: { source: "database", propagates: "none", waits: { on: "network" } },
};

export const elasticsearch: LibraryModel = {
  library: "elasticsearch",
  symbols: {
    [CLIENT]: {
      call: {
        returns: CLIENT,
        propagates: "none",
        acquires: "connection",
        misuses: [{ kind: "tls-unverified", when: [{ argument: keyword("verify_certs"), is: [false] }] }],
      },
    },
    ...named(
      ["elasticsearch.AsyncElasticsearch", "opensearchpy.OpenSearch", "opensearchpy.AsyncOpenSearch"],
      gives(CLIENT, {
        acquires: "connection",
        misuses: [{ kind: "tls-unverified", when: [{ argument: keyword("verify_certs"), is: [false] }] }],
      }),
    ),
    // (index, doc_type, body) until 6, (body, index) in 7, keywords since 8.
    [`${CLIENT}.search`]: searches(0),
    ...each(CLIENT, "count delete_by_query update_by_query", searches(1)),
    ...each(CLIENT, "get mget get_source scroll", RETURNS_STORED),
    ...each(CLIENT, "index create update bulk delete", {
      call: { propagates: "none", waits: { on: "network" } },
    }),
    [`${CLIENT}.close`]: RELEASES,
    [`${CLIENT}.sql`]: memberOfType("elasticsearch.client.SqlClient"),
    "elasticsearch.client.SqlClient": {},
    "elasticsearch.client.SqlClient.query": {
      call: { sinks: [{ kind: "sql", argument: keyword("query") }], source: "database", propagates: "none" },
    },
  },
};
