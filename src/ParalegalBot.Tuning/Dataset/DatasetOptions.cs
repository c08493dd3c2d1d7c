using FluentValidation;

namespace ParalegalBot.Tuning.Dataset;

/// <summary>How a dataset is generated; with the store, the teacher and the seed it decides every line.</summary>
public sealed record DatasetOptions
{
    /// <summary>Abbreviations of the laws; empty: all that are official.</summary>
    public IReadOnlyList<string> Laws { get; init; } = [];

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Articles and searches worked on at once, 1 to 256; does not change the result.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;

    /// <summary>Most pairs kept of an article by the rules, 1 to 20.</summary>
    public int PairsPerArticle { get; init; } = 6;

    /// <summary>Passages of a prompt, the one that answers among them, 2 to 12.</summary>
    public int Passages { get; init; } = 4;

    /// <summary>The source must be among so many articles that retrieval finds, 1 to 50.</summary>
    public int RoundTripTop { get; init; } = 10;

    /// <summary>Tokens that the teacher may use, in and out together; 0: no limit.</summary>
    public long TokenBudget { get; init; }

    /// <summary>What the teacher may cost; 0: no limit.</summary>
    public decimal CostBudget { get; init; }

    /// <summary>Price of a million tokens read, in the currency of <see cref="CostBudget"/>.</summary>
    public decimal InputPrice { get; init; }

    /// <summary>Price of a million tokens written.</summary>
    public decimal OutputPrice { get; init; }

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<DatasetOptions>
    {
        /// <summary>As the properties say.</summary>
        public Rules()
        {
            RuleFor(options => options.Parallel).InclusiveBetween(1, 256);
            RuleFor(options => options.PairsPerArticle).InclusiveBetween(1, 20);
            RuleFor(options => options.Passages).InclusiveBetween(2, 12);
            RuleFor(options => options.RoundTripTop).InclusiveBetween(1, 50);
            RuleFor(options => options.TokenBudget).GreaterThanOrEqualTo(0);
            RuleFor(options => options.CostBudget).GreaterThanOrEqualTo(0);
            RuleFor(options => options.InputPrice).GreaterThanOrEqualTo(0);
            RuleFor(options => options.OutputPrice).GreaterThanOrEqualTo(0);
            RuleFor(options => options).Must(options => options.CostBudget == 0 || options.InputPrice + options.OutputPrice > 0)
                .WithMessage("un presupuesto en dinero necesita los precios por millón de fichas (--input-price y --output-price).");
        }
    }
}
