using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>
/// Requests to Qdrant's HTTP API: key, time limit per attempt, and further attempts with growing pauses where the server is away, busy or broken.
/// Every request we send may be repeated without harm. It knows nothing of passages.
/// </summary>
public sealed class QdrantConnection : IQdrantQueries, IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly QdrantOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    /// <summary>Prepares the connection; nothing is sent yet.</summary>
    public QdrantConnection(IOptions<QdrantOptions> options, TimeProvider time)
    {
        (this.options, this.time) = (options.Value, time);
        http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a changed address is noticed
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(5, this.options.TimeoutSeconds)),
            AutomaticDecompression = DecompressionMethods.All,
        })
        {
            BaseAddress = new Uri(this.options.Url.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan, // each attempt has its own
        };
        if (this.options.ApiKey.Length > 0) http.DefaultRequestHeaders.Add("api-key", this.options.ApiKey);
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    /// <summary>Reads; within the time of a search.</summary>
    internal Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, null, options.TimeoutSeconds, cancellationToken);

    /// <summary>Asks with a body; within the time of a search.</summary>
    internal Task<T> AskAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, path, body, options.TimeoutSeconds, cancellationToken);

    /// <inheritdoc />
    async Task<IReadOnlyList<QdrantHits>> IQdrantQueries.QueryAsync(string collection, IReadOnlyList<QdrantSearch> searches, CancellationToken cancellationToken) =>
        await AskAsync<IReadOnlyList<QdrantHits>>($"collections/{collection}/points/query/batch", new { Searches = searches }, cancellationToken).ConfigureAwait(false);

    /// <summary>Changes something; within the time of a build.</summary>
    internal Task<T> ChangeAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(method, path, body, options.BuildTimeoutSeconds, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, double seconds, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            TimeSpan? asked = null;
            ParalegalBotException failed;
            try
            {
                using var request = new HttpRequestMessage(method, path);
                if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: QdrantJson.Options);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    return (await response.Content.ReadFromJsonAsync<QdrantReply<T>>(QdrantJson.Options, either.Token).ConfigureAwait(false))!.Result;
                var detail = await DetailAsync(response, either.Token).ConfigureAwait(false);
                if (response.StatusCode is HttpStatusCode.NotFound) throw new QdrantMissingException(path);
                failed = Refused(response.StatusCode, detail);
                if (response.StatusCode is not HttpStatusCode.TooManyRequests && (int)response.StatusCode < 500) throw failed;
                asked = Pause(response.Headers.RetryAfter);
            }
            catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
            {
                failed = new ParalegalBotException($"Qdrant ({options.Url}) no respondió en {seconds:0.#} segundos; revise su carga o amplíe Qdrant:TimeoutSeconds.", cause);
            }
            catch (Exception cause) when (cause is HttpRequestException or IOException or JsonException)
            {
                failed = cause is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
                    ? new ParalegalBotException($"No se pudo conectar con Qdrant en {options.Url}; revise que esté en marcha y que Qdrant:Url sea la correcta.", cause)
                    : new ParalegalBotException($"La respuesta de Qdrant ({options.Url}) llegó incompleta o en un formato desconocido; revise la red entre este equipo y Qdrant, y su versión.", cause);
            }
            if (attempt >= options.Attempts) throw failed;
            await Task.Delay(asked ?? TimeSpan.FromMilliseconds(options.RetryMilliseconds * Math.Pow(2, attempt - 1)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private ParalegalBotException Refused(HttpStatusCode status, string detail)
    {
        var cause = new HttpRequestException(detail, null, status);
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new($"Qdrant ({options.Url}) rechazó la llave; revise Qdrant:ApiKey.", cause),
            HttpStatusCode.TooManyRequests => new($"Qdrant ({options.Url}) está saturado y no aceptó la petición; espere un momento o amplíe su capacidad.", cause),
            >= HttpStatusCode.InternalServerError => new($"Qdrant ({options.Url}) falló ({(int)status}); revise su bitácora.", cause),
            _ => new($"Qdrant ({options.Url}) no aceptó la petición ({(int)status}): {detail}", cause),
        };
    }

    /// <summary>What the server says of an error, shortened.</summary>
    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.Object && status.TryGetProperty("error", out var error))
                text = error.GetString() ?? text;
        }
        catch (JsonException)
        {
            // A proxy between us and Qdrant answers in its own words.
        }
        return text.Length > 300 ? text[..300] : text;
    }

    private TimeSpan? Pause(RetryConditionHeaderValue? header)
    {
        var asked = header?.Delta ?? header?.Date - time.GetUtcNow();
        return asked is not { } pause ? null : pause < TimeSpan.Zero ? TimeSpan.Zero : pause > LongestPause ? LongestPause : pause;
    }
}
