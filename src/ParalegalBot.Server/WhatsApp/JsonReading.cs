using System.Text.Json;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Reads JSON of which nothing can be relied on: what is not there, or is something else, reads as nothing.</summary>
internal static class JsonReading
{
    extension(JsonElement element)
    {
        public JsonElement Member(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

        public IEnumerable<JsonElement> Items(string name) => element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().ToList() : [];

        /// <summary>The text; null also for one with half a surrogate pair.</summary>
        public string? Text(string name)
        {
            if (element.Member(name) is not { ValueKind: JsonValueKind.String } text) return null;
            try
            {
                return text.GetString();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        public int? Number(string name) => element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
    }
}
