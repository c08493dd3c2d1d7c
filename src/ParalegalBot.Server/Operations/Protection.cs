using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Server.Pages;
using IPNetwork = System.Net.IPNetwork;

namespace ParalegalBot.Server.Operations;

/// <summary>What holds for every route: size of bodies, time, rate, headers, and what a failure looks like.</summary>
public static class Protection
{
    /// <summary>Rate and time limits of the routes that ask a question.</summary>
    public const string Asking = "asking";

    /// <summary>Largest request body in bytes.</summary>
    public const long MaxBody = 64 * 1024;

    /// <summary>Rate limit of the routes that try a key.</summary>
    public const string SigningIn = "signing-in";

    private const int KeysPerMinute = 10;

    public static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.AddValidatedOptions<ProtectionOptions, ProtectionOptions.Rules>("Protection");
        services.AddSingleton<PersonLimits>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProtectionOptions>>((forwarded, protection) => Believe(forwarded, protection.Value.Proxies));
        services.Configure<KestrelServerOptions>(options =>
        {
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
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
                AddressOf(context),
                _ => Allowance(context.RequestServices.GetRequiredService<IOptions<ProtectionOptions>>().Value)));
            options.AddPolicy(SigningIn, context => RateLimitPartition.GetFixedWindowLimiter(
                AddressOf(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = KeysPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
        services.AddProblemDetails();
        return services;
    }

    public static void UseProtection(this WebApplication app)
    {
        app.UseForwardedHeaders();
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
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
    }

    /// <summary>Where a request comes from. In IPv6 one customer holds 2^64 addresses at least, so they count as one.</summary>
    public static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"{new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]])}/64" : address.ToString();
    }

    private static TokenBucketRateLimiterOptions Allowance(ProtectionOptions options) => new()
    {
        TokenLimit = options.QuestionBurst,
        TokensPerPeriod = options.QuestionsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };

    /// <summary>Believes the named proxies and nobody else, this machine included.</summary>
    private static void Believe(ForwardedHeadersOptions forwarded, IReadOnlyList<string> proxies)
    {
        forwarded.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
            else forwarded.KnownIPNetworks.Add(IPNetwork.Parse(proxy));
        }
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
