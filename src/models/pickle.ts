// Formats whose reading runs code: pickle and what is built on it, marshal, jsonpickle, models saved by numerical libraries.
// Facts: https://docs.python.org/3/library/pickle.html, https://docs.python.org/3/library/shelve.html, https://dill.readthedocs.io/,
// https://jsonpickle.readthedocs.io/en/latest/, https://joblib.readthedocs.io/en/stable/persistence.html,
// https://pytorch.org/docs/stable/generated/torch.load.html, https://numpy.org/doc/stable/reference/generated/numpy.load.html
import { argument, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, isBuiltText, missing, named, RELEASES } from "./shapes.js";

/** What comes out is of the sender's making as well. */
function loads(name: string): SymbolModel {
  return {
    call: {
      sinks: [{ kind: "deserialize", argument: argument(0, name) }],
      propagates: [argument(0, name)],
    },
  };
}
function loadsFile(name: string): SymbolModel {
  const place = argument(0, name);
  return {
    call: {
      sinks: [
        { kind: "deserialize", argument: place },
        { kind: "path", argument: place, when: [isBuiltText(place)] },
      ],
      propagates: [place],
    },
  };
}

const DUMPS: SymbolModel = { call: { propagates: [argument(0)] } };
const PICKLES = ["pickle", "cPickle", "_pickle", "pickle5", "cloudpickle", "dill", "six.moves.cPickle"];

function pickleLike(module: string): Record<string, SymbolModel> {
  const unpickler = `${module}.Unpickler`;
  return {
    [`${module}.load`]: loads("file"),
    [`${module}.loads`]: loads("data"),
    [`${module}.dumps`]: DUMPS,
    [unpickler]: { call: { propagates: [argument(0, "file")], returns: unpickler } },
    [`${unpickler}.load`]: {
      call: { sinks: [{ kind: "deserialize", argument: "receiver" }], propagates: ["receiver"] },
    },
  };
}

const standard: Record<string, SymbolModel> = {
  ...Object.assign({}, ...PICKLES.map(pickleLike)),
  "marshal.load": loads("file"),
  "marshal.loads": loads("bytes"),
  "shelve.open": {
    call: {
      sinks: [
        { kind: "path", argument: argument(0, "filename") },
        { kind: "deserialize", argument: argument(0, "filename") },
      ],
      propagates: "none",
      returns: "shelve.Shelf",
      acquires: "file",
    },
  },
  "shelve.Shelf": {},
  "shelve.Shelf.close": RELEASES,
};

const json: Record<string, SymbolModel> = {
  "jsonpickle.decode": loads("string"),
  "jsonpickle.loads": loads("string"),
  "jsonpickle.unpickler.decode": loads("string"),
  "jsonpickle.encode": DUMPS,
  "jsonpickle.unpickler.Unpickler": gives("jsonpickle.unpickler.Unpickler"),
  "jsonpickle.unpickler.Unpickler.restore": loads("obj"),
};

const FILE = argument(0, "f");
const WEIGHTS_ONLY = keyword("weights_only");
const ALLOW_PICKLE = argument(2, "allow_pickle");

const numerical: Record<string, SymbolModel> = {
  ...named(["joblib.load", "sklearn.externals.joblib.load"], loadsFile("filename")),
  // weights_only is True by default since 2.6.
  "torch.load": {
    call: {
      sinks: [
        { kind: "deserialize", argument: FILE, when: [missing(WEIGHTS_ONLY)] },
        { kind: "deserialize", argument: FILE, when: [{ argument: WEIGHTS_ONLY, is: [false] }] },
        { kind: "path", argument: FILE, when: [isBuiltText(FILE)] },
      ],
      propagates: [FILE],
      misuses: [{ kind: "unsafe-deserializer", when: [{ argument: WEIGHTS_ONLY, is: [false] }] }],
    },
  },
  // allow_pickle is False by default since 1.16.3.
  "numpy.load": {
    call: {
      sinks: [
        {
          kind: "deserialize",
          argument: argument(0, "file"),
          when: [{ argument: ALLOW_PICKLE, is: [true] }],
        },
        { kind: "path", argument: argument(0, "file"), when: [isBuiltText(argument(0, "file"))] },
      ],
      propagates: [argument(0, "file")],
      source: "file",
      misuses: [{ kind: "unsafe-deserializer", when: [{ argument: ALLOW_PICKLE, is: [true] }] }],
    },
  },
  ...named(["keras.models.load_model", "tensorflow.keras.models.load_model"], loadsFile("filepath")),
};

export const pickle: LibraryModel = {
  library: "pickle",
  symbols: { ...standard, ...json, ...numerical },
};
