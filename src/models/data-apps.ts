// Web pages made of Python values: Streamlit and Gradio.
// Facts: https://docs.streamlit.io/develop/api-reference, https://www.gradio.app/docs
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, is, like, wrong, yields } from "./shorthand.js";
import { EVERY_INTERFACE } from "./web.js";

const BLOCK = "streamlit.delta_generator.DeltaGenerator";
const UPLOADED = "streamlit.runtime.uploaded_file_manager.UploadedFile";
const UNESCAPED = { argument: keyword("unsafe_allow_html"), is: [true] };
const UPLOAD: SymbolModel = gives(UPLOADED);
/** It escapes markup unless told otherwise. */
const SHOWS: SymbolModel = does({
  sinks: [{ kind: "html", argument: argument(0, "body"), when: [UNESCAPED] }],
});

/** The page, its side bar, and the containers in it have these. */
function elements(place: string): Record<string, SymbolModel> {
  return {
    ...each(place, "text_input text_area chat_input", yields("http-request")),
    [`${place}.file_uploader`]: UPLOAD,
    ...each(place, "markdown write caption", SHOWS),
    [`${place}.html`]: does({ sinks: [{ kind: "html", argument: argument(0, "body") }] }),
    ...each(place, "container empty expander form popover chat_message", gives(BLOCK)),
  };
}

const streamlit: Record<string, SymbolModel> = {
  ...elements("streamlit"),
  ...elements("streamlit.sidebar"),
  ...elements(BLOCK),
  [BLOCK]: {},
  ...each("streamlit", "columns tabs", does({ returns: BLOCK, returnsMany: true })),
  "streamlit.query_params": { member: { source: "http-request" } },
  "streamlit.experimental_get_query_params": yields("http-request"),
  "streamlit.secrets": { member: { source: "secret" } },
  ...each(
    "streamlit.components.v1",
    "html",
    does({ sinks: [{ kind: "html", argument: argument(0, "html") }] }),
  ),
  [UPLOADED]: {},
  [`${UPLOADED}.name`]: { member: { source: "upload" } },
  ...each(UPLOADED, "read getvalue getbuffer readline readlines", yields("upload")),
};

const COMPONENT = "gradio.components.base.Component";
const CALLED = { protocol: "http", parameters: "http-request", convertsByAnnotation: true } as const;
/** What the client chose in the page, or sent to the function's address without it. */
const CALLS: SymbolModel = does({ registers: { callback: argument(0, "fn"), entry: CALLED } });
const COMPONENTS =
  "Audio Button Chatbot Checkbox CheckboxGroup Code ColorPicker Dataframe Dropdown File Gallery HTML Image JSON " +
  "Markdown MultimodalTextbox Number Radio Slider Textbox UploadButton Video";

const gradio: Record<string, SymbolModel> = {
  [COMPONENT]: {},
  ...Object.fromEntries(
    COMPONENTS.split(" ").map((name) => [
      `gradio.${name}`,
      { ...gives(`gradio.${name}`), ...like(COMPONENT) },
    ]),
  ),
  ...each(COMPONENT, "blur change clear click input release select submit upload", CALLS),
  "gradio.TabbedInterface": { ...gives("gradio.Blocks"), extends: ["gradio.Blocks"] },
  ...each("gradio", "Interface ChatInterface", {
    ...does({ returns: "gradio.Blocks", registers: { callback: argument(0, "fn"), entry: CALLED } }),
    extends: ["gradio.Blocks"],
  }),
  "gradio.Blocks": gives("gradio.Blocks"),
  "gradio.Blocks.load": CALLS,
  "gradio.Blocks.launch": does({
    misuses: [wrong("binds-all-interfaces", is(keyword("server_name"), ...EVERY_INTERFACE))],
  }),
};

export const dataApps: LibraryModel = { library: "data-apps", symbols: { ...streamlit, ...gradio } };
