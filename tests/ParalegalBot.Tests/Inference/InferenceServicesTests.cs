using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ParalegalBot.Inference;
using ParalegalBot.Inference.Extractive;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.OpenAiCompatible;
using ParalegalBot.Inference.Serving;
using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tests.Inference.OpenAiCompatible;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Inference;

public sealed class InferenceServicesTests
{
    [Theory]
    [InlineData("extractive", typeof(ExtractiveChatClient))]
    [InlineData("gguf", typeof(GgufChatClient))]
    [InlineData("openai", typeof(OpenAiChatClient))]
    public async Task The_setting_chooses_the_engine_and_the_report_says_why(string engine, Type type)
    {
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder["model.gguf"], new SampleModel { Pre = "llama-bpe" }.Write().ToArray());
        await using var server = await ModelServerStandIn.StartAsync();
        using var setting = new EngineSetting(("Inference:Engine", engine), ("Inference:ModelPath", folder["model.gguf"]), ("Inference:Endpoint", server.Url));

        Assert.NotNull(setting.Get<IChatClient>().GetService(type));
        Assert.NotNull(setting.Get<IChatClient>().GetService<QueuedChatClient>());
        var facts = await setting.Get<EngineReport>().ExamineAsync(TestContext.Current.CancellationToken);
        Assert.All(facts, fact => Assert.True(fact.Ok));
        Assert.Contains($"«{engine}»", facts[0].Text);
    }

    [Theory]
    [InlineData("gguf", "/no/hay/modelo.gguf", "Inference:ModelPath")]
    [InlineData("gguf", "", "Inference:ModelPath")]
    [InlineData("mágico", "", "Inference:Engine")]
    public void A_wrong_engine_setting_is_named(string engine, string path, string name)
    {
        using var setting = new EngineSetting(("Inference:Engine", engine), ("Inference:ModelPath", path));

        Assert.Contains(name, Assert.Throws<OptionsValidationException>(() => setting.Get<IChatClient>()).Message, StringComparison.Ordinal);
    }
}
