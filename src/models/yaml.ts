// YAML: PyYAML and ruamel.yaml. Loaders that build any Python object are the danger.
// Facts: https://pyyaml.org/wiki/PyYAMLDocumentation, https://github.com/yaml/pyyaml/wiki/PyYAML-yaml.load(input)-Deprecation,
// https://yaml.dev/doc/ruamel.yaml/api/
import { argument, type Condition, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, likeType, named } from "./shapes.js";

const STREAM = argument(0, "stream");
const LOADER = argument(1, "Loader");
const UNSAFE_LOADERS = [
  ..."Loader UnsafeLoader CLoader CUnsafeLoader".split(" ").map((name) => `yaml.${name}`),
  "yaml.loader.Loader",
  "yaml.loader.UnsafeLoader",
  "yaml.cyaml.CLoader",
  "yaml.cyaml.CUnsafeLoader",
  "ruamel.yaml.Loader",
  "ruamel.yaml.UnsafeLoader",
  "ruamel.yaml.loader.Loader",
  "ruamel.yaml.loader.UnsafeLoader",
];
/** Without a loader the default of PyYAML before 5.1 builds anything. */
const UNSAFE: readonly (readonly Condition[])[] = [
  [{ argument: LOADER, missing: true, is: [null] }],
  [{ argument: LOADER, refersTo: UNSAFE_LOADERS }],
];

const LOADS: SymbolModel = {
  call: {
    sinks: UNSAFE.map((when) => ({ kind: "deserialize", argument: STREAM, when })),
    propagates: [STREAM],
    misuses: UNSAFE.map((when) => ({ kind: "unsafe-deserializer", when })),
  },
};
const LOADS_ANYTHING: SymbolModel = {
  call: {
    sinks: [{ kind: "deserialize", argument: STREAM }],
    propagates: [STREAM],
    misuses: [{ kind: "unsafe-deserializer" }],
  },
};
const LOADS_DATA: SymbolModel = { call: { propagates: [STREAM] } };
const DUMPS: SymbolModel = { call: { propagates: [argument(0, "data")] } };

const ROUND_TRIP = "ruamel.yaml.YAML";
const ANYTHING = "ruamel.yaml.YAML of any object";
const TYP = keyword("typ");

export const yaml: LibraryModel = {
  library: "yaml",
  symbols: {
    ...each("yaml", "load load_all", LOADS),
    ...each("yaml", "unsafe_load unsafe_load_all", LOADS_ANYTHING),
    ...each("yaml", "safe_load safe_load_all full_load full_load_all compose parse scan", LOADS_DATA),
    ...each("yaml", "dump safe_dump dump_all safe_dump_all", DUMPS),
    ...each("ruamel.yaml", "load load_all", LOADS),
    ...each("ruamel.yaml", "safe_load safe_load_all round_trip_load", LOADS_DATA),
    [ROUND_TRIP]: gives(ROUND_TRIP, {
      returnsWhen: [{ when: [{ argument: TYP, is: ["unsafe"] }], type: ANYTHING }],
      misuses: [{ kind: "unsafe-deserializer", when: [{ argument: TYP, is: ["unsafe"] }] }],
    }),
    ...each(ROUND_TRIP, "load load_all", LOADS_DATA),
    [ANYTHING]: likeType(ROUND_TRIP),
    ...each(ANYTHING, "load load_all", LOADS_ANYTHING),
    ...named(["oyaml.load", "yamlloader.load"], LOADS),
  },
};
