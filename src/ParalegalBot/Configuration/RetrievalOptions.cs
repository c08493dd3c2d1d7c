using FluentValidation;

namespace ParalegalBot.Configuration;

/// <summary>Section <c>Retrieval</c>.</summary>
public sealed class RetrievalOptions
{
    /// <summary>Where passages are searched: <c>sqlite</c> (embedded, in memory) or <c>qdrant</c>. Default <c>sqlite</c>.</summary>
    public string Index { get; set; } = "sqlite";

    /// <summary>Whether Qdrant is configured.</summary>
    public bool Qdrant => Index == "qdrant";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<RetrievalOptions>
    {
        /// <summary>A known index.</summary>
        public Rules() => RuleFor(options => options.Index).Must(name => name is "sqlite" or "qdrant").WithMessage("elija sqlite o qdrant.");
    }
}
