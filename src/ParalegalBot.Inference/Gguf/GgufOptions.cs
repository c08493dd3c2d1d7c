using FluentValidation;

namespace ParalegalBot.Inference.Gguf;

/// <summary>What the C# engine runs with.</summary>
public sealed class GgufOptions
{
    /// <summary>The GGUF file.</summary>
    public required string ModelPath { get; set; }

    /// <summary>Tokens of prompt and answer together, 256 to 131,072; never more than the model was trained for.</summary>
    public int ContextTokens { get; set; } = 8_192;

    /// <summary>Texts written at once, 1 to 64; each keeps its own keys and values.</summary>
    public int Sequences { get; set; } = 4;

    /// <summary>Tokens of an answer where the caller names no limit, 64 to 8,192.</summary>
    public int AnswerTokens { get; set; } = 1_024;

    /// <summary>Threads; 0: one a processor.</summary>
    public int Threads { get; set; }

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<GgufOptions>
    {
        /// <summary>As the properties say.</summary>
        public Rules()
        {
            RuleFor(options => options.ModelPath).Must(File.Exists).WithMessage("el archivo no existe; señale un modelo GGUF.");
            RuleFor(options => options.ContextTokens).InclusiveBetween(256, 131_072);
            RuleFor(options => options.Sequences).InclusiveBetween(1, 64);
            RuleFor(options => options.AnswerTokens).InclusiveBetween(64, 8_192);
            RuleFor(options => options.Threads).InclusiveBetween(0, 1_024);
        }
    }
}
