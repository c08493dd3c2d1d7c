using System.Collections.Concurrent;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.Gguf.Drafts;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Inference.Gguf;

/// <summary>
/// Whole drafts by models whose weights are random, over passages that are random: the hardest test of the mask. The suite writes a sample;
/// <c>PARALEGAL_DRAFTS=10000</c> writes as many.
/// </summary>
public sealed class RandomModelDraftsTests : IDisposable
{
    private static readonly string[] Words = SampleVocabulary.Page.Split([' ', '\n', '"'], StringSplitOptions.RemoveEmptyEntries);

    private static readonly SampleModel[] Models =
    [
        new() { Pre = "llama-bpe", Types = [GgufType.Q8_0], OuterType = GgufType.Q8_0, Seed = 1 },
        new() { Types = [GgufType.F16], OuterType = GgufType.F16, Seed = 2, Tied = true },
        new() { Pre = "qwen2", Types = [GgufType.F32], Confidence = 1, Seed = 3 },
        new() { Pre = "tekken", Types = [GgufType.Q4_0], OuterType = GgufType.Q8_0, Confidence = 8, Seed = 4 },
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("gguf").FullName;

    [Fact]
    public async Task Every_draft_of_a_random_model_is_valid_names_real_passages_and_keeps_its_budget()
    {
        var (drafts, verdicts) = (int.Parse(Environment.GetEnvironmentVariable("PARALEGAL_DRAFTS") ?? "120"), new ConcurrentBag<DraftVerdict>());
        for (var model = 0; model < Models.Length; model++)
        {
            var path = Path.Combine(folder, $"{model}.gguf");
            await File.WriteAllBytesAsync(path, Models[model].Write().ToArray(), TestContext.Current.CancellationToken);
            using var client = new GgufChatClient(new GgufOptions { ModelPath = path, ContextTokens = 2_048, Sequences = 4, Threads = 1 });
            var numbers = Enumerable.Range(0, drafts / Models.Length).Select(number => number * Models.Length + model);
            await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (number, stop) =>
            {
                var random = new Random(number);
                var passages = Passages(random);
                var prompt = GroundedPrompt.Build(Text(random, 1), passages);
                var budget = prompt.Options.MaxOutputTokens = DraftConstraint.FewestTokens + random.Next(number % 3 == 0 ? 4 : 220);
                (prompt.Options.Temperature, prompt.Options.Seed) = (random.NextSingle() * 2, random.Next());

                var response = await client.GetResponseAsync(prompt.Messages, prompt.Options, stop);

                Assert.True(response.Usage!.OutputTokenCount <= budget, $"draft {number}: {response.Usage.OutputTokenCount} tokens of {budget}");
                verdicts.Add(DraftGrammarTests.Valid(response.Text, passages.ToDictionary(scored => scored.Passage.Id, scored => scored.Passage.Sentences.Count)).Verdict);
            });
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{verdicts.Count} drafts: {string.Join(", ", verdicts.CountBy(verdict => verdict))}");
        Assert.Equal(drafts / Models.Length * Models.Length, verdicts.Count);
        Assert.Equal(3, verdicts.Distinct().Count());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static List<ScoredPassage> Passages(Random random) => [.. Enumerable.Range(0, random.Next(6)).Select(_ => $"{random.Next(1, 400)}{(random.Next(4) == 0 ? " Bis" : "")}").Distinct()
        .Select(article => new ScoredPassage(new Passage { Id = $"LX/{article}/p{random.Next(1, 12)}", Law = "LX", Article = article, Text = Text(random, random.Next(1, 7)) }, 1, new Dictionary<string, double>()))];

    private static string Text(Random random, int sentences) =>
        string.Join(' ', Enumerable.Range(0, sentences).Select(_ => $"La {string.Join(' ', Enumerable.Range(0, random.Next(2, 9)).Select(_ => Words[random.Next(Words.Length)].Trim('.')))}."));
}
