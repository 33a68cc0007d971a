// DynamoDB through boto3: expressions written as text, and PartiQL.
// Facts: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/dynamodb.html,
// https://boto3.amazonaws.com/v1/documentation/api/latest/reference/customizations/dynamodb.html
import { argument, each, keyword, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";
import { gives, isBuiltText, named } from "./shapes.js";

const TABLE = "boto3.dynamodb.table.TableResource";

/** As text they are parsed; values belong into ExpressionAttributeValues. Condition objects are no text. */
const EXPRESSIONS: readonly SinkModel[] = [
  ..."FilterExpression KeyConditionExpression ConditionExpression UpdateExpression ProjectionExpression".split(
    " ",
  ),
].map((name) => ({ kind: "nosql", argument: keyword(name), when: [isBuiltText(keyword(name))] }));

const OPERATION: SymbolModel = {
  call: { sinks: EXPRESSIONS, source: "database", propagates: "none", waits: { on: "network" } },
};
const PARTIQL: SymbolModel = {
  call: {
    sinks: [{ kind: "sql", argument: keyword("Statement") }],
    source: "database",
    propagates: "none",
    waits: { on: "network" },
  },
};
const OPERATIONS = "scan query get_item put_item update_item delete_item";

const CONDITION = "boto3.dynamodb.conditions.ConditionBase";
const COMPARISONS =
  "eq ne lt lte gt gte between begins_with contains is_in exists not_exists attribute_type size";

export const dynamodb: LibraryModel = {
  library: "dynamodb",
  symbols: {
    "boto3.resource().Table": gives(TABLE),
    [TABLE]: {},
    ...each(TABLE, OPERATIONS, OPERATION),
    ...each("boto3.client()", OPERATIONS, OPERATION),
    ...each("boto3.client()", "execute_statement", PARTIQL),
    [CONDITION]: {},
    ...named(
      ["boto3.dynamodb.conditions.Attr", "boto3.dynamodb.conditions.Key"],
      gives("boto3.dynamodb.conditions.AttributeBase", {
        sinks: [{ kind: "nosql", argument: argument(0, "name") }],
      }),
    ),
    "boto3.dynamodb.conditions.AttributeBase": {},
    ...each("boto3.dynamodb.conditions.AttributeBase", COMPARISONS, gives(CONDITION)),
  },
  ducks: [{ methods: ["execute_statement"], receiver: /./, model: PARTIQL }],
};
