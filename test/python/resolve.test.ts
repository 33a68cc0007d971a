import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/python/ast.js";
import { entityName } from "../../src/python/entities.js";
import {
  memberAfter,
  memberOf,
  qualifiedName,
  resolveExpression,
  resolveImport,
} from "../../src/python/resolve.js";
import type { Scope } from "../../src/python/scopes.js";
import { programOf } from "./tree.js";

type Files = Readonly<Record<string, string>>;

/** Reads `text` as an expression at the top of "main.py", or inside its function `inside`. */
function reading(files: Files, text: string, inside?: string) {
  const program = programOf(files);
  const module = program.module("main.py")!;
  const expression = program.expression(text) as Expression;
  const scope = module.scopes.all.find(
    ({ owner }) => "kind" in owner && "name" in owner && owner.name.id === inside,
  ) as Scope;
  return { program, module, expression, scope: inside === undefined ? module.scopes.module : scope };
}

/** What `text` may mean: "kind name" of every entity. */
function entities(files: Files, text: string, inside?: string): string {
  const { program, module, scope, expression } = reading(files, text, inside);
  const found = resolveExpression(program, module, scope, expression);
  return found.map((entity) => `${entity.kind} ${entityName(entity)}`).join(", ");
}

function name(files: Files, text: string, inside?: string): string | undefined {
  const { program, module, scope, expression } = reading(files, text, inside);
  return qualifiedName(program, module, scope, expression);
}

const packageFiles = {
  "pkg/__init__.py":
    "from .core import run as start, Config\nfrom .names import *\nfrom . import util\n__version__ = '1'\n",
  "pkg/core.py": "import json\ndef run(): pass\nclass Config:\n  def load(self): pass\n  default = 1\n",
  "pkg/names.py":
    "__all__ = ['shown']\n__all__ += ['_kept']\ndef shown(): pass\ndef hidden(): pass\ndef _kept(): pass\n",
  "pkg/util.py": "from . import core\nfrom .core import Config as C\ndef helper(): pass\n",
};

