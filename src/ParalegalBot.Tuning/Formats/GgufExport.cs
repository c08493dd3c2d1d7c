using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Tuning.Training;

namespace ParalegalBot.Tuning.Formats;

/// <summary>
/// Models and adapters to GGUF in the form that llama.cpp loads: what its convert_hf_to_gguf.py and convert_lora_to_gguf.py write for LLaMA.
/// Weights are read one tensor at a time.
/// </summary>
internal static class GgufExport
{
    /// <summary>Writes a model, the adapter merged into it where one is given.</summary>
    public static void Model(string folder, string? adapterFolder, string path, GgufType type)
    {
        using var model = ModelFolder.Open(folder);
        using var adapter = adapterFolder is null ? null : AdapterFolder.Open(adapterFolder);
        var vocabulary = model.Vocabulary();
        if (vocabulary.Tokens.Count != model.Shape.Vocabulary) throw new ParalegalBotException($"El tokenizador de «{folder}» tiene {vocabulary.Tokens.Count} fichas y el modelo {model.Shape.Vocabulary}.");
        var writer = new GgufWriter().Set("general.architecture", "llama").Set("general.type", "model").Set("general.name", Path.GetFileNameWithoutExtension(path));
        Describe(writer, model.Shape, type);
        foreach (var (key, value) in vocabulary.Pairs) writer.Set(key, value);
        var unknown = adapter?.Targets.Except(NamedTensor.Of(model.Shape).Select(tensor => Target(tensor))).FirstOrDefault();
        if (unknown is not null) throw new ParalegalBotException($"El adaptador «{adapterFolder}» cambia {unknown}, que el modelo base «{folder}» no tiene.");
        foreach (var tensor in NamedTensor.Of(model.Shape))
            writer.Add(tensor.Gguf, Storage(tensor, type), tensor.IsVector ? [tensor.Columns] : [tensor.Rows, tensor.Columns], () => tensor.ToGguf(Merged(model, adapter, tensor), tensor.Columns));
        if (model.Shape.Scaling is { Type: "llama3" })
            writer.Add("rope_freqs.weight", GgufType.F32, [model.Shape.HeadSize / 2], () => Divisors(model.Shape));
        writer.Write(path);
    }

    /// <summary>Writes an adapter alone.</summary>
    /// <param name="adapterFolder">PEFT's folder.</param>
    /// <param name="baseFolder">The base's folder; its config.json is enough.</param>
    /// <param name="path">The file.</param>
    /// <param name="type">F32, or F16 for any other.</param>
    public static void Adapter(string adapterFolder, string baseFolder, string path, GgufType type)
    {
        using var adapter = AdapterFolder.Open(adapterFolder);
        var shape = HuggingFaceConfiguration.Read(baseFolder);
        var stored = type is GgufType.F32 ? GgufType.F32 : GgufType.F16;
        var writer = new GgufWriter().Set("general.architecture", "llama").Set("general.type", "adapter").Set("general.name", Path.GetFileNameWithoutExtension(path))
            .Set("adapter.type", "lora").Set("adapter.lora.alpha", adapter.Alpha);
        var tensors = NamedTensor.Of(shape with { Tied = false }).ToDictionary(Target);
        foreach (var target in adapter.Targets)
        {
            if (!tensors.TryGetValue(target, out var tensor)) throw new ParalegalBotException($"El adaptador «{adapterFolder}» cambia {target}, que el modelo base «{baseFolder}» no tiene.");
            var (a, b) = adapter.Read(target, tensor.Rows, tensor.Columns);
            writer.Add(tensor.Gguf + ".lora_a", stored, [adapter.Rank, tensor.Columns], () => a);
            writer.Add(tensor.Gguf + ".lora_b", stored, [tensor.Rows, adapter.Rank], () => tensor.ToGguf(b, adapter.Rank));
        }
        writer.Write(path);
    }

    private static void Describe(GgufWriter writer, LlamaShape shape, GgufType type)
    {
        writer.Set("general.file_type", type switch { GgufType.F32 => 0, GgufType.F16 => 1, GgufType.Q4_0 => 2, _ => 7 }).Set("general.quantization_version", 2)
            .Set("llama.vocab_size", shape.Vocabulary).Set("llama.context_length", shape.Context).Set("llama.embedding_length", shape.Width).Set("llama.block_count", shape.Layers)
            .Set("llama.feed_forward_length", shape.FeedForward).Set("llama.attention.head_count", shape.Heads).Set("llama.attention.head_count_kv", shape.KeyHeads)
            .Set("llama.attention.key_length", shape.HeadSize).Set("llama.attention.value_length", shape.HeadSize).Set("llama.rope.dimension_count", shape.HeadSize)
            .Set("llama.attention.layer_norm_rms_epsilon", shape.Epsilon).Set("llama.rope.freq_base", (float)shape.RotaryBase);
        if (shape.Scaling is { Type: "linear" } linear) writer.Set("llama.rope.scaling.type", "linear").Set("llama.rope.scaling.factor", (float)linear.Factor);
    }

    /// <summary>Gains stay single; a row that is no whole number of blocks stays half; with four bits the embedding and the output keep eight, which they need most.</summary>
    private static GgufType Storage(NamedTensor tensor, GgufType type) => tensor switch
    {
        { IsVector: true } => GgufType.F32,
        _ when tensor.Columns % type.BlockLength != 0 => GgufType.F16,
        { Gguf: "token_embd.weight" or "output.weight" } when type is GgufType.Q4_0 => GgufType.Q8_0,
        _ => type,
    };

    private static float[] Merged(ModelFolder model, AdapterFolder? adapter, NamedTensor tensor)
    {
        var values = model.Read(tensor.HuggingFace, tensor.Rows, tensor.Columns);
        if (adapter is null || !adapter.Targets.Contains(Target(tensor))) return values;
        var (a, b) = adapter.Read(Target(tensor), tensor.Rows, tensor.Columns);
        for (var row = 0; row < tensor.Rows; row++)
            for (var r = 0; r < adapter.Rank; r++)
            {
                var into = values.AsSpan(row * tensor.Columns, tensor.Columns);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(a.AsSpan(r * tensor.Columns, tensor.Columns), adapter.Scale * b[row * adapter.Rank + r], into, into);
            }
        return values;
    }

    private static string Target(NamedTensor tensor) => tensor.HuggingFace[..^".weight".Length];

    private static float[] Divisors(LlamaShape shape) =>
        [.. (shape with { Scaling = null }).Frequencies().Select(frequency => (float)shape.Scaling!.Divisor(frequency))];
}
