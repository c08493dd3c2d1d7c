using System.Text;

namespace ParalegalBot.Ingestion.Readers;

/// <summary>What every reader does to characters: blanks collapse, invisible marks go, ligatures and symbol-font glyphs become letters.</summary>
internal static class TextCleaning
{
    /// <summary>The Adobe Symbol encoding from 0x20 on, as Office stores it in the private-use area U+F020 to U+F0FF; a blank where there is no counterpart.</summary>
    private const string Symbol =
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ " +
        "                                €ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑(|([|[{{{| 〉∫⌠|⌡)||]||}|| ";

    public static string Clean(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        var blank = false;
        foreach (var c in raw)
        {
            if (char.IsWhiteSpace(c)) { blank = text.Length > 0; continue; }
            if (c is '\u00AD' or '\uFEFF' or (>= '\u200B' and <= '\u200F') || (char.IsControl(c))) continue;
            if (blank) { text.Append(' '); blank = false; }
            AppendPlain(text, c);
        }
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    private static void AppendPlain(StringBuilder text, char c)
    {
        switch (c)
        {
            case >= '\uFB00' and <= '\uFB06': text.Append(c.ToString().Normalize(NormalizationForm.FormKC)); break;
            case >= '\uF020' and <= '\uF0FF': text.Append(Symbol[c - '\uF020'] is var plain and not ' ' ? plain : '·'); break;
            case >= '\uE000' and <= '\uF8FF': text.Append('·'); break;
            case '\u2011': text.Append('-'); break;
            default: text.Append(c); break;
        }
    }
}
