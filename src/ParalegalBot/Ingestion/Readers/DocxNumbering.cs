using System.Globalization;
using System.Text;
using System.Xml;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>Prints the labels that Word counts by itself: <c>I.</c>, <c>a)</c>. Bullets print nothing.</summary>
internal sealed class DocxNumbering
{
    private readonly record struct Level(string Format, string Text, int Start);

    private readonly Dictionary<string, Dictionary<int, Level>> _abstract = [];
    private readonly Dictionary<string, string> _instances = [];
    private readonly Dictionary<string, int[]> _counts = [];

    public DocxNumbering(Stream? part)
    {
        if (part is null) return;
        using var xml = XmlReader.Create(part, DocxReader.XmlSettings);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "abstractNum") ReadAbstract(xml);
            else if (xml.LocalName == "num") ReadInstance(xml);
        }
    }

    /// <summary>The label of the next paragraph of this list and level, with a blank after it; empty where the list prints none.</summary>
    public string Next(string list, int level)
    {
        if (level is < 0 or > 8 || !_instances.TryGetValue(list, out var id) || !_abstract.TryGetValue(id, out var levels) || !levels.TryGetValue(level, out var format)) return "";
        if (!_counts.TryGetValue(id, out var counts))
            _counts[id] = counts = [.. Enumerable.Range(0, 9).Select(i => (levels.TryGetValue(i, out var own) ? own.Start : 1) - 1)];
        counts[level]++;
        for (var deeper = level + 1; deeper < 9; deeper++) counts[deeper] = (levels.TryGetValue(deeper, out var own) ? own.Start : 1) - 1;
        if (format.Format is "bullet" or "none" || format.Text.Length == 0) return "";
        var label = new StringBuilder(format.Text);
        for (var i = 0; i <= level; i++)
            label.Replace($"%{i + 1}", Print(Math.Max(1, counts[i]), levels.TryGetValue(i, out var own) ? own.Format : "decimal"));
        return label.Append(' ').ToString();
    }

    private static string Print(int number, string format) => format switch
    {
        "upperRoman" => Roman(number),
        "lowerRoman" => Roman(number).ToLowerInvariant(),
        "upperLetter" => Letter(number).ToUpperInvariant(),
        "lowerLetter" => Letter(number),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static string Letter(int number) => new((char)('a' + ((number - 1) % 26)), 1 + ((number - 1) / 26));

    private static string Roman(int number)
    {
        (int Value, string Sign)[] signs =
            [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
        var text = new StringBuilder();
        foreach (var (value, sign) in signs)
            for (; number >= value; number -= value) text.Append(sign);
        return text.ToString();
    }

    private void ReadAbstract(XmlReader xml)
    {
        var levels = _abstract[xml.GetAttribute("abstractNumId", DocxStyles.W) ?? ""] = [];
        var at = 0;
        using var inner = xml.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType != XmlNodeType.Element) continue;
            var value = inner.GetAttribute("val", DocxStyles.W) ?? "";
            switch (inner.LocalName)
            {
                case "lvl": levels[at = Number(inner.GetAttribute("ilvl", DocxStyles.W))] = new Level("decimal", "", 1); break;
                case "start": levels[at] = levels[at] with { Start = Number(value) }; break;
                case "numFmt": levels[at] = levels[at] with { Format = value }; break;
                case "lvlText": levels[at] = levels[at] with { Text = value }; break;
            }
        }
    }

    private void ReadInstance(XmlReader xml)
    {
        var id = xml.GetAttribute("numId", DocxStyles.W) ?? "";
        using var inner = xml.ReadSubtree();
        while (inner.Read())
            if (inner.NodeType == XmlNodeType.Element && inner.LocalName == "abstractNumId") _instances[id] = inner.GetAttribute("val", DocxStyles.W) ?? "";
    }

    public static int Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
