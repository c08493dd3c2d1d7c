using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Tuning.Formats;

/// <summary>What <c>tune export</c> does: a run's folder, a model of Hugging Face or an adapter of PEFT to one GGUF file.</summary>
public static class ModelExport
{
    /// <summary>Storages that can be written.</summary>
    public static IReadOnlyList<string> Types { get; } = ["f32", "f16", "q8_0", "q4_0"];

    /// <summary>Exports.</summary>
    /// <param name="folder">A run's folder, or a model's or an adapter's.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="adapterAlone">An adapter as a file of its own; else it is merged into its base.</param>
    /// <param name="baseFolder">The adapter's base, where the adapter does not say where it is.</param>
    /// <exception cref="ParalegalBotException">Something is missing or damaged; nothing half-written is left.</exception>
    public static void Run(string folder, string path, string type, bool adapterAlone = false, string? baseFolder = null)
    {
        if (!Directory.Exists(folder)) throw new ParalegalBotException($"No encontré la carpeta «{folder}»; señale la de una corrida o la de un modelo.");
        var stored = Enum.Parse<GgufType>(type, ignoreCase: true);
        var inside = new[] { "adapter", "model" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);
        if (inside is not null && !AdapterFolder.IsOne(folder)) folder = inside;
        if (!AdapterFolder.IsOne(folder))
        {
            if (adapterAlone) throw new ParalegalBotException($"En «{folder}» no hay un adaptador; quite --adapter para exportar el modelo.");
            GgufExport.Model(folder, null, path, stored);
            return;
        }
        baseFolder ??= BaseOf(folder);
        if (adapterAlone) GgufExport.Adapter(folder, baseFolder, path, stored);
        else GgufExport.Model(baseFolder, folder, path, stored);
    }

    private static string BaseOf(string folder)
    {
        using var adapter = AdapterFolder.Open(folder);
        return adapter.Base is { } path && Directory.Exists(path) ? path
            : throw new ParalegalBotException($"El adaptador «{folder}» dice que su modelo base es «{adapter.Base}» y aquí no está; señálelo con --base CARPETA.");
    }
}
