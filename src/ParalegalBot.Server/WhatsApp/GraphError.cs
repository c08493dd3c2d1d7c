using System.Text.Json;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>An error as Meta reports it, in a response or over the webhook. Only the code decides; titles change.</summary>
/// <param name="Code">The code; null where there is none.</param>
/// <param name="Details">What Meta says about it, for the log.</param>
internal sealed record GraphError(int? Code, string Details)
{
    /// <summary>What the bot does about it.</summary>
    public GraphAction Action => Code switch
    {
        0 or 3 or 10 or 190 or (>= 200 and <= 299) or 368 or 131031 => GraphAction.Stop,
        131042 => GraphAction.Hold,
        4 or 80007 or 130429 or 131057 => GraphAction.Slow,
        131056 => GraphAction.SlowPair,
        1 or 2 or 131000 or 131016 => GraphAction.Retry,
        131047 => GraphAction.Wait,
        >= 132000 and <= 132999 => GraphAction.FixTemplate,
        _ => GraphAction.GiveUp,
    };

    public static GraphError Read(JsonElement error) => new(
        error.Number("code"), error.Member("error_data").Text("details") ?? error.Text("message") ?? error.Text("title") ?? "no details");

    public override string ToString() => $"error {Code}: {Details}";
}

/// <summary>What to do about an error.</summary>
internal enum GraphAction
{
    /// <summary>Token, permission or account: nothing more is sent until somebody changed the settings and started the server again.</summary>
    Stop,

    /// <summary>Payment: somebody must act, and then it goes on.</summary>
    Hold,

    /// <summary>Too much in all: later, with growing pauses.</summary>
    Slow,

    /// <summary>Too much to one person: later, with pauses that grow fourfold.</summary>
    SlowPair,

    /// <summary>A fault of Meta's: a few more tries.</summary>
    Retry,

    /// <summary>The person's last message is too old: it waits for their next one.</summary>
    Wait,

    /// <summary>The template is wrong: somebody must mend it.</summary>
    FixTemplate,

    /// <summary>It cannot be delivered.</summary>
    GiveUp,
}
