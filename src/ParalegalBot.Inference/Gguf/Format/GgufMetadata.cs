namespace ParalegalBot.Inference.Gguf.Format;

/// <summary>
/// The keys and values of a GGUF header. Integers of every width are kept as <c>long</c>, both float widths as <c>double</c>,
/// arrays as <c>long[]</c>, <c>float[]</c> or <c>string[]</c>.
/// </summary>
internal sealed class GgufMetadata(string file)
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    public bool TryAdd(string key, object value) => values.TryAdd(key, value);

    public bool Has(string key) => values.ContainsKey(key);

    public string? Text(string key) => Of<string>(key);

    public string[]? Texts(string key) => Of<string[]>(key);

    public long[]? Integers(string key) => Of<long[]>(key);

    public float[]? Floats(string key) => Of<float[]>(key);

    public bool Flag(string key, bool otherwise) => values.ContainsKey(key) ? Value<bool>(key) : otherwise;

    public float Float(string key, float otherwise)
    {
        if (!values.ContainsKey(key)) return otherwise;
        var value = (float)Value<double>(key);
        return float.IsFinite(value) ? value : throw GgufFault.Of(file, $"{key} no es un número");
    }

    public long Integer(string key, long otherwise) => values.ContainsKey(key) ? Value<long>(key) : otherwise;

    /// <summary>A count within limits; a missing key is a fault unless there is a value for that case.</summary>
    public int Count(string key, int least, int most, int? otherwise = null)
    {
        if (!values.ContainsKey(key)) return otherwise ?? throw GgufFault.Of(file, $"falta {key}");
        var value = Value<long>(key);
        return value >= least && value <= most ? (int)value : throw GgufFault.Of(file, $"{key} es {value} y debe estar entre {least} y {most}");
    }

    private T? Of<T>(string key) where T : class => values.ContainsKey(key) ? Value<T>(key) : null;

    private T Value<T>(string key) => values[key] is T value ? value : throw GgufFault.Of(file, $"{key} no es del tipo esperado");
}
