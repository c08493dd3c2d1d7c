namespace ParalegalBot.Answering.Checks;

/// <summary>The words with which a statute excepts and conditions.</summary>
internal static class ConditionMarkers
{
    private static readonly string[] Excepting =
    [
        "salvo", "excepto", "a menos que", "a no ser que", "con excepcion de", "a excepcion de", "con la excepcion de", "exceptuando", "exceptuandose", "exceptuados", "con la salvedad",
        "fuera de los casos",
    ];

    private static readonly string[] Conditioning =
    [
        "siempre que", "siempre y cuando", "a condicion de", "con la condicion de", "con tal de", "con tal que", "sin perjuicio", "si", "cuando", "en caso de", "en el caso de", "en los casos de",
        "en los casos en", "en caso que", "previa", "previo", "mientras", "a falta de", "solo si", "unicamente si",
    ];

    /// <summary>Exceptions alone.</summary>
    public static PhraseTable<bool> Exceptions { get; } = new(Excepting.Select(words => (words, true)));

    /// <summary>What can only follow what it governs.</summary>
    public static PhraseTable<bool> Trailing { get; } = new(Excepting.Concat(["siempre que", "siempre y cuando", "sin perjuicio"]).Select(words => (words, true)));

    /// <summary>Exceptions (true) and conditions (false).</summary>
    public static PhraseTable<bool> All { get; } = new([.. Excepting.Select(words => (words, true)), .. Conditioning.Select(words => (words, false))]);
}
