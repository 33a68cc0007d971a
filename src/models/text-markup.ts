// Text that becomes HTML: Markdown, reStructuredText. Raw HTML in it goes through unless somebody cleans it.
// Facts: https://python-markdown.github.io/reference/, https://docutils.sourceforge.io/docs/howto/security.html,
// https://github.com/trentm/python-markdown2/wiki, https://mistune.lepture.com/en/latest/guide.html
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, missing, PASSES_FIRST } from "./shapes.js";

/** The "raw" and "include" directives are on by default. */
const PUBLISHES: SymbolModel = {
  call: {
    sinks: [
      { kind: "html", argument: argument(0, "source"), when: [missing(keyword("settings_overrides"))] },
    ],
    propagates: [argument(0, "source")],
  },
};

export const textMarkup: LibraryModel = {
  library: "text-markup",
  symbols: {
    "markdown.markdown": PASSES_FIRST,
    "markdown.Markdown": gives("markdown.Markdown"),
    "markdown.Markdown.convert": PASSES_FIRST,
    "markdown2.markdown": PASSES_FIRST,
    "markdown2.Markdown": gives("markdown2.Markdown"),
    "markdown2.Markdown.convert": PASSES_FIRST,
    "commonmark.commonmark": PASSES_FIRST,
    "mistune.html": PASSES_FIRST,
    "markdown_it.MarkdownIt": gives("markdown_it.MarkdownIt"),
    "markdown_it.MarkdownIt.render": PASSES_FIRST,
    ...each("docutils.core", "publish_string publish_parts publish_doctree", PUBLISHES),
    "textile.textile": PASSES_FIRST,
    // Cleans by default.
    "textile.textile_restricted": { call: { propagates: [argument(0)], sanitizes: ["html"] } },
  },
};
