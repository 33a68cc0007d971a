// Every library model there is: a new one is a file beside this and a line here.
import { aiohttpClient } from "./aiohttp-client.js";
import { aiohttpWeb } from "./aiohttp-web.js";
import { asyncpg } from "./asyncpg.js";
import { boto } from "./boto.js";
import { bottle } from "./bottle.js";
import { cassandra } from "./cassandra.js";
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { cherrypy } from "./cherrypy.js";
import { commandLine } from "./command-line.js";
import { containers } from "./containers.js";
import { crypto } from "./crypto.js";
import { dataApps } from "./data-apps.js";
import { dataFormats } from "./data-formats.js";
import { django } from "./django/index.js";
import { djangoOrm } from "./django-orm.js";
import { dynamodb } from "./dynamodb.js";
import { elasticsearch } from "./elasticsearch.js";
import { falcon } from "./falcon.js";
import { fastapi } from "./fastapi.js";
import { flask } from "./flask.js";
import { flaskAppbuilder } from "./flask-appbuilder.js";
import { flaskLogin } from "./flask-login.js";
import { flaskRestful } from "./flask-restful.js";
import { gateways } from "./gateways.js";
import { graphql } from "./graphql.js";
import { green } from "./green.js";
import { html } from "./html.js";
import { httpx } from "./httpx.js";
import { jinja2 } from "./jinja2.js";
import { jupyter } from "./jupyter.js";
import { ldap } from "./ldap.js";
import { locks } from "./locks.js";
import { loggers } from "./loggers.js";
import { lxml } from "./lxml.js";
import { mssql } from "./mssql.js";
import { mysql } from "./mysql.js";
import { oracle } from "./oracle.js";
import { osloDb } from "./oslo-db.js";
import { otherHttpClients } from "./other-http-clients.js";
import { pandas } from "./pandas.js";
import { pecan } from "./pecan.js";
import { peewee } from "./peewee.js";
import { pep249 } from "./pep249.js";
import { pickle } from "./pickle.js";
import { pony } from "./pony.js";
import { postgresql } from "./postgresql.js";
import { processes } from "./processes.js";
import { pymongo } from "./pymongo.js";
import { pyramid } from "./pyramid.js";
import { quart } from "./quart.js";
import { redis } from "./redis.js";
import { remoteFunctions } from "./remote-functions.js";
import { requests } from "./requests.js";
import { restFramework } from "./rest-framework.js";
import { sanic } from "./sanic.js";
import { sqlalchemyCore } from "./sqlalchemy-core.js";
import { sqlalchemyEngine } from "./sqlalchemy-engine.js";
import { sqlalchemyOrm } from "./sqlalchemy-orm.js";
import { sqlite } from "./sqlite.js";
import { ssh } from "./ssh.js";
import { starlette } from "./starlette.js";
import { anyReceiver } from "./stdlib/builtins.js";
import { stdlib } from "./stdlib/index.js";
import { structuredConcurrency } from "./structured-concurrency.js";
import { taskQueues } from "./task-queues.js";
import { templates } from "./templates.js";
import { textMarkup } from "./text-markup.js";
import { tokens } from "./tokens.js";
import { tornado } from "./tornado.js";
import { tortoise } from "./tortoise.js";
import { twisted } from "./twisted.js";
import { urllib3 } from "./urllib3.js";
import { warehouses } from "./warehouses.js";
import { webob } from "./webob.js";
import { webpy } from "./webpy.js";
import { werkzeug } from "./werkzeug.js";
import { wtforms } from "./wtforms.js";
import { xml } from "./xml.js";
import { yaml } from "./yaml.js";

export const catalogue: Catalogue = createCatalogue([
  aiohttpClient,
  aiohttpWeb,
  asyncpg,
  boto,
  bottle,
  quart,
  falcon,
  sanic,
  pyramid,
  pecan,
  cherrypy,
  webob,
  cassandra,
  commandLine,
  containers,
  crypto,
  dataApps,
  dataFormats,
  djangoOrm,
  django,
  dynamodb,
  elasticsearch,
  fastapi,
  flaskAppbuilder,
  flaskLogin,
  flaskRestful,
  flask,
  gateways,
  graphql,
  green,
  html,
  httpx,
  jinja2,
  jupyter,
  ldap,
  locks,
  loggers,
  lxml,
  mssql,
  mysql,
  oracle,
  osloDb,
  otherHttpClients,
  pandas,
  peewee,
  pep249,
  pickle,
  pony,
  postgresql,
  processes,
  pymongo,
  redis,
  requests,
  remoteFunctions,
  restFramework,
  sqlalchemyCore,
  sqlalchemyEngine,
  sqlalchemyOrm,
  sqlite,
  ssh,
  starlette,
  structuredConcurrency,
  taskQueues,
  templates,
  textMarkup,
  tokens,
  tornado,
  tortoise,
  twisted,
  urllib3,
  warehouses,
  webpy,
  werkzeug,
  wtforms,
  xml,
  yaml,
  // Last: what they say of method names is for objects that no library claims.
  ...stdlib,
  anyReceiver,
]);
