// boto3 and botocore, DynamoDB excepted. The operations of all services are members of one client type: their names hardly collide.
// Facts: https://docs.aws.amazon.com/boto3/latest/reference/core/session.html,
// https://docs.aws.amazon.com/boto3/latest/reference/services/
import { argument, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, is, like, sinks, VERIFY_OFF, wrong, yields } from "./shorthand.js";

const CLIENT = "botocore.client.BaseClient";
const SESSION = "boto3.session.Session";
/** service, region, api version, use_ssl, verify, endpoint_url. */
const OPTIONS = {
  sinks: sinks("url", argument(5, "endpoint_url")),
  misuses: [
    wrong("tls-unverified", is(argument(4, "verify"), false)),
    wrong("clear-text-protocol", is(argument(3, "use_ssl"), false)),
  ],
};
const QUERIES: readonly (readonly [operation: string, keyword: string])[] = [
  ["start_query_execution", "QueryString"],
  ["select_object_content", "Expression"],
  ["start_query", "queryString"],
];

const symbols: Record<string, SymbolModel> = {
  "boto3.client": gives(CLIENT, OPTIONS),
  "boto3.resource": gives("boto3.resources.base.ServiceResource", OPTIONS),
  [SESSION]: gives(SESSION),
  "boto3.Session": { ...gives(SESSION), extends: [SESSION] },
  [`${SESSION}.client`]: gives(CLIENT, OPTIONS),
  [`${SESSION}.resource`]: gives("boto3.resources.base.ServiceResource", OPTIONS),
  "botocore.session.get_session": gives("botocore.session.Session"),
  "botocore.session.Session.create_client": gives(CLIENT, { misuses: [VERIFY_OFF] }),
  "aiobotocore.session.AioSession.create_client": gives(CLIENT, { misuses: [VERIFY_OFF] }),
  // The models of single services speak of what these two give by the names of the functions.
  [CLIENT]: like("boto3.client()"),
  "boto3.resources.base.ServiceResource": like("boto3.resource()"),
  ...Object.fromEntries(
    QUERIES.map(([operation, name]) => [
      `${CLIENT}.${operation}`,
      does({ sinks: sinks("sql", keyword(name)) }),
    ]),
  ),
  // DynamoDB (PartiQL), the RDS data API and the Redshift data API share this name.
  [`${CLIENT}.execute_statement`]: yields("database", {
    sinks: sinks("sql", keyword("Statement"), keyword("sql"), keyword("Sql")),
  }),
  [`${CLIENT}.batch_execute_statement`]: yields("database", { sinks: sinks("sql", keyword("sql")) }),
  [`${CLIENT}.receive_message`]: yields("message"),
  [`${CLIENT}.get_records`]: yields("message"),
  [`${CLIENT}.get_object`]: yields("remote-response"),
  [`${CLIENT}.get_secret_value`]: yields("secret"),
  [`${CLIENT}.assume_role`]: yields("secret"),
  [`${CLIENT}.decrypt`]: yields("secret"),
  [`${CLIENT}.upload_file`]: does({ sinks: sinks("path", argument(0, "Filename")) }),
  [`${CLIENT}.download_file`]: does({ sinks: sinks("path", argument(2, "Filename")) }),
};

export const boto: LibraryModel = { library: "boto3", symbols };
