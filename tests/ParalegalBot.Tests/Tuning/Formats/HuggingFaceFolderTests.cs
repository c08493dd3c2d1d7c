using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Model;
using ParalegalBot.Tests.Inference.Gguf;
using ParalegalBot.Tuning.Formats;

namespace ParalegalBot.Tests.Tuning.Formats;

/// <summary>Folders as other programs write them, whole and damaged.</summary>
public sealed class HuggingFaceFolderTests : IDisposable
{
    private readonly SampleFolder sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Half_precision_in_several_files_is_read_like_single_precision_in_one()
    {
        var model = sample.Model(SampleFolder.Shape);
        List<int> tokens = [1, 5, 300, 7, 20];
        var expected = sample.LogProbabilities(model, tokens);
        using (var whole = SafetensorsFile.Open(Path.Combine(model, "model.safetensors")))
        {
            var names = whole.Names.Order(StringComparer.Ordinal).ToList();
            Write(Path.Combine(model, "model-00001-of-00002.safetensors"), "BF16", whole, names.Take(10));
            Write(Path.Combine(model, "model-00002-of-00002.safetensors"), "F16", whole, names.Skip(10));
            var map = new JsonObject(names.Select((name, i) => KeyValuePair.Create<string, JsonNode?>(name, $"model-0000{(i < 10 ? 1 : 2)}-of-00002.safetensors")));
            File.WriteAllText(Path.Combine(model, "model.safetensors.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
        }
        File.Delete(Path.Combine(model, "model.safetensors"));

        var read = sample.LogProbabilities(model, tokens);

        Assert.True(Enumerable.Range(0, tokens.Count).Max(i => Math.Abs(Math.Exp(expected[i].Max()) - Math.Exp(read[i].Max()))) < 0.1);
        Assert.Equal(expected.Select(row => Array.IndexOf(row, row.Max())).Take(3), read.Select(row => Array.IndexOf(row, row.Max())).Take(3));
    }

    [Fact]
    public async Task A_sentence_piece_tokenizer_gives_llama_cpp_and_us_the_same_tokens()
    {
        var model = sample.Model(SampleFolder.Shape);
        SentencePieceJson(model);
        GgufExport.Model(model, null, sample.In("model.gguf"), GgufType.F32);
        OracleText[] texts = [new(SampleVocabulary.Page, false), new("¿Qué dice el artículo 5o.? ñandú 😀  dos espacios", false), new("<s>[INST] hola [/INST] sí </s>", true)];

        var oracle = await LlamaOracle.AskAsync(new OracleRequest(sample.In("model.gguf"), texts, [1, 5], new OracleGreedy([1, 5], 1)), TestContext.Current.CancellationToken);

        using var read = LlamaModel.Open(sample.In("model.gguf"), threads: 1);
        for (var i = 0; i < texts.Length; i++) Assert.Equal(oracle.Tokens[i], read.Vocabulary.Tokenizer.Encode(texts[i].Text, texts[i].Marks));
        Assert.True(oracle.Tokens[0].Count < SampleVocabulary.Page.Length / 1.5, "hardly a merge was used");
    }

    public static TheoryData<string, Func<byte[], byte[]>, string> Damages => new()
    {
        { "empty", _ => [], "truncado" },
        { "a header longer than the file", bytes => { BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length); return bytes; }, "cabecera dice medir" },
        { "a negative header", bytes => { BinaryPrimitives.WriteInt64LittleEndian(bytes, -1); return bytes; }, "cabecera dice medir" },
        { "a header that is not JSON", bytes => { bytes[8] = (byte)'x'; return bytes; }, "cabecera no es válida" },
        { "a cut file", bytes => bytes[..^100], "no cabe en el archivo" },
        { "another type", bytes => Replace(bytes, "\"F32\"", "\"I32\""), "se conocen F32, F16 y BF16" },
        { "a shape that is not the size", bytes => Replace(bytes, "[64]", "[65]"), "no cabe en el archivo" },
        { "a shape beyond counting", bytes => Replace(bytes, "[64,64]", "[-4,64]"), "una dimensión de -4" },
        { "a missing tensor", bytes => Replace(bytes, "model.norm.weight", "model.norx.weight"), "le falta el tensor model.norm.weight" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damaged_weights_are_one_sentence_and_no_file(string what, Func<byte[], byte[]> damage, string sentence)
    {
        var model = sample.Model(SampleFolder.Shape);
        var file = Path.Combine(model, "model.safetensors");
        File.WriteAllBytes(file, damage(File.ReadAllBytes(file)));

        var fault = Assert.Throws<ParalegalBotException>(() => GgufExport.Model(model, null, sample.In("model.gguf"), GgufType.F32));

        Assert.True(fault.Message.Contains(sentence, StringComparison.Ordinal), $"{what}: {fault.Message}");
        Assert.Empty(Directory.GetFiles(sample.Folder));
    }

    [Fact]
    public void Weights_of_another_shape_than_the_configuration_says_are_told()
    {
        var model = sample.Model(SampleFolder.Shape);
        var path = Path.Combine(model, "config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"intermediate_size\": 160", "\"intermediate_size\": 192"));

        var fault = Assert.Throws<ParalegalBotException>(() => GgufExport.Model(model, null, sample.In("model.gguf"), GgufType.F32));

        Assert.Contains("mide 160 × 64 y según config.json debe medir 192 × 64", fault.Message);
    }

    [Theory]
    [InlineData("\"model_type\": \"llama\"", "\"model_type\": \"mamba\"", "se conoce llama")]
    [InlineData("\"attention_bias\": false", "\"attention_bias\": true", "sesgos")]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 0", "num_hidden_layers")]
    [InlineData("\"rope_scaling\": null", "\"rope_scaling\": {\"rope_type\": \"yarn\"}", "yarn")]
    [InlineData("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3", "no se reparten")]
    public void A_configuration_that_is_not_ours_to_read_is_told(string written, string instead, string sentence)
    {
        var model = sample.Model(SampleFolder.Shape);
        var path = Path.Combine(model, "config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(written, instead));

        Assert.Contains(sentence, Assert.Throws<ParalegalBotException>(() => HuggingFaceConfiguration.Read(model)).Message);
    }

    private static byte[] Replace(byte[] bytes, string written, string instead)
    {
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(written));
        Encoding.ASCII.GetBytes(instead).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private static void Write(string path, string type, SafetensorsFile from, IEnumerable<string> names)
    {
        var (header, data) = (new JsonObject(), new MemoryStream());
        foreach (var name in names)
        {
            var values = from.ReadMatrix(name).Values.ToArray();
            var start = data.Length;
            data.Write(MemoryMarshal.AsBytes(values.Select(value => type == "F16" ? BitConverter.HalfToUInt16Bits((Half)value) : (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).ToArray().AsSpan()));
            header[name] = new JsonObject { ["dtype"] = type, ["shape"] = new JsonArray([.. from.Shape(name).Select(size => JsonValue.Create(size))]), ["data_offsets"] = new JsonArray(start, data.Length) };
        }
        var json = Encoding.UTF8.GetBytes(header.ToJsonString());
        using var stream = File.Create(path);
        stream.Write(BitConverter.GetBytes((long)json.Length));
        stream.Write(json);
        data.WriteTo(stream);
    }

    /// <summary>The form of Llama 2's tokenizer.json, with pieces learnt from the page.</summary>
    private static void SentencePieceJson(string folder)
    {
        var learnt = (string[])BytePairTraining.Learn([SampleVocabulary.Page], 3 + 256 + 100)["tokenizer.ggml.merges"]!;
        // Only plain letters: the byte alphabet writes others as two, which are no pieces here.
        var merges = learnt.Select(merge => merge.Replace('Ġ', '▁')).Where(merge => merge.All(letter => letter is ' ' or '▁' || char.IsAsciiLetter(letter))).ToList();
        List<string> pieces = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>")];
        foreach (var piece in merges.Select(merge => merge.Replace(" ", "")).Concat(SampleVocabulary.Page.Replace(' ', '▁').EnumerateRunes().Select(rune => rune.ToString())).Distinct())
            if (pieces.Count < SampleFolder.Vocabulary.Tokens.Count) pieces.Add(piece);
        merges.RemoveAll(merge => !pieces.Contains(merge.Replace(" ", "")));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), JsonSerializer.Serialize(new
        {
            version = "1.0",
            added_tokens = new[] { "<unk>", "<s>", "</s>" }.Select((content, id) => new { id, content, special = true }),
            normalizer = new { type = "Sequence", normalizers = new object[] { new { type = "Prepend", prepend = "▁" }, new { type = "Replace", pattern = new { String = " " }, content = "▁" } } },
            pre_tokenizer = (object?)null,
            post_processor = (object?)null,
            model = new { type = "BPE", byte_fallback = true, vocab = pieces.Select((piece, id) => (piece, id)).ToDictionary(pair => pair.piece, pair => pair.id), merges },
        }));
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), """{"bos_token":{"content":"<s>"},"eos_token":"</s>","unk_token":"<unk>","add_bos_token":true}""");
    }
}
