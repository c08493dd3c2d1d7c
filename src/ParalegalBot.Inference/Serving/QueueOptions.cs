using FluentValidation;

namespace ParalegalBot.Inference.Serving;

/// <summary>Section <c>Queue</c>: how many ask an engine at once, and how long anybody waits.</summary>
public sealed class QueueOptions
{
    /// <summary>Answers written at once, 1 to 64. Default 4.</summary>
    public int Concurrency { get; set; } = 4;

    /// <summary>People who may wait, 0 to 10,000; who comes after them is told so at once. Default 200.</summary>
    public int Length { get; set; } = 200;

    /// <summary>Seconds that a person waits for a turn, 1 to 3,600. Default 120.</summary>
    public int WaitSeconds { get; set; } = 120;

    /// <summary>Seconds that an answer may take once its turn has come, 1 to 3,600. Default 120.</summary>
    public int AnswerSeconds { get; set; } = 120;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<QueueOptions>
    {
        /// <summary>As the properties say.</summary>
        public Rules()
        {
            RuleFor(options => options.Concurrency).InclusiveBetween(1, 64).WithMessage("debe estar entre 1 y 64 respuestas a la vez.");
            RuleFor(options => options.Length).InclusiveBetween(0, 10_000).WithMessage("debe estar entre 0 y 10000 personas en espera.");
            RuleFor(options => options.WaitSeconds).InclusiveBetween(1, 3_600).WithMessage("debe estar entre 1 y 3600 segundos.");
            RuleFor(options => options.AnswerSeconds).InclusiveBetween(1, 3_600).WithMessage("debe estar entre 1 y 3600 segundos.");
        }
    }
}
