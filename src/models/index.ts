// Every library model there is: a new one is a file beside this and a line here.
import { aiohttpWeb } from "./aiohttp-web.js";
import { asyncpg } from "./asyncpg.js";
import { builtins } from "./builtins.js";
import { cassandra } from "./cassandra.js";
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { dataFormats } from "./data-formats.js";
import { django } from "./django/index.js";
import { djangoOrm } from "./django-orm.js";
import { dynamodb } from "./dynamodb.js";
import { elasticsearch } from "./elasticsearch.js";
import { fastapi } from "./fastapi.js";
import { flask } from "./flask.js";
import { flaskAppbuilder } from "./flask-appbuilder.js";
import { flaskLogin } from "./flask-login.js";
import { flaskRestful } from "./flask-restful.js";
import { html } from "./html.js";
import { jinja2 } from "./jinja2.js";
import { ldap } from "./ldap.js";
import { lxml } from "./lxml.js";
import { mssql } from "./mssql.js";
import { mysql } from "./mysql.js";
import { oracle } from "./oracle.js";
import { os } from "./os.js";
import { osloDb } from "./oslo-db.js";
import { pandas } from "./pandas.js";
import { peewee } from "./peewee.js";
import { pep249 } from "./pep249.js";
import { pickle } from "./pickle.js";
import { pony } from "./pony.js";
import { postgresql } from "./postgresql.js";
import { pymongo } from "./pymongo.js";
import { redis } from "./redis.js";
import { restFramework } from "./rest-framework.js";
import { sqlalchemyCore } from "./sqlalchemy-core.js";
import { sqlalchemyEngine } from "./sqlalchemy-engine.js";
import { sqlalchemyOrm } from "./sqlalchemy-orm.js";
import { sqlite } from "./sqlite.js";
import { starlette } from "./starlette.js";
import { subprocess } from "./subprocess.js";
import { templates } from "./templates.js";
import { textMarkup } from "./text-markup.js";
import { tornado } from "./tornado.js";
import { tortoise } from "./tortoise.js";
import { warehouses } from "./warehouses.js";
import { werkzeug } from "./werkzeug.js";
import { wtforms } from "./wtforms.js";
import { xml } from "./xml.js";
import { yaml } from "./yaml.js";

export const catalogue: Catalogue = createCatalogue([
  aiohttpWeb,
  asyncpg,
  cassandra,
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
  html,
  jinja2,
  ldap,
  lxml,
  mssql,
  mysql,
  oracle,
  os,
  osloDb,
  pandas,
  peewee,
  pep249,
  pickle,
  pony,
  postgresql,
  pymongo,
  redis,
  restFramework,
  sqlalchemyCore,
  sqlalchemyEngine,
  sqlalchemyOrm,
  sqlite,
  starlette,
  subprocess,
  templates,
  textMarkup,
  tornado,
  tortoise,
  warehouses,
  werkzeug,
  wtforms,
  xml,
  yaml,
  // Last: what they say of method names is for objects that no library claims.
  builtins,
]);
