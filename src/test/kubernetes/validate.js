// Prints the kind of each object of a manifest once it is valid by the schema that its project publishes.
const { readFileSync } = require("fs");
const { loadAll } = require("js-yaml");

for (const object of loadAll(readFileSync(process.argv[2], "utf8"))) {
  const { apiVersion, kind } = object;
  const models = apiVersion.startsWith("gateway.") ? "@kubernetes-models/gateway-api" : "kubernetes-models";
  const Model = require(`${models}/${apiVersion}/${kind}`)[kind];
  new Model(object).validate();
  console.log(kind);
}
