// Every library model there is: a new one is a file beside this and a line here.
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { flask } from "./flask.js";
import { pep249 } from "./pep249.js";
import { anyReceiver } from "./stdlib/builtins.js";
import { stdlib } from "./stdlib/index.js";

export const catalogue: Catalogue = createCatalogue([
  flask,
  pep249,
  ...stdlib,
  anyReceiver,
]);
