namespace ParalegalBot.Server.Operations;

/// <summary>Whether questions can be answered yet, and if not, why.</summary>
public sealed class Readiness
{
    private volatile string? _reason = "El índice de las leyes se está cargando.";

    /// <summary>Null once the server is ready.</summary>
    public string? Reason => _reason;

    public void Ready() => _reason = null;

    public void NotReady(string reason) => _reason = reason;
}
