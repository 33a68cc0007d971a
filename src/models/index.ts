// Every library model there is: a new one is a file beside this and a line here.
import { builtins } from "./builtins.js";
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { flask } from "./flask.js";
import { os } from "./os.js";
import { pep249 } from "./pep249.js";
import { subprocess } from "./subprocess.js";

export const catalogue: Catalogue = createCatalogue([builtins, flask, os, pep249, subprocess]);
