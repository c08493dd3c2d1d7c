using System.Text.Json.Nodes;
using System.Threading.Channels;
using ParalegalBot.Server.Channels;

namespace ParalegalBot.Server.Teams;

/// <summary>
/// One to one in Teams: a stream of informative lines that the answer finishes, one request at a time and one a second. Elsewhere: one
/// "is typing". Whatever the connector has against it ends the sign, never the turn.
/// </summary>
internal sealed class TeamsSign(Connector connector, TeamsAddress address, TimeProvider time) : IWorkSign
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Channel<string> lines = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock starting = new();
    private Task<string?>? showing;

    public void Report(string value)
    {
        lines.Writer.TryWrite(value);
        lock (starting) showing ??= Task.Run(ShowAsync);
    }

    public async Task<string> EndAsync()
    {
        lines.Writer.TryComplete();
        ended.TrySetResult();
        return showing is { } work && await work is { } stream ? (address with { Stream = stream }).Write() : address.Write();
    }

    private async Task<string?> ShowAsync()
    {
        if (!address.Streams)
        {
            await connector.ReplyAsync(address, new JsonObject { ["type"] = "typing" }, CancellationToken.None);
            return null;
        }
        string? stream = null;
        var sequence = 0;
        await foreach (var line in lines.Reader.ReadAllAsync())
        {
            if (ended.Task.IsCompleted && stream is null) break; // the answer is there already
            var reply = await connector.SendAsync(address, Chunk(line, stream, ++sequence), CancellationToken.None);
            stream ??= reply.Id;
            if (!reply.Good || stream is null) break;
            await Task.WhenAny(Task.Delay(Pace, time), ended.Task);
        }
        return stream;
    }

    private static JsonObject Chunk(string line, string? stream, int sequence)
    {
        var info = new JsonObject { ["type"] = "streaminfo", ["streamType"] = "informative", ["streamSequence"] = sequence };
        if (stream is not null) info["streamId"] = stream;
        return new JsonObject { ["type"] = "typing", ["text"] = line, ["entities"] = new JsonArray(info) };
    }
}
