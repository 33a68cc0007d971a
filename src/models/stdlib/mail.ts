// E-mail and other old protocols: email, smtplib, imaplib, poplib, ftplib, telnetlib, nntplib.
// Facts: https://docs.python.org/3/library/email.html, https://docs.python.org/3/library/smtplib.html,
// https://docs.python.org/3/library/ftplib.html, https://docs.python.org/3.12/library/telnetlib.html,
// https://docs.python.org/3.12/library/nntplib.html
import { argument, type CallModel, each, keyword, type LibraryModel, type SymbolModel } from "../model.js";
import {
  does,
  FIRST,
  gives,
  is,
  like,
  RECEIVER,
  RELEASES,
  SILENT,
  sinks,
  type Waits,
  wrong,
  yields,
} from "../shorthand.js";

const MESSAGE = "email.message.Message";
const MODERN = "email.message.EmailMessage";
const FLATTENS: SymbolModel = {
  call: { propagates: ["receiver"], returns: "builtins.str", sanitizes: ["mail"] },
};

const messages: Record<string, SymbolModel> = {
  ...each("email", "message_from_string message_from_bytes message_from_file message_from_binary_file", {
    call: { propagates: [argument(0)], returns: MESSAGE },
  }),
  [MESSAGE]: {},
  [`${MESSAGE}.__setitem__`]: does({ sinks: sinks("mail", argument(1)), fills: [argument(1)] }),
  [`${MESSAGE}.add_header`]: does({
    sinks: sinks("mail", argument(1, "_value")),
    fills: [argument(1, "_value")],
  }),
  [`${MESSAGE}.replace_header`]: does({
    sinks: sinks("mail", argument(1, "_value")),
    fills: [argument(1, "_value")],
  }),
  [`${MESSAGE}.set_payload`]: does({ fills: [argument(0, "payload")] }),
  [`${MESSAGE}.attach`]: does({ fills: [argument(0, "payload")] }),
  ...each(MESSAGE, "as_string as_bytes", FLATTENS),
  ...each(MESSAGE, "get get_all get_content_type get_filename get_payload items keys values walk", RECEIVER),
  // It refuses line breaks in headers itself.
  [MODERN]: like(MESSAGE),
  ...each(MODERN, "__setitem__ add_header replace_header", does({ fills: [argument(1)] })),
  ...each(
    MODERN,
    "set_content add_alternative",
    does({
      sinks: [{ kind: "html", argument: argument(0), when: [is(argument(1, "subtype"), "html")] }],
      fills: [argument(0)],
    }),
  ),
  "email.mime.text.MIMEText": {
    call: {
      propagates: [argument(0, "_text")],
      returns: MESSAGE,
      sinks: [{ kind: "html", argument: argument(0, "_text"), when: [is(argument(1, "_subtype"), "html")] }],
    },
  },
  "email.MIMEText.MIMEText": { alias: "email.mime.text.MIMEText" },
  "email.mime.multipart.MIMEMultipart": gives(MESSAGE),
  "email.MIMEMultipart.MIMEMultipart": gives(MESSAGE),
  ...each(
    "email.mime",
    "application.MIMEApplication base.MIMEBase image.MIMEImage audio.MIMEAudio",
    gives(MESSAGE),
  ),
  ...each("email.utils", "formataddr parseaddr getaddresses", FIRST),
  ...each("email.utils", "formatdate localtime make_msgid parsedate parsedate_to_datetime", SILENT),
  "email.header.Header": FIRST,
  "email.header.decode_header": FIRST,
};

const WAITS: Waits = { on: "network", unlimitedWhen: [] };

/** A connection that is made by calling the class; `timeout` has no limit unless given. */
function connects(type: string, place = keyword("timeout"), more: CallModel = {}): SymbolModel {
  return gives(type, {
    sinks: sinks("url", argument(0, "host")),
    acquires: "connection",
    waits: { on: "network", timeout: place },
    ...more,
  });
}

const SMTP = "smtplib.SMTP";
const smtp: Record<string, SymbolModel> = {
  [SMTP]: connects(SMTP, argument(3, "timeout")),
  "smtplib.SMTP_SSL": connects(SMTP),
  "smtplib.LMTP": connects(SMTP),
  [`${SMTP}.sendmail`]: does({ sinks: [{ kind: "mail", argument: argument(2, "msg") }], waits: WAITS }),
  [`${SMTP}.send_message`]: does({ waits: WAITS }),
  ...each(SMTP, "login starttls ehlo helo connect noop", does({ waits: WAITS })),
  ...each(SMTP, "quit close __exit__", RELEASES),
};

const CLEAR = { misuses: [wrong("clear-text-protocol")] };
const FTP = "ftplib.FTP";
const IMAP = "imaplib.IMAP4";
const POP = "poplib.POP3";
const TELNET = "telnetlib.Telnet";
const NNTP = "nntplib.NNTP";
const others: Record<string, SymbolModel> = {
  [FTP]: connects(FTP, argument(4, "timeout"), CLEAR),
  "ftplib.FTP_TLS": connects(FTP),
  ...each(FTP, "nlst mlsd", yields("remote-response", { waits: WAITS })),
  ...each(FTP, "retrbinary retrlines storbinary storlines login dir delete rename", does({ waits: WAITS })),
  ...each(FTP, "quit close __exit__", RELEASES),
  [IMAP]: connects(IMAP),
  "imaplib.IMAP4_SSL": connects(IMAP),
  ...each(IMAP, "fetch search list uid", yields("message", { waits: WAITS })),
  ...each(IMAP, "login select", does({ waits: WAITS })),
  ...each(IMAP, "logout shutdown __exit__", RELEASES),
  [POP]: connects(POP, argument(2, "timeout")),
  "poplib.POP3_SSL": connects(POP),
  ...each(POP, "retr top list uidl", yields("message", { waits: WAITS })),
  ...each(POP, "quit close", RELEASES),
  [TELNET]: connects(TELNET, argument(2, "timeout"), CLEAR),
  [`${TELNET}.read_all`]: yields("remote-response", { waits: WAITS, unbounded: {} }),
  [`${TELNET}.read_until`]: yields("remote-response", {
    waits: { on: "network", timeout: argument(1, "timeout") },
  }),
  [`${TELNET}.expect`]: yields("remote-response", {
    waits: { on: "network", timeout: argument(1, "timeout") },
  }),
  ...each(TELNET, "read_some", yields("remote-response", { waits: WAITS })),
  ...each(TELNET, "read_very_eager read_eager read_lazy", yields("remote-response")),
  ...each(TELNET, "write", SILENT),
  [`${TELNET}.close`]: RELEASES,
  [NNTP]: connects(NNTP),
  "nntplib.NNTP_SSL": connects(NNTP),
  ...each(NNTP, "article body head over", yields("message", { waits: WAITS })),
  [`${NNTP}.quit`]: RELEASES,
};

export const mail: LibraryModel = {
  library: "email",
  symbols: { ...messages, ...smtp, ...others },
};
