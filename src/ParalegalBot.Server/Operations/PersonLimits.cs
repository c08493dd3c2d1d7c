using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering;

namespace ParalegalBot.Server.Operations;

/// <summary>How much one person may ask, on whatever channel: all of Teams comes from a few addresses, so an address says nothing there.</summary>
public sealed class PersonLimits(IOptions<ProtectionOptions> options) : IDisposable
{
    /// <summary>The channel where a person is an address, whose own limit holds already.</summary>
    public const string Api = "api";

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(person => RateLimitPartition.GetTokenBucketLimiter(
        person, _ => new TokenBucketRateLimiterOptions { TokenLimit = options.Value.PersonBurst, TokensPerPeriod = options.Value.PersonPerMinute, ReplenishmentPeriod = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts a question.</summary>
    /// <exception cref="TooManyQuestionsException">The person has asked too many.</exception>
    public void Count(Question question)
    {
        if (question.Channel == Api) return;
        using var lease = limiter.AttemptAcquire($"{question.Channel}\n{question.Person}");
        if (!lease.IsAcquired) throw new TooManyQuestionsException();
    }

    public void Dispose() => limiter.Dispose();
}

/// <summary>A person asked more than one person may.</summary>
public sealed class TooManyQuestionsException() : Exception("Ha hecho muchas preguntas seguidas. Espere unos minutos y vuelva a preguntar.");
