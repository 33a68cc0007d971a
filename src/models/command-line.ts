// Programs that people start: argparse, optparse, docopt, click, typer and fire.
// Facts: https://docs.python.org/3/library/argparse.html, https://docs.python.org/3/library/optparse.html,
// https://click.palletsprojects.com/en/stable/api/, https://typer.tiangolo.com/reference/,
// https://github.com/google/python-fire/blob/master/docs/api.md, http://docopt.org/
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, SILENT, sinks, yields } from "./shorthand.js";

const PARSER = "argparse.ArgumentParser";
const OPTIONS = "optparse.OptionParser";

const parsers: Record<string, SymbolModel> = {
  [PARSER]: gives(PARSER),
  ...each(
    PARSER,
    "parse_args parse_known_args parse_intermixed_args parse_known_intermixed_args",
    yields("local"),
  ),
  ...each(PARSER, "add_argument set_defaults print_help print_usage format_help format_usage", SILENT),
  ...each(PARSER, "error exit", does({ neverReturns: true })),
  [OPTIONS]: gives(OPTIONS),
  [`${OPTIONS}.parse_args`]: yields("local"),
  ...each(OPTIONS, "add_option set_defaults set_usage print_help print_usage", SILENT),
  [`${OPTIONS}.error`]: does({ neverReturns: true }),
  ...each("getopt", "getopt gnu_getopt", { call: { propagates: [argument(0, "args")] } }),
  "docopt.docopt": yields("local"),
};

const CONTEXT = "click.Context";
/** What stands in the command line; a context is the program's own. An annotation says what the option's type is. */
const COMMAND: EntryModel = {
  protocol: "command",
  parameters: "local",
  types: { ctx: CONTEXT, context: CONTEXT },
  convertsByAnnotation: true,
  injectedTypes: [CONTEXT, "typer.Context"],
};

const click: Record<string, SymbolModel> = {
  [CONTEXT]: gives(CONTEXT),
  ...each(CONTEXT, "exit abort fail", does({ neverReturns: true })),
  ...each("click", "command group", { decorates: COMMAND }),
  "click.Group": gives("click.Group"),
  ...each("click.Group", "command group", { decorates: COMMAND }),
  ...each("click", "prompt", yields("local", { waits: { on: "user" } })),
  ...each("click", "confirm pause", does({ waits: { on: "user" } })),
  "click.getchar": yields("local", { waits: { on: "user" } }),
  ...each("click", "get_text_stream get_binary_stream", yields("local")),
  "click.open_file": gives("io.TextIOWrapper", {
    sinks: sinks("path", argument(0, "filename")),
    acquires: "file",
  }),
  // The editor runs in a shell, with the name of the file between double quotes.
  "click.edit": yields("local", {
    sinks: sinks("shell", argument(1, "editor"), argument(5, "filename")),
    waits: { on: "user" },
  }),
  ...each("click", "echo secho clear", SILENT),
};

const REGISTERS: SymbolModel = does({ registers: { callback: argument(0), entry: COMMAND } });

const typer: Record<string, SymbolModel> = {
  "typer.Typer": gives("typer.Typer"),
  ...each("typer.Typer", "command callback", { decorates: COMMAND }),
  "typer.run": REGISTERS,
  "typer.prompt": { alias: "click.prompt" },
  "typer.confirm": { alias: "click.confirm" },
  ...each("typer", "echo secho", SILENT),
  "typer.Context": { extends: [CONTEXT] },
  "fire.Fire": REGISTERS,
};

export const commandLine: LibraryModel = {
  library: "command-line",
  symbols: { ...parsers, ...click, ...typer },
};
