using System.Text.Json;
using System.Text.Json.Nodes;
using ParalegalBot.Tuning.Training;
using ParalegalBot.Tuning.Training.Layers;

namespace ParalegalBot.Tuning.Formats;

/// <summary>A LoRA adapter in a folder as PEFT lays it out: adapter_config.json and adapter_model.safetensors.</summary>
internal sealed class AdapterFolder : IDisposable
{
    private const string Configuration = "adapter_config.json", Weights = "adapter_model.safetensors", Prefix = "base_model.model.";

    private readonly SafetensorsFile file;

    private AdapterFolder(string path)
    {
        Path = path;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(path, Configuration)));
            var json = document.RootElement;
            if (json.GetProperty("peft_type").GetString() != "LORA") throw Fault($"es un adaptador {json.GetProperty("peft_type").GetString()} y se conoce LORA");
            if (json.TryGetProperty("use_dora", out var dora) && dora.ValueKind is JsonValueKind.True) throw Fault("es un adaptador DoRA y aquí sólo se aplica LoRA");
            Rank = json.GetProperty("r").GetInt32();
            var stable = json.TryGetProperty("use_rslora", out var rs) && rs.ValueKind is JsonValueKind.True;
            var alpha = (float)json.GetProperty("lora_alpha").GetDouble();
            // Rank-stabilised adapters divide by the root of the rank; as an alpha over the rank that is this one.
            Alpha = stable ? alpha * MathF.Sqrt(Rank) : alpha;
            Base = json.TryGetProperty("base_model_name_or_path", out var named) ? named.GetString() : null;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IOException)
        {
            throw new ParalegalBotException($"El adaptador «{path}» no trae un adapter_config.json válido; vuelva a copiarlo.", cause);
        }
        if (Rank < 1) throw Fault($"su rango es {Rank}");
        file = SafetensorsFile.Open(System.IO.Path.Combine(path, Weights));
        Targets = [.. file.Names.Where(name => name.EndsWith(".lora_A.weight", StringComparison.Ordinal)).Select(name => name[Prefix.Length..^".lora_A.weight".Length]).Order(StringComparer.Ordinal)];
        foreach (var name in file.Names)
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !(name.EndsWith(".lora_A.weight", StringComparison.Ordinal) || name.EndsWith(".lora_B.weight", StringComparison.Ordinal)))
                throw Fault($"el tensor {name} no es de un adaptador de proyecciones");
    }

    public string Path { get; }

    public int Rank { get; }

    public float Alpha { get; }

    public float Scale => Alpha / Rank;

    /// <summary>Where the adapter's author had the base; may be a name of a hub.</summary>
    public string? Base { get; }

    /// <summary>The matrices it changes (<c>model.layers.0.self_attn.q_proj</c>…).</summary>
    public IReadOnlyList<string> Targets { get; }

    public static bool IsOne(string path) => File.Exists(System.IO.Path.Combine(path, Configuration));

    public static AdapterFolder Open(string path) => new(path);

    /// <summary>A, [rank × columns], and B, [rows × rank], of a target.</summary>
    public (float[] A, float[] B) Read(string target, int rows, int columns) =>
        (Part(target, "lora_A", Rank, columns), Part(target, "lora_B", rows, Rank));

    /// <summary>Writes the adapters of a network.</summary>
    public static void Write(string path, LlamaNetwork network, float alpha, string basePath) => WholeFile.WriteFolder(path, folder =>
    {
        var adapters = network.Adapters.ToList();
        var targets = adapters.Select(adapter => adapter.Down.Name[..^".lora_A.weight".Length]).Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct();
        var json = new JsonObject
        {
            ["peft_type"] = "LORA", ["task_type"] = "CAUSAL_LM", ["base_model_name_or_path"] = basePath, ["r"] = adapters[0].Down.Value.Rows, ["lora_alpha"] = alpha,
            ["target_modules"] = new JsonArray([.. targets.Select(target => JsonValue.Create(target))]), ["lora_dropout"] = 0.0, ["bias"] = "none", ["fan_in_fan_out"] = false, ["inference_mode"] = true,
        };
        WholeFile.Write(System.IO.Path.Combine(folder, Configuration), json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        SafetensorsFile.Write(System.IO.Path.Combine(folder, Weights), [.. adapters.SelectMany(adapter => (Parameter[])[adapter.Down, adapter.Up]).Select(ModelFolder.Tensor).Select(tensor => (Prefix + tensor.Name, tensor.Shape, tensor.Values))]);
    });

    public void Dispose() => file.Dispose();

    private float[] Part(string target, string part, int rows, int columns)
    {
        var name = $"{Prefix}{target}.{part}.weight";
        if (!file.Names.Contains(name)) throw Fault($"le falta el tensor {name}");
        if (!file.Shape(name).SequenceEqual([rows, columns])) throw Fault($"el tensor {name} mide {string.Join(" × ", file.Shape(name))} y con este modelo base debe medir {rows} × {columns}");
        var values = new float[rows * columns];
        file.Read(name, values);
        return values;
    }

    private ParalegalBotException Fault(string fault) => new($"No se puede usar el adaptador «{Path}»: {fault}; señale un adaptador LoRA de PEFT y su modelo base.");
}
