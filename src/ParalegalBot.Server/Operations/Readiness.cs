namespace ParalegalBot.Server.Operations;

/// <summary>Whether questions can be answered yet, and if not, why.</summary>
public sealed class Readiness
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _reason = "El índice de las leyes se está cargando.";

    /// <summary>Null once the server is ready.</summary>
    public string? Reason => _reason;

    /// <summary>Completes once the laws were opened or could not be.</summary>
    public Task Opened => _opened.Task;

    public void Ready()
    {
        _reason = null;
        _opened.TrySetResult();
    }

    public void NotReady(string reason)
    {
        _reason = reason;
        _opened.TrySetResult();
    }
}
