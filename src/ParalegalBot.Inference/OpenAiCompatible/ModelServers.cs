using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ParalegalBot.Answering;

namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>
/// Servers that speak OpenAI's protocol, in the order of preference. The last one that answered is asked first; one that does not answer gives
/// way to the next. A server that answers no (key, model, request) is believed: no other is asked.
/// </summary>
internal sealed class ModelServers
{
    /// <summary>The named HTTP client; <see cref="ModelServerServices"/> gives it its retries, circuit breakers and time limit.</summary>
    public const string HttpClientName = "engine";

    private readonly IHttpClientFactory http;
    private readonly Uri[] addresses;
    private readonly string model, apiKey, section;
    private readonly ModelServer?[] known;
    private int preferred;

    /// <param name="http">Gives <see cref="HttpClientName"/>.</param>
    /// <param name="addresses">One or several, separated by blanks or commas.</param>
    /// <param name="model">Empty: whatever the server has.</param>
    /// <param name="apiKey">Empty: none.</param>
    /// <param name="section">The section of the settings, for messages.</param>
    public ModelServers(IHttpClientFactory http, string addresses, string model, string apiKey, string section)
    {
        (this.http, this.model, this.apiKey, this.section) = (http, model, apiKey, section);
        this.addresses = [.. Parts(addresses).Select(part => part.TrimEnd('/')).Select(part => new Uri(part.EndsWith("/v1", StringComparison.Ordinal) ? $"{part}/" : $"{part}/v1/"))];
        known = new ModelServer?[this.addresses.Length];
    }

    /// <summary>The addresses, in order, each ending in <c>/v1/</c>.</summary>
    public IReadOnlyList<Uri> Addresses => addresses;

    /// <summary>Whether a setting holds addresses and nothing else.</summary>
    public static bool AreAddresses(string setting) =>
        Parts(setting) is { Length: > 0 } parts && parts.All(part => Uri.TryCreate(part, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");

    private static string[] Parts(string setting) => setting.Split([' ', ',', ';', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Asks one server what it is and whether it has the model.</summary>
    /// <exception cref="ParalegalBotException">The key, the model or the address is wrong.</exception>
    /// <exception cref="EngineUnavailableException">It does not answer.</exception>
    public async Task<ModelServer> MeetAsync(int index, CancellationToken cancellationToken)
    {
        if (known[index] is { } met) return met;
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(addresses[index], "models")), cancellationToken).ConfigureAwait(false);
        await RefuseAsync(response, addresses[index], cancellationToken).ConfigureAwait(false);
        return known[index] = Recognise(addresses[index], await ReadAsync(response, addresses[index], cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Posts to the first server that answers; the response's head has come, its body is still on the way.</summary>
    /// <param name="path">Below <c>/v1/</c>.</param>
    /// <param name="body">The request, for the server that gets it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineUnavailableException">No server answers.</exception>
    public async Task<HttpResponseMessage> PostAsync(string path, Func<ModelServer, JsonObject> body, CancellationToken cancellationToken)
    {
        var failures = new List<EngineUnavailableException>();
        for (var i = 0; i < addresses.Length; i++)
        {
            var index = (Volatile.Read(ref preferred) + i) % addresses.Length;
            try
            {
                var server = await MeetAsync(index, cancellationToken).ConfigureAwait(false);
                var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, path)) { Content = JsonContent.Create(body(server)) }, cancellationToken).ConfigureAwait(false);
                await RefuseAsync(response, server.Address, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref preferred, index);
                return response;
            }
            catch (EngineUnavailableException failure)
            {
                known[index] = null; // it may come back as another
                failures.Add(failure);
            }
        }
        throw failures.Count == 1 ? failures[0]
            : new EngineUnavailableException(EngineTrouble.Down, string.Join(' ', failures.Select(failure => failure.Message)), new AggregateException(failures));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var sent = request;
        if (apiKey.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        try
        {
            using var client = http.CreateClient(HttpClientName);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode < HttpStatusCode.InternalServerError && response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)) return response;
            using (response) throw new EngineUnavailableException(EngineTrouble.Down, $"El servidor {request.RequestUri} respondió {(int)response.StatusCode}.");
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or EngineUnavailableException))
        {
            // Refused, unresolved, cut, out of time, or its circuit is open: Polly's exceptions share no base with HTTP's.
            throw new EngineUnavailableException(EngineTrouble.Down, $"El servidor {request.RequestUri} no responde ({fault.Message.TrimEnd('.')}).", fault);
        }
    }

    private async Task RefuseAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode) return;
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new ParalegalBotException(response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"El servidor {address} no aceptó la llave; corrija {section}:ApiKey.",
                HttpStatusCode.NotFound => $"En {address} no hay un servidor de modelos o no tiene el modelo «{model}»; corrija {section}:Endpoint o {section}:Model.",
                _ => $"El servidor {address} rechazó la petición ({(int)response.StatusCode}): {text[..Math.Min(text.Length, 200)].ReplaceLineEndings(" ")}",
            });
        }
    }

    private ModelServer Recognise(Uri address, JsonNode answer)
    {
        var models = (answer["data"] as JsonArray ?? throw Foreign(address)).OfType<JsonObject>().ToList();
        var offered = models.Select(one => (string?)one["id"] ?? "").ToList();
        var at = model.Length == 0 ? 0 : offered.IndexOf(model);
        if (models.Count == 0) throw new ParalegalBotException($"El servidor {address} no tiene ningún modelo; cargue uno en él.");
        if (at < 0) throw new ParalegalBotException($"El servidor {address} no tiene el modelo «{model}» (tiene: {string.Join(", ", offered.Take(5))}); corrija {section}:Model.");
        return new ModelServer(address, (string?)models[at]["owned_by"] ?? "", offered[at]);
    }

    private async Task<JsonNode> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken).ConfigureAwait(false) ?? throw Foreign(address);
        }
        catch (JsonException)
        {
            throw Foreign(address);
        }
    }

    private ParalegalBotException Foreign(Uri address) => new($"En {address} contesta otra cosa que un servidor de modelos; corrija {section}:Endpoint.");
}
