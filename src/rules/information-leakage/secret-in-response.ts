// Stored passwords and keys in the answer to a client.
import { secretRule } from "../secret-rule.js";

export const secretInResponse = secretRule({
  id: "secret-in-response",
  family: "information-leakage",
  cwe: "CWE-200",
  title: "Secret in an answer",
  severity: "medium",
  sinks: ["response"],
  message: (secret) => `${secret} is sent to the client.`,
  sinkNote: "is sent to the client",
  help: "Leave it out of the answer.",
  // Tokens are often made for the client that gets them.
  judge: ({ body }, secret) => {
    if (!STORED.test(lastWord(secret)) || /request|form|\bPOST\b/.test(secret)) return undefined;
    // A view for this very secret is there to answer it.
    return /passw|key|credential|secret/i.test(body.name) ? "low" : "medium";
  },
  docs: {
    what: "A password or private key is part of what a request is answered.",
    why: "Whoever can read the answer, its cache or the history of the browser has the secret.",
    bad: `from flask import Flask, jsonify

app = Flask(__name__)
USERS = {}


@app.get("/users/<int:number>")
def show(number):
    user = USERS[number]
    return jsonify({"name": user.name, "password": user.password})
`,
    good: `from flask import Flask, jsonify

app = Flask(__name__)
USERS = {}


@app.get("/users/<int:number>")
def show(number):
    user = USERS[number]
    return jsonify({"name": user.name})
`,
    decides: "It follows passwords and private keys into the calls of frameworks that make an answer.",
    silent:
      "Tokens, which are often made for the client; views that by their name are there for the secret (summary only); what the same request sent; masked and hashed values.",
    relatives: { codeql: ["py/clear-text-storage-sensitive-data"], others: ["Pysa 5027"] },
  },
});

const STORED = /passw|passphrase|private_?key|secret_?key/i;

function lastWord(text: string): string {
  return text.split(".").at(-1) ?? text;
}
