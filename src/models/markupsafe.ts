// MarkupSafe: text that templates take for HTML as it is.
// Facts: https://markupsafe.palletsprojects.com/en/stable/
import { argument, type LibraryModel } from "./model.js";

export const markupsafe: LibraryModel = {
  library: "markupsafe",
  symbols: {
    "markupsafe.escape": { call: { propagates: [argument(0)], sanitizes: ["html"] } },
    "markupsafe.escape_silent": { alias: "markupsafe.escape" },
    "markupsafe.Markup": {
      call: {
        sinks: [{ kind: "html", argument: argument(0, "object") }],
        returns: "markupsafe.Markup",
        propagates: [argument(0, "object")],
      },
    },
    // Arguments are escaped. (`unescape` and `striptags` give text back that is not.)
    "markupsafe.Markup.format": { call: { propagates: ["any", "receiver"], sanitizes: ["html"] } },
    "markupsafe.Markup.join": { call: { propagates: ["any", "receiver"], sanitizes: ["html"] } },
    "markupsafe.Markup.escape": { alias: "markupsafe.escape" },
    "jinja2.Markup": { alias: "markupsafe.Markup" },
    "jinja2.escape": { alias: "markupsafe.escape" },
    "jinja2.utils.Markup": { alias: "markupsafe.Markup" },
    "jinja2.utils.escape": { alias: "markupsafe.escape" },
  },
};
