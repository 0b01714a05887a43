// Runs the statements given in DuckDB, one after the other in one folder, and prints the rows of the last of each as JSON.
const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const all = {};
  for (const [name, sql] of JSON.parse(process.argv[2])) {
    all[name] = (await connection.runAndReadAll(sql)).getRowsJson();
  }
  console.log(JSON.stringify(all));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
