// Directories: python-ldap and ldap3. Filters and distinguished names have their own escaping, each for itself only.
// Facts: https://www.python-ldap.org/en/latest/reference/ldap.html, https://ldap3.readthedocs.io/en/latest/
import {
  argument,
  type CallModel,
  each,
  type LibraryModel,
  type SinkModel,
  type SymbolModel,
} from "./model.js";
import { gives, memberOfType, missing, named, RELEASES, SILENT } from "./shapes.js";

const ESCAPES_FILTER: SymbolModel = { call: { propagates: [argument(0)], sanitizes: ["ldap-filter"] } };
const ESCAPES_DN: SymbolModel = { call: { propagates: [argument(0)], sanitizes: ["ldap-dn"] } };

function dn(position: number, name: string): SinkModel {
  return { kind: "ldap-dn", argument: argument(position, name) };
}

// python-ldap

const OBJECT = "ldap.ldapobject.LDAPObject";

/** (base, scope, filterstr, …); the timeout is that of the connection, none by default. */
function searches(timeout?: number): SymbolModel {
  const waits: NonNullable<CallModel["waits"]> =
    timeout === undefined ? { on: "network" } : { on: "network", timeout: argument(timeout, "timeout") };
  return {
    call: {
      sinks: [dn(0, "base"), { kind: "ldap-filter", argument: argument(2, "filterstr") }],
      source: "database",
      propagates: "none",
      waits,
    },
  };
}
/** An empty password is an anonymous bind, which succeeds. */
const BINDS: SymbolModel = {
  call: {
    sinks: [dn(0, "who")],
    propagates: "none",
    waits: { on: "network" },
    decides: "authentication",
    misuses: [
      { kind: "anonymous-bind", when: [{ argument: argument(1, "cred"), missing: true, is: ["", null] }] },
    ],
  },
};
const CHANGES: SymbolModel = { call: { sinks: [dn(0, "dn")], propagates: "none", waits: { on: "network" } } };
const RENAMES: SymbolModel = {
  call: {
    sinks: [dn(0, "dn"), dn(1, "newrdn"), dn(2, "newsuperior")],
    propagates: "none",
    waits: { on: "network" },
  },
};
const UNVERIFIED: CallModel = {
  propagates: "none",
  misuses: [
    {
      kind: "tls-unverified",
      when: [
        { argument: argument(0), refersTo: ["ldap.OPT_X_TLS_REQUIRE_CERT"] },
        { argument: argument(1), refersTo: ["ldap.OPT_X_TLS_NEVER", "ldap.OPT_X_TLS_ALLOW"] },
      ],
    },
  ],
};

const pythonLdap: Record<string, SymbolModel> = {
  ...named(["ldap.initialize", "ldap.open", "ldap.init"], gives(OBJECT, { acquires: "connection" })),
  [OBJECT]: {},
  ...named(
    ["ldap.ldapobject.SimpleLDAPObject", "ldap.ldapobject.ReconnectLDAPObject"],
    gives(OBJECT, { acquires: "connection" }),
  ),
  ...each(OBJECT, "search search_s", searches()),
  ...each(OBJECT, "search_ext search_ext_s", searches(7)),
  [`${OBJECT}.search_st`]: searches(5),
  ...each(OBJECT, "simple_bind simple_bind_s bind bind_s", BINDS),
  ...each(OBJECT, "sasl_interactive_bind_s sasl_gssapi_bind_s sasl_external_bind_s", {
    call: { propagates: "none", waits: { on: "network" }, decides: "authentication" },
  }),
  ...each(
    OBJECT,
    "add add_s add_ext add_ext_s modify modify_s modify_ext modify_ext_s delete delete_s delete_ext delete_ext_s compare compare_s",
    CHANGES,
  ),
  ...each(OBJECT, "rename rename_s modrdn modrdn_s", RENAMES),
  ...each(OBJECT, "passwd passwd_s", { call: { sinks: [dn(0, "user")], propagates: "none" } }),
  ...each(OBJECT, "result result2 result3", {
    call: {
      source: "database",
      propagates: "none",
      waits: { on: "network", timeout: argument(2, "timeout") },
    },
  }),
  ...each(OBJECT, "unbind unbind_s unbind_ext unbind_ext_s", RELEASES),
  ...each(OBJECT, "start_tls_s whoami_s", { call: { propagates: "none", waits: { on: "network" } } }),
  [`${OBJECT}.set_option`]: { call: UNVERIFIED },
  "ldap.set_option": { call: UNVERIFIED },
  "ldap.filter.escape_filter_chars": ESCAPES_FILTER,
  "ldap.filter.filter_format": {
    call: {
      sinks: [{ kind: "ldap-filter", argument: argument(0, "filter_template") }],
      propagates: ["any"],
      sanitizes: ["ldap-filter"],
    },
  },
  "ldap.dn.escape_dn_chars": ESCAPES_DN,
  "ldap.dn.dn2str": ESCAPES_DN,
  "ldap.dn.is_dn": SILENT,
};

