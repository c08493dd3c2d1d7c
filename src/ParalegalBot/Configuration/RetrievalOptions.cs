using FluentValidation;

namespace ParalegalBot.Configuration;

/// <summary>Section <c>Retrieval</c>.</summary>
public sealed class RetrievalOptions
{
    /// <summary>Where passages are searched: <c>sqlite</c> (embedded, in memory), <c>qdrant</c>, or in the on-premises edition <c>qdrant-sk</c> (the same collections, searched by Semantic Kernel's connector). Default <c>sqlite</c>.</summary>
    public string Index { get; set; } = "sqlite";

    /// <summary>The index that Semantic Kernel's connector searches.</summary>
    public const string SemanticKernel = "qdrant-sk";

    /// <summary>Whether Qdrant is configured.</summary>
    public bool Qdrant => Index is "qdrant" or SemanticKernel;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<RetrievalOptions>
    {
        /// <summary>A known index.</summary>
        public Rules() => RuleFor(options => options.Index).Must(name => name is "sqlite" or "qdrant" or SemanticKernel).WithMessage("elija sqlite, qdrant o qdrant-sk.");
    }
}
