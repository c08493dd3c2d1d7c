// How fast llama.cpp is, for the benchmark "engines". In: model, threads, tokens of a prompt, tokens to write, rounds. Out: one JSON line,
// { prefill, decode } in tokens a second, each by the fastest round, in processor time over threads: time on the wall would measure who else is there.
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

const [path, threads, promptTokens, written, rounds] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error, maxThreads: threads });
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({ contextSize: 1024, batchSize: 512, threads, flashAttention: false });
const sequence = context.getSequence();
const prompt = Array.from({ length: promptTokens }, (_, i) => 20 + ((i * 37) % 200));
const clock = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000 / threads;
let [prefill, decode] = [Infinity, Infinity];
for (let round = 0; round < rounds; round++) {
  await sequence.clearHistory();
  let started = clock();
  await sequence.evaluateWithoutGeneratingNewTokens(prompt);
  prefill = Math.min(prefill, clock() - started);
  let count = 0;
  started = clock();
  for await (const _ of sequence.evaluate([21], { temperature: 0, yieldEogToken: true })) if (++count >= written) break;
  decode = Math.min(decode, (clock() - started) / count);
}
process.stdout.write(JSON.stringify({ prefill: (promptTokens * 1000) / prefill, decode: 1000 / decode }) + "\n", () => process.exit(0));
