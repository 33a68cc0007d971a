import { openDatabase } from "../../src/store/database.js";
import { sqliteSql } from "../../src/store/sql.js";
import { describeRuns } from "./runs-conformance.js";

describeRuns("the record of runs in SQLite", async () => sqliteSql(openDatabase(":memory:")));
