using FluentValidation;

namespace ParalegalBot.Server.Channels;

/// <summary>Section <c>Channels</c>: how much is answered and sent at once, and where people find the pages that replies link to.</summary>
public sealed class ChannelsOptions
{
    /// <summary>Address of this server as people reach it, for links: <c>https://bot.bufete.mx</c>. Empty means the address on which it listens.</summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>Questions answered at once, from 1 to 64.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>With so many questions ahead of theirs people are told that it will take longer; from 0 to 100,000.</summary>
    public int Queue { get; set; } = 50;

    /// <summary>So many questions are kept; beyond, the channel is told to try again later. From 1 to 1,000,000.</summary>
    public int Most { get; set; } = 20_000;

    /// <summary>Seconds for one answer, from 10 to 3600.</summary>
    public int AnswerSeconds { get; set; } = 180;

    /// <summary>Messages sent at once, from 1 to 64.</summary>
    public int Senders { get; set; } = 4;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<ChannelsOptions>
    {
        public Rules()
        {
            RuleFor(options => options.PublicAddress)
                .Must(text => text.Length == 0 || Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
                .WithMessage("write the address with https://, for example https://bot.bufete.mx, or leave it empty.");
            RuleFor(options => options.Workers).InclusiveBetween(1, 64);
            RuleFor(options => options.Queue).InclusiveBetween(0, 100_000);
            RuleFor(options => options.Most).InclusiveBetween(1, 1_000_000);
            RuleFor(options => options.AnswerSeconds).InclusiveBetween(10, 3600);
            RuleFor(options => options.Senders).InclusiveBetween(1, 64);
        }
    }
}
