using FluentValidation;

namespace ParalegalBot.OnPrem.LlamaSharp;

/// <summary>Section <c>LlamaSharp</c>: what only this engine has; model, context and answer are <c>Inference</c>'s, texts at once the queue's.</summary>
public sealed class LlamaSharpOptions
{
    /// <summary>Layers on the GPU, 0 to 1,000; more than the model has means all. Default all. Without a GPU nothing changes.</summary>
    public int GpuLayers { get; set; } = 1_000;

    /// <summary>A LoRA adapter in GGUF, as <c>paralegal tune export --adapter</c> writes it; empty: none.</summary>
    public string LoraPath { get; set; } = "";

    /// <summary>How much the adapter counts, over 0 and up to 2. Default 1.</summary>
    public float LoraScale { get; set; } = 1;

    /// <summary>A llama.cpp library to load instead of the packaged one; empty: the packaged one.</summary>
    public string NativeLibrary { get; set; } = "";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<LlamaSharpOptions>
    {
        /// <summary>As the properties say.</summary>
        public Rules()
        {
            RuleFor(options => options.GpuLayers).InclusiveBetween(0, 1_000).WithMessage("debe estar entre 0 y 1000 capas.");
            RuleFor(options => options.LoraPath).Must(path => path.Length == 0 || File.Exists(path)).WithMessage("el archivo no existe; señale un adaptador GGUF o deje el valor vacío.");
            RuleFor(options => options.LoraScale).GreaterThan(0).LessThanOrEqualTo(2).WithMessage("debe ser mayor que 0 y no más de 2.");
            RuleFor(options => options.NativeLibrary).Must(path => path.Length == 0 || File.Exists(path)).WithMessage("el archivo no existe; señale la biblioteca de llama.cpp o deje el valor vacío.");
        }
    }
}
