using LLama;
using LLama.Batched;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;

namespace ParalegalBot.OnPrem.LlamaSharp;

/// <summary>A model's weights as llama.cpp holds them, with the adapter that goes on every context made of them.</summary>
internal sealed class LlamaSharpModel : IDisposable
{
    private readonly LLamaWeights weights;
    private readonly ModelParams parameters;
    private LoraAdapter? adapter;
    private readonly float scale;

    /// <summary>Loads the file.</summary>
    /// <param name="path">A GGUF.</param>
    /// <param name="options">Where it runs, and the adapter.</param>
    /// <param name="shape">Sets what contexts of it are like.</param>
    /// <exception cref="ParalegalBotException">llama.cpp does not take the file or the adapter.</exception>
    public LlamaSharpModel(string path, LlamaSharpOptions options, Action<ModelParams> shape)
    {
        LlamaLog.Open(options.NativeLibrary);
        parameters = new ModelParams(path) { GpuLayerCount = options.GpuLayers };
        shape(parameters);
        scale = options.LoraScale;
        try
        {
            weights = LLamaWeights.LoadFromFile(parameters);
        }
        catch (Exception cause) when (cause is LoadWeightsFailedException or RuntimeError or TypeInitializationException or DllNotFoundException)
        {
            throw new ParalegalBotException($"llama.cpp no pudo cargar «{Path.GetFileName(path)}»; revise que sea un GGUF completo, que quepa en la memoria y que el controlador de la GPU corresponda a la edición instalada.", cause);
        }
        if (options.LoraPath.Length == 0) return;
        // An adapter that does not fit comes back as a null pointer, which LLamaSharp hands on and llama.cpp then ignores.
        if (LlamaLog.ErrorOf(() => adapter = weights.NativeHandle.LoadLoraFromFile(options.LoraPath)) is not { } error) return;
        weights.Dispose();
        throw new ParalegalBotException($"llama.cpp no pudo cargar el adaptador «{Path.GetFileName(options.LoraPath)}» sobre «{Path.GetFileName(path)}»; debe ser de ese modelo ({error}).");
    }

    /// <summary>Tokens of prompt and answer together that the model was trained for.</summary>
    public int TrainedContext => weights.ContextSize;

    /// <summary>Model and adapter in a few words, in Spanish.</summary>
    public string About => $"{weights.NativeHandle.Description} con llama.cpp{(adapter is null ? "" : $" y el adaptador «{Path.GetFileNameWithoutExtension(adapter.Path)}»")}";

    /// <summary>A context for several texts at once.</summary>
    /// <exception cref="ParalegalBotException">There is no room for it.</exception>
    public BatchedExecutor Executor()
    {
        try
        {
            var executor = new BatchedExecutor(weights, parameters);
            if (adapter is not null) executor.Context.NativeHandle.SetLoraAdapters((adapter, scale));
            return executor;
        }
        catch (Exception cause) when (cause is RuntimeError or LoadWeightsFailedException)
        {
            throw new ParalegalBotException("llama.cpp no pudo reservar la memoria de las conversaciones; reduzca Inference:ContextTokens, Queue:Concurrency o LlamaSharp:GpuLayers.", cause);
        }
    }

    /// <summary>What makes vectors of it.</summary>
    public LLamaEmbedder Embedder() => new(weights, parameters);

    public void Dispose() => weights.Dispose();
}
