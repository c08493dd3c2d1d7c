using System.Net;
using FluentValidation;

namespace ParalegalBot.Server.Operations;

/// <summary>Section <c>Protection</c>: how much one address and one person may ask, and which reverse proxies stand in front.</summary>
public sealed class ProtectionOptions
{
    /// <summary>Questions that one address may ask at once (an office behind one address counts as one), from 1 to 100,000.</summary>
    public int QuestionBurst { get; set; } = 120;

    /// <summary>How fast that allowance grows back, a second, from 1 to 10,000.</summary>
    public int QuestionsPerSecond { get; set; } = 2;

    /// <summary>Questions that one person may ask at once, from 1 to 10,000.</summary>
    public int PersonBurst { get; set; } = 30;

    /// <summary>How fast that allowance grows back, a minute, from 1 to 10,000.</summary>
    public int PersonPerMinute { get; set; } = 15;

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of the reverse proxies whose <c>X-Forwarded-…</c> headers are believed; empty for none.</summary>
    public IReadOnlyList<string> Proxies { get; set; } = [];

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<ProtectionOptions>
    {
        public Rules()
        {
            RuleFor(options => options.QuestionBurst).InclusiveBetween(1, 100_000);
            RuleFor(options => options.QuestionsPerSecond).InclusiveBetween(1, 10_000);
            RuleFor(options => options.PersonBurst).InclusiveBetween(1, 10_000);
            RuleFor(options => options.PersonPerMinute).InclusiveBetween(1, 10_000);
            RuleForEach(options => options.Proxies).Must(text => IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _))
                .WithMessage("write an address (10.0.0.7) or a network (10.0.0.0/8).");
        }
    }
}
