// Untrusted line breaks inside the headers of a mail.
import { taintRule } from "../taint-rule.js";
import { atMost } from "../trail.js";

export const mailHeaderInjection = taintRule({
  id: "mail-header-injection",
  family: "input-validation",
  cwe: "CWE-93",
  title: "Mail header injection",
  severity: "medium",
  sinks: ["mail"],
  message: (source) => `This mail is put together with ${source}.`,
  sinkNote: "is written into the mail",
  help: "Build the mail with `email.message.EmailMessage`, which refuses line breaks in headers.",
  judge: (_arrival, usual) => atMost("medium", usual),
  docs: {
    what: "Data from a client is written into the headers of a mail by an interface that does not refuse line breaks.",
    why: "A line break ends the header: whoever sends it adds recipients and a body of their own, and the server sends spam in your name.",
    bad: `import smtplib

from flask import Flask, request

app = Flask(__name__)


@app.post("/invite")
def invite():
    text = "Subject: Hello " + request.form["name"] + "\\n\\nWelcome."
    with smtplib.SMTP("localhost", timeout=10) as server:
        server.sendmail("shop@example.com", "team@example.com", text)
    return {"sent": True}
`,
    good: `from email.message import EmailMessage
import smtplib

from flask import Flask, request

app = Flask(__name__)


@app.post("/invite")
def invite():
    mail = EmailMessage()
    mail["From"], mail["To"] = "shop@example.com", "team@example.com"
    mail["Subject"] = "Hello " + request.form["name"]
    with smtplib.SMTP("localhost", timeout=10) as server:
        server.send_message(mail)
    return {"sent": True}
`,
    decides:
      "It follows data from where a client sends it to raw mail texts and to headers of the older `email` classes.",
    silent:
      "`EmailMessage`; Django mail functions, which refuse line breaks; numbers; values compared with constants.",
    relatives: { semgrep: ["xss-send-mail-html-message"], others: ["Pysa 5036"] },
  },
});
