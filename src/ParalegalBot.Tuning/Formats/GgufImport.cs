using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Model;
using ParalegalBot.Tuning.Training;
using ParalegalBot.Tuning.Training.Layers;

namespace ParalegalBot.Tuning.Formats;

/// <summary>A GGUF model to a folder, in single precision, so that a training may start from it.</summary>
internal static class GgufImport
{
    public static unsafe void ToFolder(string path, string folder)
    {
        using var file = GgufFile.Open(path);
        var metadata = file.Header.Metadata;
        var parameters = LlamaParameters.Read(metadata, path);
        if (metadata.Text("llama.rope.scaling.type") is "yarn" || file.Header.Tensors.ContainsKey("rope_freqs.weight"))
            throw new ParalegalBotException($"El modelo «{path}» estira su contexto (yarn o rope_freqs); entrene desde su carpeta de Hugging Face, que dice cómo.");
        var vocabulary = Vocabulary(metadata, path);
        var factor = metadata.Float("llama.rope.scaling.factor", 0);
        var shape = new LlamaShape
        {
            Vocabulary = vocabulary.Tokens.Count, Layers = parameters.Layers, Width = parameters.Width, Heads = parameters.Heads, KeyHeads = parameters.KeyHeads, HeadSize = parameters.HeadSize,
            FeedForward = parameters.FeedForward, Context = parameters.Context, Epsilon = parameters.Epsilon, RotaryBase = metadata.Float("llama.rope.freq_base", 10_000),
            Scaling = factor is 0 or 1 ? null : new RotaryScaling("linear", factor), Tied = !file.Header.Tensors.ContainsKey("output.weight"),
        };
        var weights = new List<Parameter>();
        foreach (var tensor in NamedTensor.Of(shape))
        {
            if (!file.Header.Tensors.TryGetValue(tensor.Gguf, out var stored) || stored.Rows != tensor.Rows || stored.Columns != tensor.Columns)
                throw new ParalegalBotException($"Al modelo «{path}» le falta el tensor {tensor.Gguf} de {tensor.Rows} × {tensor.Columns}; descárguelo completo.");
            var values = new float[tensor.Rows * tensor.Columns];
            for (var row = 0; row < tensor.Rows; row++)
                Inference.Gguf.Kernels.Dequantization.Row(stored.Type, file.Data(stored) + row * stored.RowBytes, values.AsSpan(row * tensor.Columns, tensor.Columns));
            var parameter = new Parameter(tensor.HuggingFace, tensor.Rows, tensor.Columns, tensor.IsVector);
            tensor.ToHuggingFace(values, tensor.Columns).CopyTo(parameter.Value.Values);
            weights.Add(parameter);
        }
        ModelFolder.Write(folder, shape, weights, vocabulary);
    }

    private static ModelVocabulary Vocabulary(GgufMetadata metadata, string path)
    {
        var pairs = new List<(string Key, object Value)>();
        foreach (var key in new[] { "model", "pre" })
            if (metadata.Text("tokenizer.ggml." + key) is { } text) pairs.Add(("tokenizer.ggml." + key, text));
        foreach (var key in new[] { "tokens", "merges" })
            if (metadata.Texts("tokenizer.ggml." + key) is { } texts) pairs.Add(("tokenizer.ggml." + key, texts));
        if (metadata.Integers("tokenizer.ggml.token_type") is { } kinds) pairs.Add(("tokenizer.ggml.token_type", kinds.Select(kind => (int)kind).ToArray()));
        if (metadata.Floats("tokenizer.ggml.scores") is { } scores) pairs.Add(("tokenizer.ggml.scores", scores));
        foreach (var key in new[] { "bos", "eos", "unknown", "padding" })
            if (metadata.Integer($"tokenizer.ggml.{key}_token_id", -1) is var id and >= 0) pairs.Add(($"tokenizer.ggml.{key}_token_id", (int)id));
        if (metadata.Has("tokenizer.ggml.add_bos_token")) pairs.Add(("tokenizer.ggml.add_bos_token", metadata.Flag("tokenizer.ggml.add_bos_token", false)));
        if (metadata.Text("tokenizer.chat_template") is { } template) pairs.Add(("tokenizer.chat_template", template));
        return new ModelVocabulary(pairs, path);
    }
}
