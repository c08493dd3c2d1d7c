namespace ParalegalBot.Answering;

/// <summary>Tab-separated data of manifests: a header line, empty lines and lines that begin with <c>#</c> are passed over.</summary>
internal static class TsvFile
{
    /// <summary>The rows with their line numbers.</summary>
    /// <exception cref="ParalegalBotException">The file is missing, or a row has another number of columns.</exception>
    public static IEnumerable<(int Number, string[] Columns)> Read(string path, int columns)
    {
        if (!File.Exists(path)) throw new ParalegalBotException($"No encontré «{path}»; reinstale la carpeta manifests.");
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (++number == 1 || line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split('\t');
            if (parts.Length != columns) throw new ParalegalBotException($"{path}, línea {number}: se esperaban {columns} columnas separadas por tabulador y hay {parts.Length}.");
            yield return (number, parts);
        }
    }
}
