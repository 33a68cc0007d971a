// XML parsers that are told to resolve entities, load DTDs or use the network.
import { misuseRule } from "../misuse-rule.js";
import { isSwitched } from "../surroundings.js";

export const unsafeXmlParser = misuseRule({
  id: "unsafe-xml-parser",
  family: "input-validation",
  cwe: "CWE-611",
  title: "XML parser resolves entities",
  severity: "medium",
  kinds: ["unsafe-xml-parser"],
  message: (what) => `${what} makes the XML parser resolve what documents refer to.`,
  note: "switches the protection of the parser off",
  help: "Leave entities, DTDs and the network switched off.",
  judge: ({ body, call, option }, { arrivals }) => {
    if (option?.keyword === "huge_tree" || isSwitched(body, call)) return undefined;
    const said = arrivals.some((arrival) => arrival.kind === "xml" && arrival.call.node === call.node);
    return said ? undefined : "medium";
  },
  docs: {
    what: "A parser for XML is made that resolves external entities, loads DTDs or fetches them from the network.",
    why: "A document from elsewhere then reads files of the server and addresses of its network, or grows until the memory is full. Parsers leave this off by default for that reason.",
    bad: `from lxml import etree


def make_parser():
    return etree.XMLParser(resolve_entities=True, no_network=True)
`,
    good: `from lxml import etree


def make_parser():
    return etree.XMLParser(resolve_entities=False, no_network=True)
`,
    decides: "It looks at the options that reach the constructors and features of XML parsers.",
    silent:
      "`huge_tree` alone; a parser whose untrusted document is reported already; options that an operator sets; tests and examples.",
    relatives: {
      bandit: ["B313", "B314", "B315", "B316", "B317", "B318", "B319"],
      ruff: ["S313", "S314", "S315", "S316", "S317", "S318", "S319", "S320"],
      codeql: ["py/xxe", "py/xml-bomb"],
      semgrep: ["use-defused-xml", "use-defused-xml-parse"],
      others: ["Sonar S2755"],
    },
  },
});
