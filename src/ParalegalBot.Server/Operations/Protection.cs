using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ParalegalBot.Server.Pages;

namespace ParalegalBot.Server.Operations;

/// <summary>What holds for every route: size of bodies, time, rate, headers, and what a failure looks like.</summary>
public static class Protection
{
    /// <summary>Rate and time limits of the routes that ask a question.</summary>
    public const string Asking = "asking";

    /// <summary>Largest request body in bytes.</summary>
    public const long MaxBody = 64 * 1024;

    /// <summary>Questions that one address may ask at once; the allowance grows back by <see cref="QuestionsPerSecond"/>.</summary>
    public const int QuestionBurst = 120;

    /// <summary>How fast the allowance grows back.</summary>
    public const int QuestionsPerSecond = 2;

    public static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(options =>
        {
            options.Limits.MaxRequestBodySize = MaxBody;
            options.AddServerHeader = false;
        });
        services.AddRequestTimeouts(options =>
        {
            options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromSeconds(30) };
            options.AddPolicy(Asking, TimeSpan.FromMinutes(3));
        });
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(Asking, context => RateLimitPartition.GetTokenBucketLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = QuestionBurst,
                    TokensPerPeriod = QuestionsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                }));
        });
        services.AddProblemDetails();
        return services;
    }

    public static void UseProtection(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = FailureText.StatusOf,
            ExceptionHandler = WriteFailureAsync,
            AllowStatusCode404Response = true,
        });
        app.UseStatusCodePages(pages => WriteFailureAsync(pages.HttpContext));
        app.UseRouting();
        app.UseCors();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
    }

    /// <summary>A person's browser gets a page, everything else problem details.</summary>
    private static async Task WriteFailureAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var status = context.Response.StatusCode;
        var (title, detail) = FailureText.Of(status, exception);
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            await PageResults.Failure(status, title, detail).ExecuteAsync(context);
            return;
        }
        await TypedResults.Problem(title: title, detail: detail, statusCode: status).ExecuteAsync(context);
    }
}
