using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>The HTTP client towards model servers: one retry for a passing fault, a circuit breaker for each address, a limit for the first byte.</summary>
internal static class ModelServerServices
{
    public static IServiceCollection AddModelServers(this IServiceCollection services)
    {
        services.AddHttpClient(ModelServers.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .AddResilienceHandler("engine", (pipeline, context) =>
            {
                var options = context.ServiceProvider.GetRequiredService<IOptions<InferenceOptions>>().Value;
                pipeline.TimeProvider = context.ServiceProvider.GetService<TimeProvider>();
                // A server that hangs is not asked twice: another one may be waiting to take over.
                pipeline.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.FromMilliseconds(250), ShouldHandle = arguments => ValueTask.FromResult(Passing(arguments.Outcome)) });
                pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { FailureRatio = 0.5, MinimumThroughput = 4, SamplingDuration = TimeSpan.FromSeconds(30), BreakDuration = TimeSpan.FromSeconds(10) });
                pipeline.AddTimeout(TimeSpan.FromSeconds(options.FirstByteSeconds));
            })
            .SelectPipelineByAuthority();
        return services;
    }

    private static bool Passing(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException || (outcome.Result is { } response && (int)response.StatusCode is 429 or 502 or 503 or 504);
}