// ldap3

const CONNECTION = "ldap3.Connection";
const DECIDES: SymbolModel = {
  call: { propagates: "none", waits: { on: "network" }, decides: "authentication" },
};
const SEARCHES: SymbolModel = {
  call: {
    sinks: [dn(0, "search_base"), { kind: "ldap-filter", argument: argument(1, "search_filter") }],
    propagates: "none",
    waits: { on: "network" },
  },
};
const CERTIFICATE = argument(2, "validate");
const CONNECTS: SymbolModel = {
  call: {
    returns: CONNECTION,
    propagates: "none",
    acquires: "connection",
    sinks: [dn(1, "user")],
    waits: { on: "network", timeout: argument(21, "receive_timeout") },
    misuses: [
      {
        kind: "anonymous-bind",
        when: [
          missing(argument(1, "user")),
          missing(argument(2, "password")),
          missing(argument(5, "authentication")),
          missing(argument(9, "sasl_mechanism")),
        ],
      },
      {
        kind: "anonymous-bind",
        when: [{ argument: argument(5, "authentication"), refersTo: ["ldap3.ANONYMOUS"] }],
      },
    ],
  },
};

const ldap3: Record<string, SymbolModel> = {
  "ldap3.Server": gives("ldap3.Server"),
  ...named(["ldap3.Tls", "ldap3.core.tls.Tls"], {
    call: {
      returns: "ldap3.Tls",
      propagates: "none",
      misuses: [
        { kind: "tls-unverified", when: [missing(CERTIFICATE)] },
        { kind: "tls-unverified", when: [{ argument: CERTIFICATE, refersTo: ["ssl.CERT_NONE"] }] },
      ],
    },
  }),
  [CONNECTION]: CONNECTS,
  "ldap3.core.connection.Connection": CONNECTS,
  ...each(CONNECTION, "bind rebind", DECIDES),
  [`${CONNECTION}.search`]: SEARCHES,
  [`${CONNECTION}.entries`]: { member: { source: "database" } },
  [`${CONNECTION}.response`]: { member: { source: "database" } },
  ...each(CONNECTION, "add delete modify compare", CHANGES),
  [`${CONNECTION}.modify_dn`]: {
    call: {
      sinks: [dn(0, "dn"), dn(1, "relative_dn"), dn(3, "new_superior")],
      propagates: "none",
      waits: { on: "network" },
    },
  },
  ...each(CONNECTION, "start_tls open", { call: { propagates: "none", waits: { on: "network" } } }),
  [`${CONNECTION}.unbind`]: RELEASES,
  [`${CONNECTION}.extend`]: memberOfType("ldap3.extend.ExtendedOperationsRoot"),
  "ldap3.extend.ExtendedOperationsRoot": {},
  "ldap3.extend.ExtendedOperationsRoot.standard": memberOfType("ldap3.extend.StandardExtendedOperations"),
  "ldap3.extend.StandardExtendedOperations": {},
  "ldap3.extend.StandardExtendedOperations.paged_search": {
    call: { ...SEARCHES.call, source: "database" },
  },
  "ldap3.extend.StandardExtendedOperations.modify_password": {
    call: { sinks: [dn(0, "user")], propagates: "none" },
  },
  "ldap3.utils.conv.escape_filter_chars": ESCAPES_FILTER,
  "ldap3.utils.conv.escape_bytes": ESCAPES_FILTER,
  "ldap3.utils.dn.escape_rdn": ESCAPES_DN,
  "ldap3.abstract.cursor.Reader": {
    call: {
      sinks: [{ kind: "ldap-filter", argument: argument(3, "query") }, dn(2, "base")],
      propagates: "none",
      returns: "ldap3.abstract.cursor.Reader",
    },
  },
  "ldap3.Reader": { alias: "ldap3.abstract.cursor.Reader" },
};

export const ldap: LibraryModel = {
  library: "ldap",
  symbols: { ...pythonLdap, ...ldap3 },
  ducks: [
    { methods: ["search_s", "search_ext", "search_ext_s", "search_st"], receiver: /./, model: searches() },
    { methods: ["simple_bind_s"], receiver: /./, model: BINDS },
    {
      methods: ["search"],
      receiver: /^(.*_)?(ldap|ldap_conn|ldap_connection|ldap3_conn|ldap_client)(\(\))?$/i,
      model: SEARCHES,
    },
  ],
};
