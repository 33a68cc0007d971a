// Pecan: exposed methods of controllers, with WebOb's request and response for the current thread.
// Facts: https://pecan.readthedocs.io/en/latest/routing.html, /secure_controller.html, /pecan_core.html
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { AUTHORIZATION, answer, sameType } from "./web.js";
import { webobResponse } from "./webob.js";

/** What it returns goes through its template, or is text of the type that the decorator names. */
const EXPOSED: EntryModel = { protocol: "http", parameters: "http-request", answers: ["response"] };

const symbols: Record<string, SymbolModel> = {
  ...each("pecan", "expose decorators.expose", { decorates: EXPOSED }),
  "pecan.request": { member: { type: "webob.Request" } },
  ...each("pecan", "Request core.Request", sameType("webob.Request")),
  "pecan.response": { member: { type: "webob.Response" } },
  "pecan.Response": webobResponse("webob.Response"),
  "pecan.redirect": {
    call: {
      sinks: [{ kind: "redirect", argument: argument(0, "location") }],
      propagates: "none",
      neverReturns: true,
    },
  },
  "pecan.abort": {
    call: { sinks: answer(argument(1, "detail")), propagates: "none", neverReturns: true },
  },
  "pecan.render": {
    call: {
      sinks: [{ kind: "path", argument: argument(0, "template") }, ...answer(argument(1, "namespace"))],
      returns: "builtins.str",
      propagates: "none",
    },
  },
  "pecan.override_template": {
    call: { sinks: [{ kind: "path", argument: argument(0, "template") }], propagates: "none" },
  },
  "pecan.secure.secure": AUTHORIZATION,
};

export const pecan: LibraryModel = { library: "pecan", symbols };
