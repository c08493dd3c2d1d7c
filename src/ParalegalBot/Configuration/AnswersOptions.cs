using FluentValidation;

namespace ParalegalBot.Configuration;

/// <summary>Section <c>Answers</c>: from what confidence on something is shown.</summary>
public sealed class AnswersOptions
{
    /// <summary>A file that <c>paralegal calibrate</c> wrote, for instance over the firm's own cases; empty means the shipped one.</summary>
    public string Thresholds { get; set; } = "";

    /// <summary>Whether the language model is asked about claims whose support is uncertain; an engine that only quotes cannot judge. Off by default.</summary>
    public bool Judge { get; set; }

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<AnswersOptions>
    {
        /// <summary>A file that exists, or none.</summary>
        public Rules() => RuleFor(options => options.Thresholds).Must(path => path.Length == 0 || File.Exists(path))
            .WithMessage("name an existing file written by paralegal calibrate, or leave it empty for the shipped one.");
    }
}
