using System.Text.Json;
using ParalegalBot.Tuning.Training;
using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tuning.Formats;

/// <summary>A LLaMA in a folder as Hugging Face lays it out: config.json, model.safetensors (or its parts with an index), tokenizer.json.</summary>
internal sealed class ModelFolder : IDisposable
{
    private const string Single = "model.safetensors", Index = "model.safetensors.index.json";

    private readonly Dictionary<string, SafetensorsFile> places = new(StringComparer.Ordinal);
    private readonly List<SafetensorsFile> files = [];

    private ModelFolder(string path)
    {
        Path = path;
        Shape = HuggingFaceConfiguration.Read(path);
        foreach (var file in Files(path))
        {
            files.Add(SafetensorsFile.Open(file));
            foreach (var name in files[^1].Names) places[name] = files[^1];
        }
        // A tied model may still store the matrix, and an untied one is tied where it does not.
        if (!places.ContainsKey("lm_head.weight")) Shape = Shape with { Tied = true };
    }

    public string Path { get; }

    public LlamaShape Shape { get; }

    /// <summary>Opens a folder; its weights are read when asked for.</summary>
    /// <exception cref="ParalegalBotException">Something is missing or damaged; the message says what.</exception>
    public static ModelFolder Open(string path) => new(path);

    public ModelVocabulary Vocabulary() => TokenizerJson.Read(Path, Shape.Vocabulary);

    /// <summary>A tensor's numbers; its shape must be the one given.</summary>
    public float[] Read(string name, int rows, int columns)
    {
        var file = places.GetValueOrDefault(name) ?? throw new ParalegalBotException($"A «{Path}» le falta el tensor {name}; vuelva a copiar el modelo completo.");
        int[] expected = rows == 1 && file.Shape(name).Count == 1 ? [columns] : [rows, columns];
        if (!file.Shape(name).SequenceEqual(expected))
            throw new ParalegalBotException($"En «{Path}» el tensor {name} mide {string.Join(" × ", file.Shape(name))} y según config.json debe medir {string.Join(" × ", expected)}; los archivos no son del mismo modelo.");
        var values = new float[rows * columns];
        file.Read(name, values);
        return values;
    }

    /// <summary>The model, ready to learn.</summary>
    public LlamaNetwork Network(Compute compute, int context)
    {
        var network = new LlamaNetwork(Shape with { Context = Math.Min(Shape.Context, context) }, compute);
        foreach (var parameter in network.Weights) Read(parameter.Name, parameter.Value.Rows, parameter.Value.Columns).CopyTo(parameter.Value.Values);
        return network;
    }

    /// <summary>Writes a model.</summary>
    /// <param name="path">The folder; it is replaced whole.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="weights">All weights, by their names.</param>
    /// <param name="vocabulary">Its tokenizer, written unless <paramref name="tokenizerFrom"/> has one.</param>
    /// <param name="tokenizerFrom">A folder whose tokenizer files are copied as they are.</param>
    public static void Write(string path, LlamaShape shape, IEnumerable<Parameter> weights, ModelVocabulary vocabulary, string? tokenizerFrom = null) => WholeFile.WriteFolder(path, folder =>
    {
        HuggingFaceConfiguration.Write(shape, vocabulary, folder);
        SafetensorsFile.Write(System.IO.Path.Combine(folder, Single), [.. weights.Select(Tensor)]);
        if (tokenizerFrom is null) TokenizerJson.Write(vocabulary, folder);
        else CopyTokenizer(tokenizerFrom, folder);
    });

    public static void CopyTokenizer(string from, string to)
    {
        foreach (var name in new[] { TokenizerJson.File, TokenizerJson.Configuration, TokenizerJson.Template })
            if (File.Exists(System.IO.Path.Combine(from, name))) File.Copy(System.IO.Path.Combine(from, name), System.IO.Path.Combine(to, name), overwrite: true);
    }

    /// <summary>A parameter as a tensor of a file.</summary>
    public static (string Name, IReadOnlyList<int> Shape, Matrix Values) Tensor(Parameter parameter) =>
        (parameter.Name, parameter.IsVector ? [parameter.Value.Columns] : [parameter.Value.Rows, parameter.Value.Columns], parameter.Value);

    public void Dispose()
    {
        foreach (var file in files) file.Dispose();
    }

    private static IEnumerable<string> Files(string folder)
    {
        var index = System.IO.Path.Combine(folder, Index);
        if (!File.Exists(index)) return [System.IO.Path.Combine(folder, Single)];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            return [.. document.RootElement.GetProperty("weight_map").EnumerateObject().Select(pair => System.IO.Path.GetFileName(pair.Value.GetString()!)).Distinct().Select(name => System.IO.Path.Combine(folder, name))];
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ParalegalBotException($"El índice «{index}» no es válido; vuelva a copiarlo.", cause);
        }
    }
}
