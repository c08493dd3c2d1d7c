using System.Text.Json;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.OnPrem.LlamaSharp;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Inference.Gguf;

namespace ParalegalBot.OnPrem.Tests.LlamaSharp;

/// <summary>Files of ours through llama.cpp, beside our own engine.</summary>
public sealed class LlamaSharpTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("llamasharp").FullName;
    private readonly GgufOptions options;
    private readonly GgufChatClient client;

    public LlamaSharpTests()
    {
        var path = Path.Combine(folder, "muestra.gguf");
        File.WriteAllBytes(path, new SampleModel { Pre = "llama-bpe" }.Write().ToArray());
        options = new GgufOptions { ModelPath = path, ContextTokens = 1_024, Sequences = 3, Threads = 2 };
        client = LlamaSharpChat.Open(options, new LlamaSharpOptions());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_file_writes_the_same_words_as_in_our_own_engine()
    {
        using var own = new GgufChatClient(options);
        foreach (var question in new[] { "Hola", "¿Qué es una pensión?", "Artículo 5o. de la ley" })
        {
            var ours = await own.GetResponseAsync(question, new() { MaxOutputTokens = 24 }, Stop);
            var theirs = await client.GetResponseAsync(question, new() { MaxOutputTokens = 24 }, Stop);

            Assert.Equal(ours.Usage!.InputTokenCount, theirs.Usage!.InputTokenCount);
            Assert.Equal(ours.Text, theirs.Text);
        }
        Assert.Equal("llamasharp", ((ChatClientMetadata)client.GetService(typeof(ChatClientMetadata))!).ProviderName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_grounded_prompt_is_answered_with_a_draft_over_the_retrieved_passages_even_by_a_random_model(float temperature)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var prompt = GroundedPrompt.Build("¿Cuántos días de vacaciones tengo?", [Scored("LFT/76/p1"), Scored("LFT/47/II")]);
            (prompt.Options.MaxOutputTokens, prompt.Options.Temperature, prompt.Options.Seed) = (300, temperature, seed);

            var draft = JsonSerializer.Deserialize<Draft>((await client.GetResponseAsync(prompt.Messages, prompt.Options, Stop)).Text)!;

            Assert.All(draft.Claims.SelectMany(claim => claim.Evidence), evidence =>
            {
                Assert.Contains(evidence.Passage, (string[])["LFT/76/p1", "LFT/47/II"]);
                Assert.All(evidence.Sentences, sentence => Assert.InRange(sentence, 1, 2));
            });
        }
    }

    [Fact]
    public async Task Texts_written_at_once_are_the_texts_written_one_by_one()
    {
        ChatOptions chat = new() { MaxOutputTokens = 12 };
        string[] questions = ["Hola", "¿Qué es una pensión?", "Artículo 5o.", "uno dos tres", "¿y el aguinaldo?"];
        var alone = new List<string>();
        foreach (var question in questions) alone.Add((await client.GetResponseAsync(question, chat, Stop)).Text);

        var together = await Task.WhenAll(questions.Select(async question => (await client.GetResponseAsync(question, chat, Stop)).Text));

        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task A_prompt_that_begins_like_the_one_before_is_not_computed_again_and_answered_alike()
    {
        ChatOptions chat = new() { MaxOutputTokens = 6 };
        IEnumerable<ChatMessage> Ask(string question) => [new(ChatRole.System, SampleVocabulary.Page), new(ChatRole.User, question)];
        var first = await client.GetResponseAsync(Ask("¿Uno?"), chat, Stop);
        await client.GetResponseAsync(Ask("¿Dos?"), chat, Stop);
        var before = client.ReusedTokens;

        var again = await client.GetResponseAsync(Ask("¿Uno?"), chat, Stop);

        Assert.InRange(client.ReusedTokens - before, first.Usage!.InputTokenCount!.Value * 3 / 4, first.Usage.InputTokenCount.Value);
        Assert.Equal(first.Text, again.Text);
    }

    [Fact]
    public async Task A_person_who_leaves_frees_the_place()
    {
        for (var i = 0; i < 6; i++)
            await foreach (var update in client.GetStreamingResponseAsync("Cuenta", new() { MaxOutputTokens = 500, Temperature = 1, Seed = i }, Stop)) break;

        Assert.NotNull((await client.GetResponseAsync("Hola", new() { MaxOutputTokens = 4 }, Stop)).Text);
    }

    [Fact]
    public async Task An_adapter_changes_what_is_written_and_without_effect_it_does_not()
    {
        var plain = (await client.GetResponseAsync("Hola", new() { MaxOutputTokens = 16 }, Stop)).Text;
        using var changed = LlamaSharpChat.Open(options, new LlamaSharpOptions { LoraPath = Adapter("cambio.gguf", 1) });
        using var same = LlamaSharpChat.Open(options, new LlamaSharpOptions { LoraPath = Adapter("nada.gguf", 0) });

        Assert.NotEqual(plain, (await changed.GetResponseAsync("Hola", new() { MaxOutputTokens = 16 }, Stop)).Text);
        Assert.Equal(plain, (await same.GetResponseAsync("Hola", new() { MaxOutputTokens = 16 }, Stop)).Text);
    }

    [Fact]
    public async Task Vectors_have_length_one_and_tell_texts_apart()
    {
        using var encoder = new LlamaSharpEmbeddingGenerator(options.ModelPath, new LlamaSharpOptions());

        var vectors = await encoder.GenerateAsync(["vacaciones", "vacaciones", "el arrendador", new string('x', 9_000)], cancellationToken: Stop);

        Assert.All(vectors, vector => Assert.Equal(1, vector.Vector.ToArray().Sum(value => value * value), 1e-3));
        Assert.Equal(vectors[0].Vector.ToArray(), vectors[1].Vector.ToArray());
        Assert.NotEqual(vectors[0].Vector.ToArray(), vectors[2].Vector.ToArray());
        var metadata = (EmbeddingGeneratorMetadata)encoder.GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.Equal(("muestra", 64), (metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public void A_file_or_an_adapter_that_cannot_be_used_is_one_clear_sentence()
    {
        var other = Path.Combine(folder, "otra.gguf");
        File.WriteAllBytes(other, new SampleModel { Pre = "llama-bpe", Width = 32 }.Write().ToArray());
        var half = Path.Combine(folder, "mitad.gguf");
        File.WriteAllBytes(half, File.ReadAllBytes(options.ModelPath)[..^50_000]);

        Assert.Throws<ParalegalBotException>(() => LlamaSharpChat.Open(new GgufOptions { ModelPath = half }, new LlamaSharpOptions()));
        var failure = Assert.Throws<ParalegalBotException>(() => LlamaSharpChat.Open(new GgufOptions { ModelPath = other }, new LlamaSharpOptions { LoraPath = Adapter("ajeno.gguf", 1) }));
        Assert.Contains("ajeno.gguf", failure.Message);
    }

    public void Dispose()
    {
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static ScoredPassage Scored(string id) => new(
        new Passage { Id = id, Law = "LFT", Article = "76", Text = "Disfrutarán de un periodo anual. No será inferior a doce días." }, 1, new Dictionary<string, double>());

    /// <summary>An adapter of rank 4 on both layers' query and output; <paramref name="size"/> 0 has no effect.</summary>
    private string Adapter(string name, float size)
    {
        var random = new Random(5);
        var writer = new GgufWriter().Set("general.architecture", "llama").Set("general.type", "adapter").Set("adapter.type", "lora").Set("adapter.lora.alpha", 4f);
        byte[] Values(int count, float spread) => RandomWeights.Encode(GgufType.F32, [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - .5f) * spread)]);
        foreach (var matrix in new[] { "blk.0.attn_q", "blk.0.attn_output", "blk.1.attn_q", "blk.1.attn_output" })
            writer.Add($"{matrix}.weight.lora_a", GgufType.F32, Values(4 * 64, 1), 64, 4).Add($"{matrix}.weight.lora_b", GgufType.F32, Values(64 * 4, size), 4, 64);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, writer.ToArray());
        return path;
    }
}
