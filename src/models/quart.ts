// Quart: Flask's interface with coroutines, and web sockets.
// Facts: https://quart.palletsprojects.com/en/latest/reference/api/, /how_to_guides/websockets/
import { flask } from "./flask.js";
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { answer, CLIENT_VALUE, UNRELATED } from "./web.js";

/** `model` with Flask's names in it, at any depth, as Quart's. */
function renamed<Part>(model: Part): Part;
function renamed(model: unknown): unknown {
  if (typeof model === "string") return model.replace(/^flask\./, "quart.");
  if (Array.isArray(model)) return model.map((part: unknown) => renamed(part));
  if (typeof model !== "object" || model === null) return model;
  return Object.fromEntries(Object.entries(model).map(([key, part]) => [renamed(key), renamed(part)]));
}

const SOCKET = "quart.Websocket";
const ENTRY: EntryModel = {
  protocol: "websocket",
  parameters: "http-request",
  routeArgument: argument(0, "rule"),
};

const sockets: Record<string, SymbolModel> = {
  "quart.websocket": { member: { type: SOCKET } },
  "quart.globals.websocket": { alias: "quart.websocket" },
  [SOCKET]: {},
  ...each(SOCKET, "args headers cookies path full_path url host view_args query_string", CLIENT_VALUE),
  ...each(SOCKET, "receive receive_json", {
    call: { source: "message", propagates: "none", waits: { on: "network", suspends: true } },
  }),
  ...each(SOCKET, "send send_json", { call: { sinks: answer("any"), propagates: "none" } }),
  ...each(SOCKET, "accept close", UNRELATED),
  ...each("quart.Quart", "websocket", { decorates: ENTRY }),
  ...each("quart.Blueprint", "websocket", { decorates: ENTRY }),
  ...each("quart.Quart", "before_websocket", { decorates: { protocol: "websocket", surrounds: true } }),
  ...each("quart.Blueprint", "before_websocket", { decorates: { protocol: "websocket", surrounds: true } }),
};

export const quart: LibraryModel = {
  library: "quart",
  symbols: {
    ...Object.fromEntries(
      Object.entries(flask.symbols).map(([name, model]) => [
        renamed(name).replace(/^quart\.Flask\b/, "quart.Quart"),
        renamed(model),
      ]),
    ),
    "quart.current_app": { member: { type: "quart.Quart" } },
    "quart.globals.current_app": { member: { type: "quart.Quart" } },
    "quart.app.Quart": { extends: ["quart.Quart"] },
    "quart.send_file": {
      call: {
        sinks: [{ kind: "path", argument: argument(0, "filename_or_io") }],
        returns: "quart.Response",
        propagates: "none",
      },
    },
    ...sockets,
  },
};
