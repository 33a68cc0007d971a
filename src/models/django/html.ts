// Text that is HTML, URLs, and text that is known to be harmless in them.
// Facts: https://docs.djangoproject.com/en/stable/ref/utils/, https://docs.djangoproject.com/en/stable/topics/signing/
import { argument, each, rest, type SymbolModel } from "../model.js";
import { UNRELATED } from "../web.js";

const MARKS: SymbolModel = {
  call: {
    sinks: [{ kind: "html", argument: argument(0, "s") }],
    returns: "django.utils.safestring.SafeString",
    propagates: [argument(0, "s")],
  },
};
const ESCAPES: SymbolModel = { call: { propagates: [argument(0)], sanitizes: ["html"] } };
const KEEPS: SymbolModel = { call: { propagates: [argument(0)] } };
const SAME_HOST: SymbolModel = {
  call: {
    propagates: "none",
    validates: { argument: argument(0, "url"), kinds: ["redirect"], when: true },
  },
};

const html: Record<string, SymbolModel> = {
  ...each("django.utils.safestring", "mark_safe SafeString SafeText SafeData SafeUnicode", MARKS),
  "django.utils.html.mark_safe": MARKS,
  ...each("django.utils.html", "escape conditional_escape escapejs json_script linebreaks urlize", ESCAPES),
  "django.utils.html.linebreaks": { call: { propagates: [argument(0)] } },
  "django.utils.html.urlize": { call: { propagates: [argument(0)] } },
  // Its arguments are escaped, its format is not.
  "django.utils.html.format_html": {
    call: {
      sinks: [{ kind: "html", argument: argument(0, "format_string") }],
      returns: "django.utils.safestring.SafeString",
      propagates: ["any"],
      sanitizes: ["html"],
    },
  },
  "django.utils.html.format_html_join": {
    call: {
      sinks: [
        { kind: "html", argument: argument(0, "sep") },
        { kind: "html", argument: argument(1, "format_string") },
      ],
      returns: "django.utils.safestring.SafeString",
      propagates: ["any"],
      sanitizes: ["html"],
    },
  },
  // "No guarantee that the result is HTML safe."
  "django.utils.html.strip_tags": KEEPS,
  ...each("django.utils.html", "strip_spaces_between_tags smart_urlquote", KEEPS),
  "django.template.defaultfilters.escape": ESCAPES,
  "django.template.defaultfilters.force_escape": ESCAPES,
  "django.template.defaultfilters.escapejs": ESCAPES,
  "django.template.defaultfilters.safe": MARKS,
  "django.utils.text.slugify": {
    call: {
      propagates: [argument(0, "value")],
      sanitizes: ["html", "path", "shell", "sql", "header", "log", "redirect", "url"],
    },
  },
  "django.template.defaultfilters.slugify": { alias: "django.utils.text.slugify" },
  "django.utils.text.get_valid_filename": {
    call: { propagates: [argument(0)], sanitizes: ["path", "shell", "header", "html", "log"] },
  },
};

const urls: Record<string, SymbolModel> = {
  ...each("django.utils.http", "url_has_allowed_host_and_scheme is_safe_url", SAME_HOST),
  // Quotes are encoded, and so is everything that ends a line.
  ...each("django.utils.http", "urlquote urlquote_plus urlencode", {
    call: { propagates: [argument(0)], sanitizes: ["html", "header", "log"] },
  }),
  "django.utils.encoding.iri_to_uri": KEEPS,
  "django.utils.encoding.escape_uri_path": {
    call: { propagates: [argument(0, "path")], sanitizes: ["html", "header", "log"] },
  },
  ...each("django.utils.encoding", "smart_str smart_text smart_unicode smart_bytes", KEEPS),
  ...each("django.utils.encoding", "force_str force_text force_unicode force_bytes", KEEPS),
  ...each("django.utils.http", "urlsafe_base64_decode urlunquote urlunquote_plus", KEEPS),
  "django.utils.http.urlsafe_base64_encode": {
    call: { propagates: [argument(0)], sanitizes: ["html", "path", "sql", "shell", "header", "log"] },
  },
  ...each("django.utils.http", "base36_to_int int_to_base36 is_same_domain parse_http_date", UNRELATED),
};

const DESERIALIZES: SymbolModel = {
  call: {
    propagates: "none",
    decides: "signature",
    sinks: [
      {
        // Signed or not: whoever knows the key runs code.
        kind: "deserialize",
        argument: argument(0, "s"),
        when: [
          {
            argument: { name: "serializer" },
            refersTo: [
              "django.contrib.sessions.serializers.PickleSerializer",
              "django.core.signing.PickleSerializer",
            ],
          },
        ],
      },
    ],
  },
};
const SIGNER = "django.core.signing.Signer";

/** Signed text can be read by everybody and made by nobody else. */
const signing: Record<string, SymbolModel> = {
  "django.core.signing.loads": DESERIALIZES,
  "django.core.signing.dumps": { call: { propagates: [argument(0, "obj")] } },
  [SIGNER]: { call: { returns: SIGNER, propagates: "none" } },
  "django.core.signing.TimestampSigner": {
    extends: [SIGNER],
    call: { returns: "django.core.signing.TimestampSigner", propagates: "none" },
  },
  ...each(SIGNER, "unsign unsign_object", { call: { propagates: "none", decides: "signature" } }),
  ...each(SIGNER, "sign sign_object", { call: { propagates: [argument(0)] } }),
  "django.utils.crypto.constant_time_compare": { call: { propagates: "none", decides: "signature" } },
  "django.utils.crypto.get_random_string": { call: { source: "secret", propagates: "none" } },
  "django.utils.crypto.salted_hmac": { call: { propagates: "none" } },
  "django.utils.crypto.pbkdf2": { call: { propagates: "none" } },
};

const messages: Record<string, SymbolModel> = {
  ...each("django.contrib.messages", "debug info success warning error", {
    call: { sinks: [{ kind: "response", argument: argument(1, "message") }], propagates: "none" },
  }),
  "django.contrib.messages.add_message": {
    call: { sinks: [{ kind: "response", argument: argument(2, "message") }], propagates: "none" },
  },
  "django.utils.module_loading.import_string": {
    call: { sinks: [{ kind: "import", argument: argument(0, "dotted_path") }], propagates: "none" },
  },
  "django.utils.module_loading.import_by_path": { alias: "django.utils.module_loading.import_string" },
  ...each("django.utils.translation", "gettext ugettext gettext_lazy ugettext_lazy", KEEPS),
  ...each("django.utils.translation", "ngettext ungettext pgettext", { call: { propagates: [rest(0)] } }),
};

export const htmlSymbols: Record<string, SymbolModel> = { ...html, ...urls, ...signing, ...messages };
