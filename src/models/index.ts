// Every library model there is: a new one is a file beside this and a line here.

import { asyncpg } from "./asyncpg.js";
import { builtins } from "./builtins.js";
import { cassandra } from "./cassandra.js";
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { dataFormats } from "./data-formats.js";
import { djangoOrm } from "./django-orm.js";
import { dynamodb } from "./dynamodb.js";
import { elasticsearch } from "./elasticsearch.js";
import { flask } from "./flask.js";
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
import { sqlalchemyCore } from "./sqlalchemy-core.js";
import { sqlalchemyEngine } from "./sqlalchemy-engine.js";
import { sqlalchemyOrm } from "./sqlalchemy-orm.js";
import { sqlite } from "./sqlite.js";
import { subprocess } from "./subprocess.js";
import { templates } from "./templates.js";
import { textMarkup } from "./text-markup.js";
import { tortoise } from "./tortoise.js";
import { warehouses } from "./warehouses.js";
import { xml } from "./xml.js";
import { yaml } from "./yaml.js";

export const catalogue: Catalogue = createCatalogue([
  flask,
  os,
  pep249,
  subprocess,
  asyncpg,
  cassandra,
  dataFormats,
  djangoOrm,
  dynamodb,
  elasticsearch,
  html,
  jinja2,
  ldap,
  lxml,
  mssql,
  mysql,
  oracle,
  osloDb,
  pandas,
  peewee,
  pickle,
  pony,
  postgresql,
  pymongo,
  redis,
  sqlalchemyCore,
  sqlalchemyEngine,
  sqlalchemyOrm,
  sqlite,
  templates,
  textMarkup,
  tortoise,
  warehouses,
  xml,
  yaml,
  // Last: what it says of method names is for objects that no library claims.
  builtins,
]);
