using System.Security.Cryptography;
using System.Text.Json;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Inference.Onnx;
using ParalegalBot.Tests.Answering.Checks;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Inference.Onnx;

/// <summary>The cross-encoder through the real runtime, with a model whose answer is known.</summary>
public sealed class OnnxEntailmentTests : IDisposable
{
    private const string Evidence = "El socio avisa.";

    // 0 to 4 are special; «nunca» is beyond the constant.
    private static readonly string[] Words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "el", "socio", "avisa", ".", "nunca"];

    private readonly ScratchFolder folder = new();

    public OnnxEntailmentTests()
    {
        Directory.CreateDirectory(folder.Path);
        File.WriteAllLines(folder["vocab.txt"], Words);
        File.WriteAllBytes(folder["tiny.onnx"], TinyOnnxModel.Write(8.5f));
        Declare(0.5);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_declared_cross_encoder_is_loaded_and_asked_for_the_pair()
    {
        using var model = new OnnxEntailment(EntailmentDeclaration.Find(folder.Path)!);

        Assert.Equal(0.5, model.Limit);
        Assert.InRange(model.Score(Evidence, "El socio avisa."), 0.6, 0.65); // 1 / (1 + e^-0.5)
        Assert.InRange(model.Score(Evidence, "El socio nunca avisa."), 0.35, 0.4);
    }

    [Fact]
    public async Task Its_score_takes_the_place_of_the_lexical_one()
    {
        using var model = new OnnxEntailment(EntailmentDeclaration.Find(folder.Path)!);
        var support = new ClaimSupport(new SupportScore(_ => 1, _ => null), AnswerThresholds.ShowAll, model);

        Assert.Null((await support.LookAsync(ClaimSamples.Claim(Evidence, "Avisa el socio."), TestContext.Current.CancellationToken)).Finding);
        Assert.Equal("support", (await support.LookAsync(ClaimSamples.Claim(Evidence, "El socio nunca avisa."), TestContext.Current.CancellationToken)).Finding?.Check);
    }

    [Fact]
    public void A_claim_longer_than_the_model_reads_is_not_supported()
    {
        using var model = new OnnxEntailment(EntailmentDeclaration.Find(folder.Path)! with { Longest = 16 });

        Assert.Equal(0, model.Score(Evidence, string.Join(' ', Enumerable.Repeat("socio", 20))));
        Assert.InRange(model.Score(string.Join(' ', Enumerable.Repeat("socio", 50)), "El socio avisa."), 0.6, 0.65);
    }

    [Fact]
    public void Without_a_declaration_there_is_no_model() => Assert.Null(EntailmentDeclaration.Find(Path.Combine(folder.Path, "other")));

    [Fact]
    public void Another_file_than_the_declared_one_stops_the_start()
    {
        File.WriteAllBytes(folder["tiny.onnx"], TinyOnnxModel.Write(9));
        Assert.Throws<ParalegalBotException>(() => EntailmentDeclaration.Find(folder.Path));

        Declare(1.5);
        Assert.Contains("limit", Assert.Throws<ParalegalBotException>(() => EntailmentDeclaration.Find(folder.Path)).Message);

        File.WriteAllText(folder["tiny.onnx"], "no es un modelo");
        Declare(0.5);
        Assert.Throws<ParalegalBotException>(() => new OnnxEntailment(EntailmentDeclaration.Find(folder.Path)!));
    }

    private void Declare(double limit) => File.WriteAllText(folder["entailment.json"], JsonSerializer.Serialize(new EntailmentDeclaration
    {
        Model = "tiny.onnx", Vocabulary = "vocab.txt", Lowercase = true, Limit = limit, Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["tiny.onnx"]))),
    }));
}
