// What Django code uses besides: storage, mail, commands, settings, caches.
// Facts: https://docs.djangoproject.com/en/stable/ref/files/storage/, /topics/email/, /howto/custom-management-commands/,
// /ref/settings/, /topics/serialization/
import { argument, each, type SettingModel, type SymbolModel } from "../model.js";
import { sameType, UNRELATED } from "../web.js";

const STORAGE = "django.core.files.storage.Storage";
const FILE = "django.core.files.File";

const storage: Record<string, SymbolModel> = {
  // Names are joined to the root with safe_join: those outside raise SuspiciousFileOperation.
  [STORAGE]: {},
  [`${STORAGE}.open`]: { call: { returns: FILE, acquires: "file", propagates: "none" } },
  [`${STORAGE}.save`]: { call: { propagates: [argument(0, "name")], sanitizes: ["path"] } },
  [`${STORAGE}.path`]: { call: { propagates: [argument(0, "name")], sanitizes: ["path"] } },
  [`${STORAGE}.url`]: {
    call: { propagates: [argument(0, "name")], sanitizes: ["html", "header", "redirect", "url"] },
  },
  ...each(STORAGE, "delete exists listdir size get_modified_time get_created_time", UNRELATED),
  "django.core.files.storage.default_storage": { member: { type: STORAGE } },
  // (location, base_url, file_permissions_mode, directory_permissions_mode)
  "django.core.files.storage.FileSystemStorage": {
    extends: [STORAGE],
    call: {
      sinks: [{ kind: "path", argument: argument(0, "location") }],
      returns: "django.core.files.storage.FileSystemStorage",
      propagates: "none",
    },
  },
  "django.core.files.storage.filesystem.FileSystemStorage": sameType(
    "django.core.files.storage.FileSystemStorage",
  ),
  "django.core.files.storage.InMemoryStorage": sameType(STORAGE),
  [FILE]: {},
  [`${FILE}.read`]: {
    call: { source: "file", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each(FILE, "readline readlines chunks __iter__", { call: { source: "file", propagates: "none" } }),
  [`${FILE}.close`]: { call: { releases: "receiver", propagates: "none" } },
  "django.core.files.base.File": sameType(FILE),
  "django.core.files.base.ContentFile": { call: { propagates: [argument(0, "content")] } },
  "django.core.files.move.file_move_safe": {
    call: {
      sinks: [
        { kind: "path", argument: argument(0, "old_file_name") },
        { kind: "path", argument: argument(1, "new_file_name") },
      ],
      propagates: "none",
    },
  },
  "django.utils._os.safe_join": { call: { propagates: ["any"], sanitizes: ["path"] } },
};

/** Headers with a newline raise BadHeaderError; HTML bodies are taken as they are. */
const mail: Record<string, SymbolModel> = {
  "django.core.mail.send_mail": {
    call: { sinks: [{ kind: "html", argument: argument(8, "html_message") }], propagates: "none" },
  },
  ...each("django.core.mail", "mail_admins mail_managers", {
    call: { sinks: [{ kind: "html", argument: argument(4, "html_message") }], propagates: "none" },
  }),
  "django.core.mail.send_mass_mail": UNRELATED,
  "django.core.mail.EmailMessage": {
    call: { returns: "django.core.mail.EmailMessage", propagates: "none" },
  },
  "django.core.mail.EmailMultiAlternatives": {
    extends: ["django.core.mail.EmailMessage"],
    call: { returns: "django.core.mail.EmailMultiAlternatives", propagates: "none" },
  },
  ...each("django.core.mail.message", "EmailMessage EmailMultiAlternatives", {
    extends: ["django.core.mail.EmailMultiAlternatives"],
  }),
  "django.core.mail.EmailMessage.send": { call: { propagates: "none", waits: { on: "network" } } },
  "django.core.mail.EmailMultiAlternatives.attach_alternative": {
    call: {
      sinks: [
        {
          kind: "html",
          argument: argument(0, "content"),
          when: [{ argument: argument(1, "mimetype"), is: ["text/html"] }],
        },
      ],
      propagates: "none",
    },
  },
  "django.core.mail.EmailMessage.attach_file": {
    call: { sinks: [{ kind: "path", argument: argument(0, "path") }], propagates: "none" },
  },
};

const commands: Record<string, SymbolModel> = {
  "django.core.management.base.BaseCommand": {
    subclassEntries: {
      methods: ["handle", "handle_label", "handle_app_config"],
      entry: { protocol: "command", parameters: "local" },
    },
  },
  "django.core.management.BaseCommand": sameType("django.core.management.base.BaseCommand"),
  ...each(
    "django.core.management.base",
    "LabelCommand AppCommand NoArgsCommand",
    sameType("django.core.management.base.BaseCommand"),
  ),
  "django.core.management.call_command": UNRELATED,
};

const MUST_NOT_PICKLE: SymbolModel = {
  call: { propagates: "none", misuses: [{ kind: "unsafe-deserializer" }] },
};

const others: Record<string, SymbolModel> = {
  "django.conf.settings": {},
  "django.conf.settings.SECRET_KEY": { member: { source: "secret" } },
  "django.conf.settings.SECRET_KEY_FALLBACKS": { member: { source: "secret" } },
  "django.conf.settings.EMAIL_HOST_PASSWORD": { member: { source: "secret" } },
  "django.contrib.sessions.serializers.PickleSerializer": MUST_NOT_PICKLE,
  // Fields and models are looked up by name; values are not evaluated.
  "django.core.serializers.deserialize": { call: { propagates: [argument(1, "stream_or_string")] } },
  "django.core.serializers.serialize": { call: { propagates: [argument(1, "queryset")] } },
  "django.core.cache.cache": {},
  ...each("django.core.cache.cache", "set add delete touch clear set_many", UNRELATED),
  ...each(
    "django.core.validators",
    "validate_email validate_slug validate_ipv4_address validate_ipv46_address",
    {
      call: { propagates: "none", decides: "validation" },
    },
  ),
  "django.core.validators.validate_slug": {
    call: {
      propagates: "none",
      decides: "validation",
      validates: {
        argument: argument(0, "value"),
        kinds: ["path", "shell", "sql", "html", "header", "log", "url", "redirect"],
        when: "returns",
      },
    },
  },
};

export const serviceSymbols: Record<string, SymbolModel> = { ...storage, ...mail, ...commands, ...others };

export const djangoSettings: readonly SettingModel[] = [
  { name: "DEBUG", is: [true], misuse: "debug-mode" },
  { name: "TEMPLATE_DEBUG", is: [true], misuse: "debug-mode" },
  { name: "SESSION_COOKIE_SECURE", is: [false], misuse: "insecure-cookie" },
  { name: "SESSION_COOKIE_HTTPONLY", is: [false], misuse: "insecure-cookie" },
  { name: "CSRF_COOKIE_SECURE", is: [false], misuse: "insecure-cookie" },
  {
    name: "SESSION_SERIALIZER",
    is: ["django.contrib.sessions.serializers.PickleSerializer"],
    misuse: "unsafe-deserializer",
  },
  // django-cors-headers
  { name: "CORS_ALLOW_ALL_ORIGINS", is: [true], misuse: "cors-wildcard" },
  { name: "CORS_ORIGIN_ALLOW_ALL", is: [true], misuse: "cors-wildcard" },
];
