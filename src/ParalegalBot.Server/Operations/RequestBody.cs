namespace ParalegalBot.Server.Operations;

/// <summary>Reads a body as it came, byte by byte, and never more than allowed.</summary>
internal static class RequestBody
{
    /// <summary>The bytes; null where there are more than <paramref name="most"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, long most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most) return null;
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (bytes.Length + read > most) return null;
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
