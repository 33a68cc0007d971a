// Django REST framework: views that parse, authenticate and answer for themselves.
// Facts: https://www.django-rest-framework.org/api-guide/requests/, /views/, /generic-views/, /viewsets/, /serializers/,
// /permissions/, /exceptions/
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { AUTHENTICATION, AUTHORIZATION, answer, CLIENT_VALUE, sameType, UNRELATED } from "./web.js";

const REQUEST = "rest_framework.request.Request";
const RESPONSE = "rest_framework.response.Response";
const VIEW = "rest_framework.views.APIView";
const GENERIC = "rest_framework.generics.GenericAPIView";
const SERIALIZER = "rest_framework.serializers.BaseSerializer";

const ENTRY: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  types: { 0: REQUEST, request: REQUEST },
  answers: ["response"],
};
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];
const ACTIONS = ["list", "create", "retrieve", "update", "partial_update", "destroy"];
const HOOKS = ["dispatch", "initial", "check_permissions", "check_object_permissions", "get_permissions"];
const GUARD_ATTRIBUTES = ["permission_classes", "authentication_classes"];

const request: Record<string, SymbolModel> = {
  [REQUEST]: { extends: ["django.http.HttpRequest"] },
  ...each(REQUEST, "data query_params QUERY_PARAMS DATA stream", CLIENT_VALUE),
  [`${REQUEST}.user`]: { member: { type: "django.contrib.auth.models.AbstractBaseUser" } },
  [`${REQUEST}.auth`]: { member: {} },
  [RESPONSE]: {
    extends: ["django.http.HttpResponse"],
    call: {
      sinks: [
        // Renderers escape; a content type of one's own is sent as it is.
        {
          kind: "html",
          argument: argument(0, "data"),
          when: [{ argument: argument(5, "content_type"), is: ["text/html", "text/html; charset=utf-8"] }],
        },
        ...answer(argument(0, "data")),
      ],
      returns: RESPONSE,
      propagates: "none",
    },
  },
};

const GENERICS =
  "CreateAPIView ListAPIView RetrieveAPIView DestroyAPIView UpdateAPIView ListCreateAPIView RetrieveUpdateAPIView " +
  "RetrieveDestroyAPIView RetrieveUpdateDestroyAPIView";

const views: Record<string, SymbolModel> = {
  [VIEW]: {
    extends: ["django.views.generic.base.View"],
    subclassEntries: { methods: METHODS, hooks: HOOKS, guardAttributes: GUARD_ATTRIBUTES, entry: ENTRY },
  },
  [`${VIEW}.request`]: { member: { type: REQUEST } },
  [`${VIEW}.check_permissions`]: {
    call: { propagates: "none", decides: "authorization" },
    guards: "authorization",
  },
  [`${VIEW}.check_object_permissions`]: {
    call: { propagates: "none", decides: "authorization" },
    guards: "authorization",
  },
  [`${VIEW}.permission_denied`]: { call: { propagates: "none", neverReturns: true } },
  [GENERIC]: { extends: [VIEW] },
  // It calls check_object_permissions, which grants everything unless a permission class says otherwise.
  [`${GENERIC}.get_object`]: { call: { source: "database", propagates: "none" } },
  [`${GENERIC}.get_serializer`]: { call: { returns: SERIALIZER, propagates: "none" } },
  ...each(GENERIC, "filter_queryset paginate_queryset", { call: { propagates: [argument(0, "queryset")] } }),
  [`${GENERIC}.get_paginated_response`]: {
    call: { sinks: answer(argument(0, "data")), returns: RESPONSE, propagates: "none" },
  },
  ...each("rest_framework.generics", GENERICS, sameType(GENERIC)),
  "rest_framework.viewsets.ViewSetMixin": {
    subclassEntries: { methods: ACTIONS, hooks: HOOKS, guardAttributes: GUARD_ATTRIBUTES, entry: ENTRY },
  },
  "rest_framework.viewsets.ViewSet": { extends: ["rest_framework.viewsets.ViewSetMixin", VIEW] },
  ...each("rest_framework.viewsets", "GenericViewSet ReadOnlyModelViewSet ModelViewSet", {
    extends: ["rest_framework.viewsets.ViewSetMixin", GENERIC],
  }),
  ...each("rest_framework.decorators", "api_view action list_route detail_route", { decorates: ENTRY }),
};

const serializers: Record<string, SymbolModel> = {
  [SERIALIZER]: {
    subclassEntries: {
      // create(self, validated_data), update(self, instance, validated_data), validate(self, attrs)
      methods: ["create", "validate", "to_internal_value"],
      entry: { protocol: "http", parameters: "http-request", inner: true },
    },
  },
  ...each(SERIALIZER, "validated_data initial_data", CLIENT_VALUE),
  [`${SERIALIZER}.is_valid`]: { call: { propagates: "none", decides: "validation" } },
  // It hands validated_data to create or update; only declared fields are in it.
  [`${SERIALIZER}.save`]: { call: { propagates: "none" } },
  ...each(
    "rest_framework.serializers",
    "Serializer ModelSerializer HyperlinkedModelSerializer ListSerializer",
    sameType(SERIALIZER),
  ),
};

const permissions: Record<string, SymbolModel> = {
  "rest_framework.decorators.permission_classes": {},
  ...each("rest_framework.permissions", "IsAuthenticated IsAuthenticatedOrReadOnly", AUTHENTICATION),
  ...each(
    "rest_framework.permissions",
    "IsAdminUser DjangoModelPermissions DjangoModelPermissionsOrAnonReadOnly DjangoObjectPermissions BasePermission",
    AUTHORIZATION,
  ),
  ...each(
    "rest_framework.authentication",
    "BasicAuthentication SessionAuthentication TokenAuthentication RemoteUserAuthentication",
    {},
  ),
  "rest_framework.authtoken.models.Token": { extends: ["django.db.models.Model"] },
  "rest_framework.authtoken.models.Token.key": { member: { source: "secret" } },
};

const DETAILED =
  "APIException ParseError AuthenticationFailed NotAuthenticated PermissionDenied NotFound ValidationError";

const exceptions: Record<string, SymbolModel> = {
  ...Object.fromEntries(
    DETAILED.split(" ").map((name) => [
      `rest_framework.exceptions.${name}`,
      {
        call: {
          sinks: answer(argument(0, "detail")),
          returns: `rest_framework.exceptions.${name}`,
          propagates: "none",
        },
      } satisfies SymbolModel,
    ]),
  ),
  "rest_framework.serializers.ValidationError": { alias: "rest_framework.exceptions.ValidationError" },
  "rest_framework.reverse.reverse": {
    call: { propagates: ["any"], sanitizes: ["redirect", "url", "html", "header", "log"] },
  },
  "rest_framework.routers.DefaultRouter": {},
  ...each("rest_framework.routers.DefaultRouter", "register", UNRELATED),
};

export const restFramework: LibraryModel = {
  library: "rest-framework",
  symbols: { ...request, ...views, ...serializers, ...permissions, ...exceptions },
  parameters: [{ name: /^request$/, type: REQUEST, whenImporting: "rest_framework" }],
};
