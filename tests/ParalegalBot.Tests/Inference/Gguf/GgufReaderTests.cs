using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Model;

namespace ParalegalBot.Tests.Inference.Gguf;

public sealed class GgufReaderTests
{
    private static readonly SampleModel Small = new() { Width = 16, Layers = 1, Heads = 2, KeyHeads = 1, FeedForward = 16, Merges = 20, Tied = true };

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "empty", [], "no es un archivo GGUF" },
        { "another format", [.. "PK\u0003\u0004"u8, .. new byte[60]], "no es un archivo GGUF" },
        { "version 2", [.. "GGUF"u8, 2, 0, 0, 0, .. new byte[16]], "versión 2" },
        { "2^60 tensors", [.. "GGUF"u8, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, .. new byte[8]], "tensores" },
        { "2^60 pairs", [.. "GGUF"u8, 3, 0, 0, 0, .. new byte[8], 0, 0, 0, 0, 0, 0, 0, 16], "datos" },
        { "truncated in the weights", Small.Write().ToArray()[..^64], "truncado" },
        { "cut off early in the header", Small.Write().ToArray()[..300], "no los puede contener" },
        { "another architecture", Small.Write().Set("general.architecture", "mamba").ToArray(), "mamba" },
        { "experts", Small.Write().Set("llama.expert_count", 8).ToArray(), "expertos" },
        { "an unknown quantisation", Small.Write().Add("blk.0.more", (GgufType)19, new byte[32], 32).ToArray(), "cuantización 19" },
        { "a tensor of 2^62 bytes", Small.Write().Add("blk.0.more", GgufType.F32, new byte[32], 1L << 30, 1L << 30, 1L << 30).ToArray(), "demasiado grande" },
        { "a tensor without rows", Small.Write().Add("blk.0.more", GgufType.F32, new byte[32], 0).ToArray(), "columnas" },
        { "a half block", Small.Write().Add("blk.0.more", GgufType.Q8_0, new byte[34], 33).ToArray(), "bloques enteros" },
        { "byte pairs without merges", (Small with { Pre = "gpt-2" }).Write().Remove("tokenizer.ggml.merges").ToArray(), "fusiones" },
        { "an unknown pre-tokenizer", (Small with { Pre = "gpt-2" }).Write().Set("tokenizer.ggml.pre", "klingon").ToArray(), "klingon" },
        { "pieces without scores", Small.Write().Remove("tokenizer.ggml.scores").ToArray(), "puntaje" },
        { "no vocabulary", Small.Write().Remove("tokenizer.ggml.tokens").ToArray(), "vocabulario" },
        { "more layers than tensors", Small.Write().Set("llama.block_count", 2).ToArray(), "blk.1" },
        { "a billion layers", Small.Write().Set("llama.block_count", 1_000_000_000).ToArray(), "llama.block_count" },
        { "a wider model than its tensors", Small.Write().Set("llama.embedding_length", 32).ToArray(), "mide" },
        { "heads that do not divide", Small.Write().Set("llama.attention.head_count_kv", 0).ToArray(), "head_count_kv" },
        { "an unknown rotation", Small.Write().Set("llama.rope.scaling.type", "longrope").ToArray(), "longrope" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_is_one_clear_sentence(string what, byte[] bytes, string part)
    {
        var fault = Assert.Throws<ParalegalBotException>(() => Load(bytes));

        Assert.True(fault.Message.Contains(part, StringComparison.Ordinal), $"{what}: {fault.Message}");
        Assert.Contains("Inference:ModelPath", fault.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_clear_sentence() =>
        Assert.Contains("no existe", Assert.Throws<ParalegalBotException>(() => LlamaModel.Open("/no/hay/tal.gguf")).Message);

    [Fact]
    public void A_good_file_is_read_as_it_was_written()
    {
        using var file = GgufFile.Read(Small.Write().ToArray(), "bueno.gguf");

        Assert.Equal("muestra", file.Header.Metadata.Text("general.name"));
        Assert.Equal(11, file.Header.Tensors.Count);
        Assert.Equal((16, 8), (file.Header.Tensors["blk.0.attn_k.weight"].Columns, file.Header.Tensors["blk.0.attn_k.weight"].Rows));
    }

    [Fact]
    public void Twenty_four_thousand_mutated_headers_are_read_or_refused_and_nothing_else()
    {
        byte[][] seeds = [Small.Write().ToArray(), (Small with { Pre = "llama-bpe" }).Write().ToArray()];
        var (random, refused, before) = (new Random(11), 0, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < 24_000; i++)
        {
            var bytes = Mutate(seeds[i % 2], random);
            try
            {
                var header = GgufHeader.Read(bytes, bytes.Length, "mutado.gguf");
                // Every eighth goes the whole way: shape, vocabulary and weights.
                if (i % 8 < 2) Load(bytes);
            }
            catch (ParalegalBotException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1_000, 23_999);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 24_000L * 4_000_000, "a header made the reader allocate far more than the file holds");
    }

    /// <summary>Flips bits, writes extreme numbers, cuts; mostly in the first bytes and around keys, where the counts and lengths are.</summary>
    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToArray();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(random.Next(3) switch { 0 => 32, 1 => 900, _ => bytes.Length - 8 });
            switch (random.Next(4))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(3) switch { 0 => ulong.MaxValue, 1 => 1UL << random.Next(64), _ => (ulong)random.Next() }); break;
                default: if (random.Next(4) == 0) return bytes[..(at + 1)]; break;
            }
        }
        return bytes;
    }

    private static void Load(byte[] bytes)
    {
        using var model = LlamaModel.Open(GgufFile.Read(bytes, "modelo.gguf"), threads: 1);
    }
}
