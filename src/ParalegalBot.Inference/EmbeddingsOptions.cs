using FluentValidation;

namespace ParalegalBot.Inference;

/// <summary>Section <c>Embeddings</c>.</summary>
public sealed class EmbeddingsOptions
{
    /// <summary>Which encoder; <c>static</c> is the embedded one.</summary>
    public string Engine { get; set; } = "static";

    /// <summary>The encoder's file. Default: the one that travels with the program.</summary>
    public string ModelPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "manifests", "models", "encoder.bin");

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<EmbeddingsOptions>
    {
        /// <summary>A known engine and a file that exists.</summary>
        public Rules()
        {
            RuleFor(options => options.Engine).Equal("static").WithMessage("esta versión conoce solo el codificador static.");
            RuleFor(options => options.ModelPath).Must(File.Exists).WithMessage("el archivo no existe; reinstale la carpeta manifests/models o señale un codificador entrenado con `paralegal tune encoder`.");
        }
    }
}
