using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ParalegalBot.Ingestion.Fetch;

/// <summary>
/// Downloads one law's PDF from the official site and answers for the bytes: a PDF, whole, within the size limit. It knows the site's layout
/// and nothing of law.
/// </summary>
public sealed class OfficialSite(IOptions<FetchOptions> options) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds) };

    /// <summary>Address of a law's official file.</summary>
    public Uri AddressOf(string code) => new($"{options.Value.BaseAddress}pdf/{Uri.EscapeDataString(code)}.pdf");

    /// <summary>Downloads into a file of its own; null where the site says that nothing changed since <paramref name="known"/>.</summary>
    public async Task<Download?> GetAsync(string code, Validators? known, string path, CancellationToken cancellationToken)
    {
        var address = AddressOf(code);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (known?.ETag is { } tag && EntityTagHeaderValue.TryParse(tag, out var parsed)) request.Headers.IfNoneMatch.Add(parsed);
            if (known?.LastModified is { } since) request.Headers.IfModifiedSince = since;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotModified) return null;
            if (!response.IsSuccessStatusCode) throw Refused(response.StatusCode, address, code);
            var sha256 = await SaveAsync(response, address, path, cancellationToken);
            return new Download(sha256, new Validators(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified));
        }
        catch (HttpRequestException cause)
        {
            throw new ParalegalBotException($"No se pudo llegar a {address}; revise la conexión a internet o Fetch:BaseAddress.", cause);
        }
        catch (HttpIOException cause)
        {
            throw Truncated(address, cause);
        }
        catch (IOException cause) when (cause.InnerException is System.Net.Sockets.SocketException)
        {
            throw Truncated(address, cause);
        }
        catch (TaskCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ParalegalBotException($"{address} no respondió en {options.Value.TimeoutSeconds} segundos; intente más tarde o aumente Fetch:TimeoutSeconds.", cause);
        }
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private async Task<string> SaveAsync(HttpResponseMessage response, Uri address, string path, CancellationToken cancellationToken)
    {
        var announced = response.Content.Headers.ContentLength;
        if (announced > options.Value.MaxBytes) throw TooLarge(address);
        await using var file = File.Create(path);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81920];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (file.Length > options.Value.MaxBytes) throw TooLarge(address);
        }
        await CheckAsync(file, announced, address, cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A PDF begins with its mark and ends with another.</summary>
    private static async Task CheckAsync(FileStream file, long? announced, Uri address, CancellationToken cancellationToken)
    {
        var head = new byte[Math.Min(1024, file.Length)];
        file.Position = 0;
        await file.ReadExactlyAsync(head, cancellationToken);
        if (head.AsSpan().IndexOf("%PDF-"u8) < 0)
            throw new ParalegalBotException($"{address} no entregó un PDF{(head.AsSpan().IndexOf((byte)'<') >= 0 ? " sino una página web" : "")}; ábrala en un navegador y compruebe la dirección.");
        var tail = new byte[Math.Min(4096, file.Length)];
        file.Position = file.Length - tail.Length;
        await file.ReadExactlyAsync(tail, cancellationToken);
        if ((announced is { } length && length != file.Length) || tail.AsSpan().IndexOf("%%EOF"u8) < 0) throw Truncated(address, null);
    }

    private static ParalegalBotException Refused(HttpStatusCode status, Uri address, string code) => new(status is HttpStatusCode.NotFound
        ? $"El sitio oficial no tiene {address}; compruebe la clave «{code}» o cargue el archivo con «paralegal ingest»."
        : $"El sitio oficial respondió {(int)status} a {address}; intente más tarde.");

    private static ParalegalBotException Truncated(Uri address, Exception? cause)
    {
        var message = $"La descarga de {address} llegó incompleta; intente de nuevo.";
        return cause is null ? new ParalegalBotException(message) : new ParalegalBotException(message, cause);
    }

    private ParalegalBotException TooLarge(Uri address) =>
        new($"{address} excede {options.Value.MaxBytes / (1 << 20)} MB; si es correcto, aumente Fetch:MaxBytes.");
}

/// <summary>What a site says to tell one version of a file from another.</summary>
/// <param name="ETag">Entity tag with its quotes.</param>
/// <param name="LastModified">When the file changed there.</param>
public sealed record Validators(string? ETag, DateTimeOffset? LastModified);

/// <summary>A file that arrived whole.</summary>
/// <param name="Sha256">Digest, lower-case hexadecimal.</param>
/// <param name="Validators">For the next time.</param>
public sealed record Download(string Sha256, Validators Validators);
