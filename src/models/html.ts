// Escaping and cleaning of HTML: html, cgi, xml.sax.saxutils, MarkupSafe, Bleach, nh3; and forms read by cgi.
// Facts: https://docs.python.org/3/library/html.html, https://docs.python.org/3.12/library/cgi.html,
// https://markupsafe.palletsprojects.com/en/stable/, https://bleach.readthedocs.io/en/latest/clean.html, https://nh3.readthedocs.io/
import { argument, each, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, named, PASSES_FIRST, PASSES_RECEIVER } from "./shapes.js";

const ESCAPES: SymbolModel = { call: { propagates: [argument(0)], sanitizes: ["html"] } };
const MARKUP = "markupsafe.Markup";

const markupsafe: Record<string, SymbolModel> = {
  "markupsafe.escape": { call: { propagates: [argument(0)], sanitizes: ["html"], returns: MARKUP } },
  "markupsafe.escape_silent": { alias: "markupsafe.escape" },
  // Takes the text for markup already.
  [MARKUP]: {
    call: {
      sinks: [{ kind: "html", argument: argument(0, "object") }],
      propagates: [argument(0)],
      returns: MARKUP,
    },
  },
  [`${MARKUP}.escape`]: ESCAPES,
  // What is put in is escaped.
  [`${MARKUP}.format`]: { call: { propagates: ["any", "receiver"], sanitizes: ["html"], returns: MARKUP } },
  [`${MARKUP}.join`]: { call: { propagates: ["any", "receiver"], sanitizes: ["html"], returns: MARKUP } },
  [`${MARKUP}.unescape`]: PASSES_RECEIVER,
  [`${MARKUP}.striptags`]: PASSES_RECEIVER,
};

const standard: Record<string, SymbolModel> = {
  ...named(["html.escape", "cgi.escape", "xml.sax.saxutils.escape", "xml.sax.saxutils.quoteattr"], ESCAPES),
  ...named(["html.unescape", "xml.sax.saxutils.unescape"], PASSES_FIRST),
};

/** CGI scripts: the form is the request. */
const FORM = "cgi.FieldStorage";
const REQUEST: SymbolModel = { call: { source: "http-request", propagates: "none" } };
const cgi: Record<string, SymbolModel> = {
  [FORM]: gives(FORM, { source: "http-request" }),
  ...each(FORM, "getvalue getfirst getlist", REQUEST),
  ...each(FORM, "value filename file", { member: { source: "http-request" } }),
  "cgi.parse": REQUEST,
  "cgi.parse_multipart": REQUEST,
  "cgi.parse_header": PASSES_FIRST,
  "cgitb.enable": { call: { propagates: "none", misuses: [{ kind: "debug-mode" }] } },
};

const CLEANER = "bleach.sanitizer.Cleaner";
const cleaners: Record<string, SymbolModel> = {
  "bleach.clean": ESCAPES,
  // Leaves tags as they are.
  "bleach.linkify": PASSES_FIRST,
  [CLEANER]: gives(CLEANER),
  "bleach.Cleaner": gives(CLEANER),
  [`${CLEANER}.clean`]: ESCAPES,
  "nh3.clean": ESCAPES,
  "nh3.clean_text": ESCAPES,
  "html_sanitizer.Sanitizer": {},
  "html_sanitizer.Sanitizer.sanitize": ESCAPES,
};

export const html: LibraryModel = {
  library: "html",
  symbols: { ...markupsafe, ...standard, ...cgi, ...cleaners },
};