describe("names across files", () => {
  it.each([
    ["import pkg", "pkg.start", "function pkg.core.run"],
    ["import pkg.core", "pkg.core.run", "function pkg.core.run"],
    ["import pkg.core as c", "c.Config.load", "function pkg.core.Config.load"],
    ["import pkg.core as c", "c.Config.default", "variable pkg.core.Config.default"],
    ["from pkg import Config", "Config", "class pkg.core.Config"],
    ["from pkg.util import C", "C.load", "function pkg.core.Config.load"],
    ["from pkg import util", "util.core.run", "function pkg.core.run"],
    ["from pkg import names", "names.hidden", "function pkg.names.hidden"],
    ["import pkg", "pkg.shown", "function pkg.names.shown"],
    ["import pkg", "pkg._kept", "function pkg.names._kept"],
    ["import pkg", "pkg.hidden", ""],
    ["from pkg import *", "start", "function pkg.core.run"],
    ["from pkg import *", "__version__", ""],
    ["import pkg", "pkg.__version__", "variable pkg.__version__"],
    ["import pkg", "pkg.core.json.loads", "external json.loads"],
    ["from pkg import core\nrunner = core.run", "runner", "function pkg.core.run"],
    ["from os import *\nfrom sys import *", "argv", "external os.argv, external sys.argv"],
    ["", "open", "external builtins.open"],
    ["", "nothing", ""],
  ])("after %j, %s is %s", (text, expression, expected) => {
    expect(entities({ ...packageFiles, "main.py": text }, expression)).toBe(expected);
  });

  it("are found through relative imports of any level", () => {
    const files = {
      "main.py": "from a.b import deep",
      "a/__init__.py": "def top(): pass",
      "a/b/__init__.py": "",
      "a/b/deep.py":
        "from .. import top\nfrom ..c import other\nfrom . import deep as me\nfrom ... import out",
      "a/c.py": "def other(): pass",
    };
    expect(entities(files, "deep.top")).toBe("function a.top");
    expect(entities(files, "deep.other")).toBe("function a.c.other");
    expect(entities(files, "deep.me.other")).toBe("function a.c.other");
    expect(entities(files, "deep.out")).toBe("");
  });

  it("are found in namespace packages and in `src`", () => {
    const files = {
      "setup.py": "",
      "main.py": "import space.part.mod\nfrom space import part\nimport lib.inner",
      "space/part/mod.py": "def f(): pass",
      "src/lib/__init__.py": "",
      "src/lib/inner.py": "def g(): pass",
    };
    expect(entities(files, "space.part.mod.f")).toBe("function space.part.mod.f");
    expect(entities(files, "part.mod.f")).toBe("function space.part.mod.f");
    expect(entities(files, "lib.inner.g")).toBe("function lib.inner.g");
  });

  it("end where imports go in a circle", () => {
    const files = {
      "main.py": "import a",
      "a.py": "from b import x, y\ndef z(): pass",
      "b.py": "from a import x, z as y",
    };
    expect(entities(files, "a.x")).toBe("");
    expect(entities(files, "a.y")).toBe("function a.z");
  });

  it("have all alternatives of conditional imports, in order", () => {
    const text =
      "try:\n  import simplejson as json\nexcept ImportError:\n  import json\ntry:\n  import x\nexcept ImportError:\n  x = None";
    expect(entities({ "main.py": text }, "json")).toBe("external simplejson, external json");
    expect(entities({ "main.py": text }, "x")).toBe("external x");
  });

  it("are known under TYPE_CHECKING", () => {
    const text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from pkg import Config";
    expect(entities({ ...packageFiles, "main.py": text }, "Config")).toBe("class pkg.core.Config");
  });

  it("imported inside a function are known there and only there", () => {
    const text = "def f():\n  from pkg import Config\n  def g(): pass";
    const files = { ...packageFiles, "main.py": text };
    expect(entities(files, "Config", "f")).toBe("class pkg.core.Config");
    expect(entities(files, "Config")).toBe("");
    expect(entities(files, "g", "f")).toBe("function main.f.g");
  });

  it("are the same objects each time", () => {
    const { program, module, scope, expression } = reading(
      { ...packageFiles, "main.py": "import pkg" },
      "pkg.start",
    );
    expect(resolveExpression(program, module, scope, expression)[0]).toBe(
      resolveImport(program, module, "pkg.core", "run")[0],
    );
  });
});

describe("qualified names", () => {
  it.each([
    ["from flask import request", "request.args.get", "flask.request.args.get"],
    ["import flask as f", "f.request.args", "flask.request.args"],
    ["import os.path", "os.path.join", "os.path.join"],
    [
      "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()",
      "db.session.execute",
      "flask_sqlalchemy.SQLAlchemy.session.execute",
    ],
    ["import sqlite3\nc = sqlite3.connect('x')", "c.execute", "sqlite3.connect().execute"],
    ["x = {}", "x.get", "main.x.get"],
    ["", "print", "builtins.print"],
  ])("after %j, of %s is %s", (text, expression, expected) => {
    expect(name({ "main.py": text }, expression)).toBe(expected);
  });

  it("are not made up for local variables", () => {
    expect(name({ "main.py": "def f(x): pass" }, "x.y", "f")).toBeUndefined();
  });
});

