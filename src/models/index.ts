// Every library model there is: a new one is a file beside this and a line here.
import { aiohttpWeb } from "./aiohttp-web.js";
import { builtins } from "./builtins.js";
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { django } from "./django/index.js";
import { fastapi } from "./fastapi.js";
import { flask } from "./flask.js";
import { flaskAppbuilder } from "./flask-appbuilder.js";
import { flaskLogin } from "./flask-login.js";
import { flaskRestful } from "./flask-restful.js";
import { markupsafe } from "./markupsafe.js";
import { os } from "./os.js";
import { pep249 } from "./pep249.js";
import { restFramework } from "./rest-framework.js";
import { starlette } from "./starlette.js";
import { subprocess } from "./subprocess.js";
import { tornado } from "./tornado.js";
import { werkzeug } from "./werkzeug.js";
import { wtforms } from "./wtforms.js";

export const catalogue: Catalogue = createCatalogue([
  aiohttpWeb,
  builtins,
  django,
  fastapi,
  flask,
  flaskAppbuilder,
  flaskLogin,
  flaskRestful,
  markupsafe,
  os,
  pep249,
  restFramework,
  starlette,
  subprocess,
  tornado,
  werkzeug,
  wtforms,
]);
