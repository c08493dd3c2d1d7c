using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ParalegalBot.Inference;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Inference;

public sealed class InferenceServicesTests
{
    [Fact]
    public void The_setting_chooses_the_engine()
    {
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder["model.gguf"], new SampleModel { Pre = "llama-bpe" }.Write().ToArray());

        using var services = Services(("Inference:Engine", "gguf"), ("Inference:ModelPath", folder["model.gguf"]));

        Assert.IsType<GgufChatClient>(services.GetRequiredService<IChatClient>());
    }

    [Theory]
    [InlineData("gguf", "/no/hay/modelo.gguf", "Inference:ModelPath")]
    [InlineData("gguf", "", "Inference:ModelPath")]
    [InlineData("mágico", "", "Inference:Engine")]
    public void A_wrong_engine_setting_is_named(string engine, string path, string setting)
    {
        using var services = Services(("Inference:Engine", engine), ("Inference:ModelPath", path));

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IChatClient>());

        Assert.Contains(setting, failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddInference().BuildServiceProvider();
    }
}
