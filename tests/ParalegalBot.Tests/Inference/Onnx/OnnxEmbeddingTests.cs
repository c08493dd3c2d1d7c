using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ParalegalBot.Inference;
using ParalegalBot.Inference.Onnx;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Inference.Onnx;

/// <summary>A sentence encoder through the real runtime, with a model that counts words.</summary>
public sealed class OnnxEmbeddingTests : IDisposable
{
    private static readonly string[] Words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "el", "tejedor", "maestro", "avisa", "."];

    private readonly ScratchFolder folder = new();

    public OnnxEmbeddingTests()
    {
        Directory.CreateDirectory(folder.Path);
        File.WriteAllLines(folder["vocab.txt"], Words);
        File.WriteAllBytes(folder["tiny.onnx"], TinyOnnxModel.WriteEncoder(Words.Length, 1));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_vector_is_the_mean_over_the_texts_own_tokens_and_has_length_one()
    {
        using var encoder = new OnnxEmbeddingGenerator(new EmbeddingsOptions { ModelPath = folder["tiny.onnx"], Lowercase = true });

        // More than one batch, and of texts unlike in length: what fills a row up must not count.
        var vectors = await encoder.GenerateAsync([.. Enumerable.Repeat("El tejedor avisa. El maestro avisa.", 20), "Avisa"], cancellationToken: Stop);

        Assert.Equal(21, vectors.Count);
        Assert.All(vectors.Take(20), vector => Assert.Equal(Unit(0, 0, 1, 1, 0, 2, 1, 1, 2, 2), vector.Vector.ToArray(), Near));
        Assert.Equal(Unit(0, 0, 1, 1, 0, 0, 0, 0, 1, 0), vectors[20].Vector.ToArray(), Near);
    }

    [Fact]
    public async Task A_text_is_cut_where_the_model_ends()
    {
        using var encoder = new OnnxEmbeddingGenerator(new EmbeddingsOptions { ModelPath = folder["tiny.onnx"], Lowercase = true, LongestTokens = 16 });

        var vectors = await encoder.GenerateAsync([string.Join(' ', Enumerable.Repeat("tejedor", 50))], cancellationToken: Stop);

        Assert.Equal(Unit(0, 0, 1, 1, 0, 0, 14, 0, 0, 0), vectors[0].Vector.ToArray(), Near);
    }

    [Fact]
    public async Task A_SentencePiece_vocabulary_is_numbered_as_XLM_RoBERTa_does()
    {
        File.Delete(folder["vocab.txt"]);
        File.WriteAllBytes(folder["sentencepiece.bpe.model"], TinyOnnxModel.WritePieces("▁el", "▁tejedor", "▁avisa"));
        using var encoder = new OnnxEmbeddingGenerator(new EmbeddingsOptions { ModelPath = folder["tiny.onnx"] });

        var vectors = await encoder.GenerateAsync(["el tejedor avisa", "el tejedor avisa avisa"], cancellationToken: Stop);

        // <s> 0, </s> 2, and the pieces from 4.
        Assert.Equal(Unit(1, 0, 1, 0, 1, 1, 1, 0, 0, 0), vectors[0].Vector.ToArray(), Near);
        Assert.Equal(Unit(1, 0, 1, 0, 1, 1, 2, 0, 0, 0), vectors[1].Vector.ToArray(), Near);
    }

    [Fact]
    public async Task The_setting_chooses_it_its_vectors_are_searched_and_anothers_are_not_mixed_in()
    {
        using var setting = new EngineSetting(("Embeddings:Engine", "onnx"), ("Embeddings:ModelPath", folder["tiny.onnx"]), ("Embeddings:Lowercase", "true"));
        var embedded = await setting.Get<PassageEmbedder>().EmbedMissingAsync(Stop);
        var name = setting.Get<PassageEmbedder>().Encoder;
        setting.Restart();
        File.WriteAllBytes(folder["tiny.onnx"], TinyOnnxModel.WriteEncoder(Words.Length, 2));

        var refused = await Assert.ThrowsAsync<ParalegalBotException>(() => setting.Get<PassageEmbedder>().EmbedMissingAsync(Stop));
        setting.Get<StatuteStore>().DropVectors();
        var again = await setting.Get<PassageEmbedder>().EmbedMissingAsync(Stop);

        Assert.Equal((3, 3), (embedded, again));
        Assert.Contains("index embed", refused.Message);
        Assert.StartsWith("tiny-", name);
        Assert.NotEqual(name, setting.Get<PassageEmbedder>().Encoder);
        Assert.Equal(Words.Length, setting.Get<PassageEmbedder>().Dimensions);
    }

    [Theory]
    [InlineData("Embeddings:ModelPath", "no/hay.onnx")]
    [InlineData("Embeddings:Vocabulary", "no/hay.txt")]
    [InlineData("Embeddings:LongestTokens", "3")]
    public void A_wrong_setting_is_named(string name, string value)
    {
        using var setting = new EngineSetting(("Embeddings:Engine", "onnx"), ("Embeddings:ModelPath", folder["tiny.onnx"]), (name, value));

        Assert.Contains(name, Assert.Throws<OptionsValidationException>(() => setting.Get<IEmbeddingGenerator<string, Embedding<float>>>()).Message);
    }

    [Fact]
    public void A_file_that_is_no_model_is_one_clear_sentence()
    {
        File.WriteAllText(folder["tiny.onnx"], "no es un modelo");

        Assert.Contains("Embeddings:ModelPath", Assert.Throws<ParalegalBotException>(() => new OnnxEmbeddingGenerator(new EmbeddingsOptions { ModelPath = folder["tiny.onnx"] })).Message);
    }

    private static bool Near(float a, float b) => MathF.Abs(a - b) < 1e-5f;

    private static float[] Unit(params float[] counts)
    {
        var length = MathF.Sqrt(counts.Sum(count => count * count));
        return [.. counts.Select(count => count / length)];
    }
}
