using FluentValidation;

namespace ParalegalBot.Configuration;

/// <summary>Section <c>Store</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>The statutes file; rebuildable. Default <c>data/statutes.db</c>.</summary>
    public string Path { get; set; } = "data/statutes.db";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<StoreOptions>
    {
        /// <summary>Path must be given.</summary>
        public Rules() => RuleFor(options => options.Path).NotEmpty().WithMessage("name the SQLite file that holds the statutes, for example data/statutes.db.");
    }
}
