using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ParalegalBot.Answering;

namespace ParalegalBot.Server.Operations;

/// <summary>Traces and metrics. Metrics are read at <c>/metrics</c>; traces go where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, or nowhere.</summary>
public static class Observability
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80];

    public static IServiceCollection AddObservability(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(AnswerMetrics.Meter, "ParalegalBot.Inference", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddView("paralegal.*.duration", new ExplicitBucketHistogramConfiguration { Boundaries = Seconds })
            .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.WithTracing(traces => traces.AddSource(Stops.Source, "Microsoft.AspNetCore").AddOtlpExporter());
        return services.AddSingleton<AnswerMetrics>();
    }

    /// <summary><c>/metrics</c> for a scraper beside this server: not there for whoever comes from outside or through a proxy.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<AnswerMetrics>(); // its gauges exist from the start
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/metrics"), branch => branch.Use((context, next) =>
        {
            if (IsBeside(context)) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
        app.MapPrometheusScrapingEndpoint();
    }

    /// <summary>Whether a request came straight from a private network or this machine.</summary>
    internal static bool IsBeside(HttpContext context) =>
        !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("X-Original-For") // the latter is left by a proxy that is believed
        && (context.Connection.RemoteIpAddress is not { } address || IsPrivate(address));

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.GetAddressBytes() is [10, _, _, _] or [192, 168, _, _] or [172, >= 16 and <= 31, _, _];
    }
}
