using System.Text.Json;
using ParalegalBot.Tests.Statutes;
using ParalegalBot.Tuning.Gate;

namespace ParalegalBot.Tests.Tuning.Gate;

public sealed class PromotionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder folder = new();

    public PromotionTests() => File.WriteAllText(folder["model.gguf"], "GGUF");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_model_that_is_no_less_safe_becomes_the_engine_and_other_settings_stay()
    {
        Card(hallucinated: 2, refused: 9);
        File.WriteAllText(folder["appsettings.json"], """{"Firm":{"Name":"Uno"},"Inference":{"ContextTokens":2048}}""");

        Assert.Empty(Promotion.Run(folder["model.gguf"], false, folder["appsettings.json"], Now));

        var settings = JsonDocument.Parse(File.ReadAllText(folder["appsettings.json"])).RootElement;
        Assert.Equal("gguf", settings.GetProperty("Inference").GetProperty("Engine").GetString());
        Assert.Equal(2048, settings.GetProperty("Inference").GetProperty("ContextTokens").GetInt32());
        Assert.Equal("Uno", settings.GetProperty("Firm").GetProperty("Name").GetString());
    }

    [Theory]
    [InlineData(3, 9, "hallucinated")]
    [InlineData(2, 8, "refused rightly")]
    public void A_less_safe_one_needs_force_and_is_recorded(int hallucinated, int refused, string measure)
    {
        Card(hallucinated, refused);

        var fault = Assert.Throws<ParalegalBotException>(() => Promotion.Run(folder["model.gguf"], false, folder["appsettings.json"], Now));
        Assert.Contains(measure, fault.Message);
        Assert.False(File.Exists(folder["appsettings.json"]));
        Assert.False(File.Exists(folder["promotions.jsonl"]));

        Promotion.Run(folder["model.gguf"], true, folder["appsettings.json"], Now);
        var record = JsonDocument.Parse(File.ReadAllText(folder["promotions.jsonl"])).RootElement;
        Assert.True(record.GetProperty("forced").GetBoolean());
        Assert.Contains(measure, record.GetProperty("worse")[0].GetString());
    }

    [Fact]
    public void A_model_without_a_card_or_changed_since_is_refused()
    {
        Assert.Contains("no se ha evaluado", Assert.Throws<ParalegalBotException>(() => Promotion.Run(folder["model.gguf"], true, folder["appsettings.json"], Now)).Message);
        Card(hallucinated: 2, refused: 9);
        File.AppendAllText(folder["model.gguf"], "!");

        Assert.Contains("cambió", Assert.Throws<ParalegalBotException>(() => Promotion.Run(folder["model.gguf"], true, folder["appsettings.json"], Now)).Message);
    }

    private void Card(int hallucinated, int refused)
    {
        static Dictionary<string, ModelCard.Share> Column(int hallucinated, int refused) => new() { ["hallucinated, all cases"] = new(hallucinated, 100), ["error among answered"] = new(0, 0), ["refused rightly"] = new(refused, 10) };
        new ModelCard
        {
            Model = "model.gguf", Sha256 = ModelCard.Hash(folder["model.gguf"]), Date = new DateOnly(2026, 3, 1), Cases = ["cases.jsonl"], Count = 100, Laws = 1,
            Columns = new Dictionary<string, IReadOnlyDictionary<string, ModelCard.Share>> { [ModelCard.Extractive] = Column(2, 9), [ModelCard.ClosedBook] = Column(90, 0), [ModelCard.Tuned] = Column(hallucinated, refused) },
        }.Write(folder["model.gguf"]);
    }
}
