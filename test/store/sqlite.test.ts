import { openDatabase } from "../../src/store/database.js";
import { sqliteSql } from "../../src/store/sql.js";
import { describeOutcomes } from "./outcomes-conformance.js";
import { describePeople } from "./people-conformance.js";
import { describeRuns } from "./runs-conformance.js";

const fresh = async () => sqliteSql(openDatabase(":memory:"));

describeRuns("the record of runs in SQLite", fresh);
describeOutcomes("the record of outcomes in SQLite", fresh);
describePeople("the record in SQLite of what people say", fresh);
