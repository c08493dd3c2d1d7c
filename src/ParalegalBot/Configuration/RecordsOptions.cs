using FluentValidation;

namespace ParalegalBot.Configuration;

/// <summary>Section <c>Records</c>.</summary>
public sealed class RecordsOptions
{
    /// <summary>The records file: audit log, conversations. Irreplaceable. Default <c>data/records.db</c>.</summary>
    public string Path { get; set; } = "data/records.db";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<RecordsOptions>
    {
        /// <summary>Path must be given.</summary>
        public Rules() => RuleFor(options => options.Path).NotEmpty().WithMessage("name the SQLite file that holds the audit log, for example data/records.db.");
    }
}
