// GraphQL: resolvers and mutations of Strawberry, Graphene and Ariadne.
// Facts: https://strawberry.rocks/docs/types/resolvers, https://docs.graphene-python.org/en/latest/types/mutations/,
// https://ariadnegraphql.org/docs/resolvers
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, like, SILENT } from "./shorthand.js";

const INFO = "graphql.GraphQLResolveInfo";
/** The schema admits nothing but numbers where an annotation or a type in it says so. */
const RESOLVER: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  types: {
    info: INFO,
    root: "graphql.Root",
    parent: "graphql.Root",
    self: "graphql.Root",
    _: "graphql.Root",
  },
  convertsByAnnotation: true,
  injectedTypes: ["strawberry.types.Info", "strawberry.Info"],
};
const ARGUMENTS: EntryModel = { ...RESOLVER, types: { ...RESOLVER.types, 0: "graphql.Root", 1: INFO } };

const strawberry: Record<string, SymbolModel> = {
  ...each("strawberry", "field mutation subscription", {
    ...does({ registers: { callback: { name: "resolver" }, entry: RESOLVER } }),
    decorates: RESOLVER,
  }),
  ...each("strawberry_django", "field mutation", { decorates: RESOLVER }),
  "strawberry.types.Info": {},
  "strawberry.Info": like("strawberry.types.Info"),
};

/** `def mutate(self, info, name)`, or `def mutate(root, info, name)`: the first parameter is never the client's. */
function mutatedBy(method: string): SymbolModel {
  return { subclassEntries: { methods: [method], entry: RESOLVER } };
}

const graphene: Record<string, SymbolModel> = {
  "graphene.ObjectType": {
    subclassEntries: { methods: [], prefixes: ["resolve_"], entry: RESOLVER },
  },
  "graphene.types.objecttype.ObjectType": like("graphene.ObjectType"),
  "graphene_django.DjangoObjectType": like("graphene.ObjectType"),
  "graphene.Mutation": mutatedBy("mutate"),
  "graphene.types.mutation.Mutation": like("graphene.Mutation"),
  ...each(
    "graphene.relay",
    "ClientIDMutation mutation.ClientIDMutation",
    mutatedBy("mutate_and_get_payload"),
  ),
};

const ariadne: Record<string, SymbolModel> = {
  "ariadne.ObjectType": gives("ariadne.ObjectType"),
  ...each("ariadne", "QueryType MutationType", {
    ...gives("ariadne.ObjectType"),
    ...like("ariadne.ObjectType"),
  }),
  "ariadne.ObjectType.field": { decorates: ARGUMENTS },
  "ariadne.ObjectType.set_field": does({
    registers: { callback: argument(1, "resolver"), entry: ARGUMENTS },
  }),
  "ariadne.ObjectType.set_alias": SILENT,
};

export const graphql: LibraryModel = {
  library: "graphql",
  symbols: { ...strawberry, ...graphene, ...ariadne },
};