describe("classes", () => {
  const files = {
    "main.py": [
      "import enum, threading",
      "from dataclasses import dataclass",
      "from typing import Generic, TypeVar, NamedTuple",
      "from collections import namedtuple",
      "from flask_sqlalchemy import SQLAlchemy",
      "db = SQLAlchemy()",
      "T = TypeVar('T')",
      "class A:",
      "  def m(self): pass",
      "  def only_a(self): pass",
      "class B(A):",
      "  def m(self): pass",
      "class C(A):",
      "  def m(self): self.found = 1",
      "class D(B, C, threading.Thread): pass",
      "class Bad(A, B): pass",
      "class Loop(Loop): pass",
      "class G(Generic[T], A): pass",
      "class M(db.Model): pass",
      "class E(enum.Enum): X = 1",
      "class N(NamedTuple):\n  x: int",
      "class P(namedtuple('P', 'a b')): pass",
      "class Q(metaclass=enum.EnumMeta): pass",
      "@dataclass(frozen=True)\nclass R:\n  x: int = 1\n  y: str = ''",
      "class S:",
      "  def __init__(self, a):",
      "    self.a = self.b = a",
      "    if a:\n      self.c: int = 2",
      "    self.d, self.e = 1, a",
      "  @property\n  def p(self): return 1",
      "  @p.setter\n  def p(self, value): pass",
      "  @staticmethod\n  def s(): pass",
      "  @classmethod\n  def k(cls): cls.f = 3",
      "  class Inner:\n    def n(self): pass",
    ].join("\n"),
  };
  const program = programOf(files);
  const module = program.module("main.py")!;
  const classNamed = (wanted: string) => {
    const [entity] = memberOf(program, { kind: "module", module }, wanted);
    if (entity?.kind !== "class") throw new Error(`no class ${wanted}`);
    return entity.class;
  };
  const mro = (wanted: string) =>
    classNamed(wanted)
      .mro.map((base) => (typeof base === "string" ? base : base.definition.name.id))
      .join(" ");

  it.each([
    ["D", "D B C A threading.Thread"],
    ["Bad", "Bad A B"],
    ["Loop", "Loop"],
    ["G", "G A"],
    ["M", "M flask_sqlalchemy.SQLAlchemy.Model"],
    ["P", "P collections.namedtuple()"],
  ])("%s has the order %s", (wanted, expected) => {
    expect(mro(wanted)).toBe(expected);
  });

  it("inherit members in that order, and through `super()` from the next in it", () => {
    const member = (wanted: string, text: string) => {
      const [found] = memberOf(program, { kind: "class", class: classNamed(wanted) }, text);
      return found && entityName(found);
    };
    expect(member("D", "m")).toBe("main.B.m");
    expect(member("D", "only_a")).toBe("main.A.only_a");
    expect(member("D", "found")).toBe("main.C.found");
    expect(member("D", "start")).toBe("threading.Thread.start");
    const [next] = memberAfter(program, classNamed("D").mro, classNamed("B"), "m");
    expect(next && entityName(next)).toBe("main.C.m");
  });

  it("know what they are", () => {
    expect(classNamed("E").isEnum).toBe(true);
    expect(classNamed("N").isNamedTuple).toBe(true);
    expect(classNamed("R").isDataclass).toBe(true);
    expect(classNamed("A").isDataclass).toBe(false);
    expect(classNamed("Q").metaclass).toBe("enum.EnumMeta");
  });

  it("have methods with roles, and attributes of body and methods", () => {
    const { methods, attributes } = classNamed("S");
    const roles = [...methods].map(([key, method]) => `${key} ${method.role} ${method.definition.kind}`);
    expect(roles).toEqual([
      "__init__ method function",
      "p property function",
      "s static function",
      "k class function",
    ]);
    expect([...attributes.keys()]).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(
      [...classNamed("R").attributes.values()].map((field) => `${field.name} ${field.values.length}`),
    ).toEqual(["x 1", "y 1"]);
  });

  it("nest in classes and functions by qualified name", () => {
    const [inner] = memberOf(program, { kind: "class", class: classNamed("S") }, "Inner");
    expect(inner && entityName(inner)).toBe("main.S.Inner");
    expect(inner?.kind === "class" && inner.class.methods.get("n")?.qualifiedName).toBe("main.S.Inner.n");
  });
});
