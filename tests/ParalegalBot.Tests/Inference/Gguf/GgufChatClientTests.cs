using System.Text.Json;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Tests.Inference.Gguf;

public sealed class GgufChatClientTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gguf").FullName;
    private readonly GgufChatClient client;

    public GgufChatClientTests()
    {
        var path = Path.Combine(folder, "chat.gguf");
        File.WriteAllBytes(path, new SampleModel { Pre = "llama-bpe", Types = [GgufType.Q8_0], OuterType = GgufType.Q8_0 }.Write().ToArray());
        client = new GgufChatClient(new GgufOptions { ModelPath = path, ContextTokens = 1_024, Sequences = 3, Threads = 2 });
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grounded_prompt_is_answered_with_a_draft_even_by_a_random_model()
    {
        var prompt = GroundedPrompt.Build("¿Cuántos días de vacaciones tengo?", []);
        prompt.Options.MaxOutputTokens = 80;
        prompt.Options.Temperature = 1;

        var response = await client.GetResponseAsync(prompt.Messages, prompt.Options, Stop);

        Assert.NotEqual(DraftVerdict.Answer, JsonSerializer.Deserialize<Draft>(response.Text)!.Verdict);
        Assert.InRange(response.Usage!.OutputTokenCount!.Value, 1, 80);
    }

    [Fact]
    public async Task Texts_written_at_once_are_the_texts_written_one_by_one()
    {
        ChatOptions options = new() { MaxOutputTokens = 12 };
        string[] questions = ["Hola", "¿Qué es una pensión?", "Artículo 5o.", "uno dos tres", "¿y el aguinaldo?"];
        var alone = new List<string>();
        foreach (var question in questions) alone.Add((await client.GetResponseAsync(question, options, Stop)).Text);

        var together = await Task.WhenAll(questions.Select(async question => (await client.GetResponseAsync(question, options, Stop)).Text));

        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task A_prompt_that_begins_like_the_one_before_is_not_computed_again()
    {
        ChatOptions options = new() { MaxOutputTokens = 4 };
        var first = await client.GetResponseAsync([new(ChatRole.System, SampleVocabulary.Page), new(ChatRole.User, "¿Uno?")], options, Stop);
        var before = client.ReusedTokens;

        await client.GetResponseAsync([new(ChatRole.System, SampleVocabulary.Page), new(ChatRole.User, "¿Dos?")], options, Stop);

        Assert.InRange(client.ReusedTokens - before, first.Usage!.InputTokenCount!.Value * 3 / 4, first.Usage.InputTokenCount.Value);
    }

    [Fact]
    public async Task A_person_who_leaves_frees_the_place()
    {
        for (var i = 0; i < 6; i++)
            await foreach (var update in client.GetStreamingResponseAsync("Cuenta", new() { MaxOutputTokens = 500, Temperature = 1, Seed = i }, Stop)) break;

        Assert.NotNull((await client.GetResponseAsync("Hola", new() { MaxOutputTokens = 4 }, Stop)).Text);
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_is_one_clear_sentence() =>
        Assert.Contains("admite 1024", (await Assert.ThrowsAsync<ParalegalBotException>(() => client.GetResponseAsync(new string('x', 5_000), cancellationToken: Stop))).Message);

    public void Dispose()
    {
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
