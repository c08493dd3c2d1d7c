using FluentValidation;

namespace ParalegalBot.Inference;

/// <summary>Section <c>Inference</c>: which engine words the answers.</summary>
public sealed class InferenceOptions
{
    /// <summary>The engine without a model, the default.</summary>
    public const string Extractive = "extractive";

    /// <summary>The LLaMA engine in C#.</summary>
    public const string Gguf = "gguf";

    /// <summary><c>extractive</c> or <c>gguf</c>.</summary>
    public string Engine { get; set; } = Extractive;

    /// <summary>The GGUF file; needed by <c>gguf</c>.</summary>
    public string ModelPath { get; set; } = "";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<InferenceOptions>
    {
        /// <summary>A known engine, and a model where it needs one.</summary>
        public Rules()
        {
            RuleFor(options => options.Engine).Must(engine => engine is Extractive or Gguf).WithMessage("no conozco ese motor; use extractive o gguf.");
            RuleFor(options => options.ModelPath).Must(File.Exists).When(options => options.Engine == Gguf)
                .WithMessage("el motor gguf necesita un modelo y ese archivo no existe; señale un archivo GGUF.");
        }
    }
}
