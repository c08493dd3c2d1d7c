// Answers, with llama.cpp, what the C# engine is measured against. In: a JSON file (argument). Out: one JSON line on stdout.
//   { model, adapter?, texts: [{ text, marks }], sequence: [tokens], greedy: { prompt: [tokens], count } }
//   { tokens: [[…]], top: [{ id: logProbability, … } a position], greedy: [{ token, margin }] }
import { readFileSync } from "node:fs";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

const request = JSON.parse(readFileSync(process.argv[2], "utf8"));
const llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: request.model });
const answer = { tokens: request.texts.map(({ text, marks }) => [...model.tokenize(text, marks)]) };

// The attention in half precision is left off: it rounds sums that the plain one keeps.
const lora = request.adapter ? { adapters: [{ filePath: request.adapter }] } : undefined;
const context = await model.createContext({ contextSize: 1024, threads: 2, flashAttention: false, lora });
const sequence = context.getSequence();
const ask = (token) => [token, { generateNext: { logits: true, options: { temperature: 0 } } }];

function logProbabilities(logits) {
  const entries = [...logits.entries()].sort((a, b) => b[1] - a[1]);
  const total = entries[0][1] + Math.log(entries.reduce((sum, [, logit]) => sum + Math.exp(logit - entries[0][1]), 0));
  return entries.slice(0, 20).map(([token, logit]) => [token, logit - total]);
}

const evaluated = await sequence.controlledEvaluate(request.sequence.map(ask));
answer.top = evaluated.map((output) => Object.fromEntries(logProbabilities(output.next.logits)));

await sequence.clearHistory();
answer.greedy = [];
let pending = request.greedy.prompt.map((token, i, all) => (i === all.length - 1 ? ask(token) : token));
for (let i = 0; i < request.greedy.count; i++) {
  const output = (await sequence.controlledEvaluate(pending)).at(-1);
  const [first, second] = logProbabilities(output.next.logits);
  answer.greedy.push({ token: first[0], margin: first[1] - second[1] });
  pending = [ask(first[0])];
}
process.stdout.write(JSON.stringify(answer) + "\n", () => process.exit(0));
