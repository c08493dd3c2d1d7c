using System.Text.Json;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Gguf.Drafts;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Sampling;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Tests.Inference.Gguf;

public sealed class DraftGrammarTests
{
    private static readonly string[] Ids = ["LFT/76/p1", "LFT/76/p10", "LFT/76/p2", "CPEUM/123/A/XXII", "LFT/353-Ñ/p1", "CCF/17 Bis/II", "X/\"raro\"\\/1", "LFT/47/II"];

    private static readonly GgufVocabulary[] Vocabularies = [Read(null), Read("llama-bpe")];

    private static readonly TokenTrie[] Tries = [.. Vocabularies.Select(vocabulary => new TokenTrie(vocabulary))];

    [Fact]
    public void Ten_thousand_random_drafts_are_all_valid_all_ids_real_and_none_over_budget()
    {
        var verdicts = new int[3];
        Parallel.For(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            var random = new Random(number);
            var passages = Ids.OrderBy(_ => random.Next()).Take(random.Next(0, 6)).ToDictionary(id => id, _ => random.Next(1, random.Next(2, 130)));
            var budget = DraftConstraint.FewestTokens + random.Next(number % 3 == 0 ? 4 : 220);
            var (text, tokens) = Write(number % 2, passages, budget, random);

            Assert.True(tokens <= budget, $"draft {number}: {tokens} tokens of {budget}");
            Interlocked.Increment(ref verdicts[(int)Valid(text, passages).Verdict]);
        });
        Assert.All(verdicts, count => Assert.True(count > 300, $"verdicts {string.Join(' ', verdicts)}"));
    }

    [Fact]
    public void Insufficient_can_always_be_said_even_with_the_smallest_budget_and_without_passages()
    {
        var (text, tokens) = Write(1, [], DraftConstraint.FewestTokens, new Random(1));

        Assert.Equal("""{"verdict":"insufficient","claims":[],"clarification":null}""", text);
        Assert.True(tokens <= DraftConstraint.FewestTokens);
    }

    [Theory]
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p1","sentences":[1,3]}],"text":"Doce días: «año»."}],"clarification":null}""", true)]
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p10","sentences":[11,12]}],"text":"Sí \"tal cual\"."}],"clarification":null}""", true)]
    [InlineData("""{"verdict":"clarify","claims":[],"clarification":"¿En qué estado vive?"}""", true)]
    [InlineData("""{"verdict":"answer","claims":[],"clarification":null}""", false)] // an answer without claims
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p3","sentences":[1]}],"text":"x"}],"clarification":null}""", false)] // not retrieved
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p1","sentences":[4]}],"text":"x"}],"clarification":null}""", false)] // three sentences only
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p1","sentences":[0]}],"text":"x"}],"clarification":null}""", false)]
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p1","sentences":[2,2]}],"text":"x"}],"clarification":null}""", false)] // twice
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p1","sentences":[]}],"text":"x"}],"clarification":null}""", false)]
    [InlineData("""{"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p1","sentences":[1]}],"text":""}],"clarification":null}""", false)]
    public void The_grammar_takes_drafts_and_nothing_else(string text, bool taken)
    {
        var grammar = new DraftGrammar(new PassageTrie([("LFT/76/p1", 3), ("LFT/76/p10", 12)]));
        var state = DraftGrammar.Start;
        var left = grammar.Left(state);

        var accepted = System.Text.Encoding.UTF8.GetBytes(text).All(value => grammar.Step(ref state, value)) && state.Part is DraftPart.Done;

        Assert.Equal(DraftGrammar.Shortest, left);
        Assert.Equal(taken, accepted);
    }

    private static GgufVocabulary Read(string? pre)
    {
        using var file = GgufFile.Read(new SampleModel { Width = 16, Layers = 1, Heads = 2, FeedForward = 16, Pre = pre, Tied = true }.Write().ToArray(), "vocabulario.gguf");
        return GgufVocabulary.Read(file.Header.Metadata, file.Name);
    }

    private static (string Text, int Tokens) Write(int which, Dictionary<string, int> passages, int budget, Random random)
    {
        var vocabulary = Vocabularies[which];
        var constraint = new DraftConstraint(Tries[which], vocabulary, passages.Select(passage => (passage.Key, passage.Value)));
        var sampler = new Sampler(new SamplingSettings { Temperature = random.Next(2), Seed = random.Next() });
        var (bytes, tokens, logits) = (new List<byte>(), 0, new float[vocabulary.Count]);
        while (!constraint.IsDone)
        {
            for (var i = 0; i < logits.Length; i++) logits[i] = random.NextSingle() * 8;
            constraint.Mask(logits, budget - tokens);
            var token = sampler.Draw(logits);
            Assert.True(logits[token] > float.NegativeInfinity, "nothing may come here");
            constraint.Accept(token);
            bytes.AddRange(vocabulary.Piece(token));
            tokens++;
        }
        return (new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]), tokens);
    }

    /// <summary>The draft, once everything that the schema cannot say of it is so.</summary>
    internal static Draft Valid(string text, Dictionary<string, int> passages)
    {
        var draft = JsonSerializer.Deserialize<Draft>(text)!;
        Assert.Equal(draft.Verdict is DraftVerdict.Answer, draft.Claims.Count > 0);
        Assert.True(draft.Claims.Count <= 6);
        Assert.Equal(draft.Verdict is DraftVerdict.Clarify, draft.Clarification is { Length: > 0 });
        foreach (var claim in draft.Claims)
        {
            Assert.NotEmpty(claim.Text);
            Assert.InRange(claim.Evidence.Count, 1, 3);
            foreach (var evidence in claim.Evidence)
            {
                Assert.NotEmpty(evidence.Sentences);
                Assert.All(evidence.Sentences, sentence => Assert.InRange(sentence, 1, passages[evidence.Passage]));
            }
        }
        return draft;
    }
}
