// Django without its ORM: what clients send, what views answer, who may do what.
// Facts: https://docs.djangoproject.com/en/stable/ref/ (each file names its pages)
import type { LibraryModel } from "../model.js";
import { authSymbols } from "./auth.js";
import { formSymbols } from "./forms.js";
import { htmlSymbols } from "./html.js";
import { requestParameters, requestSymbols } from "./request.js";
import { responseSymbols } from "./responses.js";
import { djangoSettings, serviceSymbols } from "./services.js";
import { viewSymbols } from "./views.js";

export const django: LibraryModel = {
  library: "django",
  symbols: {
    ...requestSymbols,
    ...responseSymbols,
    ...viewSymbols,
    ...formSymbols,
    ...htmlSymbols,
    ...authSymbols,
    ...serviceSymbols,
  },
  parameters: requestParameters,
  settings: djangoSettings,
};
