namespace ParalegalBot.Answering.Checks;

/// <summary>Pairs of people who stand on two sides of a legal relation, as manifests/vocabulary/checks/parties.tsv names them.</summary>
public sealed class PartyVocabulary
{
    private PartyVocabulary(PhraseTable<Party> phrases) => Phrases = phrases;

    /// <summary>Words (a final <c>*</c> stands for any ending) and whom they mean.</summary>
    internal PhraseTable<Party> Phrases { get; }

    /// <summary>Reads the file: columns pair, role, words.</summary>
    /// <exception cref="ParalegalBotException">It is missing or malformed.</exception>
    public static PartyVocabulary Load(string path)
    {
        var phrases = new List<(string, Party)>();
        foreach (var (number, columns) in TsvFile.Read(path, 3))
        {
            if (columns.Any(column => column.Length == 0)) throw new ParalegalBotException($"{path}, línea {number}: hay una columna vacía.");
            phrases.AddRange(columns[2].Split(' ').Select(word => (word.Replace('_', ' '), new Party(columns[0], columns[1]))));
        }
        return new PartyVocabulary(new PhraseTable<Party>(phrases));
    }

    internal sealed record Party(string Pair, string Role);
}
