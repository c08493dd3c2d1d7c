using FluentValidation;

namespace ParalegalBot.Inference.Serving;

/// <summary>Section <c>Budget</c>: what an answer costs, and what a day may cost; amounts in one currency of the firm's choice.</summary>
public sealed class BudgetOptions
{
    /// <summary>Price of a second in which the engine works on an answer, 0 to 1,000. Default 0.</summary>
    public decimal SecondPrice { get; set; }

    /// <summary>Price of a million tokens read, 0 to 100,000. Default 0.</summary>
    public decimal InputPrice { get; set; }

    /// <summary>Price of a million tokens written, 0 to 100,000. Default 0.</summary>
    public decimal OutputPrice { get; set; }

    /// <summary>What one person's answers may cost a day, 0 to 1,000,000; 0: no limit. Default 0.</summary>
    public decimal DailyPerPerson { get; set; }

    /// <summary>What all answers may cost a day, 0 to 1,000,000; 0: no limit. Default 0.</summary>
    public decimal DailyTotal { get; set; }

    /// <summary>Whether answers cost anything.</summary>
    internal bool Prices => SecondPrice > 0 || InputPrice > 0 || OutputPrice > 0;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<BudgetOptions>
    {
        /// <summary>As the properties say; a daily budget needs a price, or it would never be spent.</summary>
        public Rules()
        {
            RuleFor(options => options.SecondPrice).InclusiveBetween(0, 1_000).WithMessage("el precio por segundo debe estar entre 0 y 1000.");
            RuleFor(options => options.InputPrice).InclusiveBetween(0, 100_000).WithMessage("el precio por millón de fichas leídas debe estar entre 0 y 100000.");
            RuleFor(options => options.OutputPrice).InclusiveBetween(0, 100_000).WithMessage("el precio por millón de fichas escritas debe estar entre 0 y 100000.");
            RuleFor(options => options.DailyPerPerson).InclusiveBetween(0, 1_000_000).WithMessage("el presupuesto diario por persona debe estar entre 0 y 1000000; 0 es sin límite.");
            RuleFor(options => options.DailyTotal).InclusiveBetween(0, 1_000_000).WithMessage("el presupuesto diario total debe estar entre 0 y 1000000; 0 es sin límite.");
            const string Unpriced = "un presupuesto sin precio nunca se agota; indique Budget:SecondPrice, Budget:InputPrice o Budget:OutputPrice.";
            RuleFor(options => options.DailyPerPerson).Must((options, limit) => limit == 0 || options.Prices).WithMessage(Unpriced);
            RuleFor(options => options.DailyTotal).Must((options, limit) => limit == 0 || options.Prices).WithMessage(Unpriced);
        }
    }
}
