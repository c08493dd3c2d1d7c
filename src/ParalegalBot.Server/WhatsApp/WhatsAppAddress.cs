using System.Text.Json;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Where a reply goes: the person's number or, where it is hidden, their id for this business; and their message, which opened the 24 hours for it.</summary>
/// <param name="Number">The number; null where it is hidden.</param>
/// <param name="User">The id for this business; null where Meta sends none.</param>
/// <param name="Message">Meta's id of the person's message.</param>
/// <param name="At">When they wrote it.</param>
internal sealed record WhatsAppAddress(string? Number, string? User, string Message, DateTimeOffset At)
{
    public static WhatsAppAddress Read(string text) => JsonSerializer.Deserialize<WhatsAppAddress>(text)!;

    public override string ToString() => JsonSerializer.Serialize(this);
}
