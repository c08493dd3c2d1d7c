using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ParalegalBot.Server.Operations;

namespace ParalegalBot.Server.WhatsApp;

/// <summary><c>/api/whatsapp</c>: Meta's webhook. Nothing is read before the signature over the very bytes is right; whatever is signed and not understood is taken and ignored.</summary>
public static class WhatsAppApi
{
    /// <summary>Largest payload in bytes.</summary>
    public const long MaxBytes = 3 * 1024 * 1024;

    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 64 };

    public static void MapWhatsApp(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/whatsapp");
        group.MapGet("", Verify);
        group.MapPost("", ReceiveAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
    }

    private static IResult Verify(
        IOptions<WhatsAppOptions> options, [FromQuery(Name = "hub.mode")] string? mode, [FromQuery(Name = "hub.verify_token")] string? token, [FromQuery(Name = "hub.challenge")] string? challenge)
    {
        if (!options.Value.On) return Results.NotFound();
        var known = mode == "subscribe" && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token ?? ""), Encoding.UTF8.GetBytes(options.Value.VerifyToken));
        return known ? Results.Text(challenge ?? "", "text/plain") : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, IOptions<WhatsAppOptions> options, WhatsAppDoor door, CancellationToken cancellationToken)
    {
        if (!options.Value.On) return Results.NotFound();
        if (context.Request.Headers[WebhookSignature.Header] is not [var signature]) return Results.Unauthorized();
        if (await RequestBody.ReadAsync(context.Request, MaxBytes, cancellationToken) is not { } body) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (!WebhookSignature.Matches(body, signature, options.Value.AppSecret)) return Results.Unauthorized();
        try
        {
            using var payload = JsonDocument.Parse(body, Depth);
            return Results.StatusCode(door.Take(WebhookPayload.Read(payload.RootElement)) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
    }
}
