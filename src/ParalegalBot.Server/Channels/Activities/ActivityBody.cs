using System.Text.Json;
using ParalegalBot.Server.Operations;

namespace ParalegalBot.Server.Channels.Activities;

/// <summary>Reads an activity from a request, or says with which status it is refused.</summary>
internal static class ActivityBody
{
    /// <summary>Largest activity in bytes; Teams' own limit is 100 KB of UTF-16.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxId = 2000;

    public static async Task<(T? Activity, int Status)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType()) return (null, StatusCodes.Status415UnsupportedMediaType);
        try
        {
            if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } bytes) return (null, StatusCodes.Status413PayloadTooLarge);
            return JsonSerializer.Deserialize<T>(bytes, JsonSerializerOptions.Web) is { } activity ? (activity, StatusCodes.Status200OK) : (null, StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException error)
        {
            return (null, error.StatusCode);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException)
        {
            return (null, StatusCodes.Status400BadRequest); // broken JSON, a wrong type, or text that is no Unicode
        }
    }

    /// <summary>An id that may be kept: there, and not endless.</summary>
    public static bool Usable(string? id) => id is { Length: > 0 and <= MaxId };
}
